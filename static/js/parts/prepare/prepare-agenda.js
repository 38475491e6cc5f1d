/** The agenda being written: items in order, each with its papers; by drag and by buttons, added and changed in place. */

import { confirm } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { carryItem, mayCarry } from "../agenda/carry-item.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { t, tn } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { SortablePart } from "../core/sortable-part.js"
import { minutesGiven, minutesPlanned } from "./prepare-checks.js"
import "./prepare-item-form.js"
import "./prepare-loose.js"
import "./prepare-papers.js"
import { isSecret, mayPrepare } from "./prepare-right.js"
import { empty } from "../core/states.js"
import { doCommand, doAndSee } from "./prepare-command.js"

export class PrepareAgenda extends SortablePart {
  watches = ["meeting", "agenda", "roll"]
  // Its text fields stand in forms of their own, which keep what is typed: the rest may follow the meeting.
  waitsForEditing = false

  #editing = new Set()
  #adding = false
  #lost = new Map()
  listOrder = this.sorted({
    draggable: ".agenda-item",
    say: (n, all) => t("Now item {n} of {all}", { n, all }),
    send: (item, before) => doAndSee(this.meeting, "move_item", before ? { item, before } : { item }),
  })

  draw(view, meeting) {
    if (isSecret(view)) return this.#shell()
    const { items } = view.agenda
    const write = mayPrepare(view, meeting)
    const order = this.#order(view)
    this.#keepLost(view)
    return html`
      <h2 class="visually-hidden">${t("Agenda")}</h2>
      ${order.length ? this.#sum(view) : nothing}
      ${order.length || this.#adding ? nothing : this.#nothing(write)}
      <ol class="agenda-list plain" data-sortable>
        ${repeat(
          order,
          (id) => id,
          (id, index) => html`
          <li class="agenda-item card" data-id=${id}>
            ${
              this.#editing.has(id)
                ? this.#form(view, id, items[id] || this.#lost.get(id))
                : this.#item(view, items[id], { id, index, last: index === order.length - 1, write })
            }
            ${items[id] ? html`<prepare-papers .item=${id}></prepare-papers>` : nothing}
          </li>`,
        )}
      </ol>
      ${this.#adding ? html`<div class="agenda-item card adding">${this.#form(view)}</div>` : nothing}
      ${
        write && !this.#adding && order.length
          ? html`
        <button class="button agenda-add" type="button" @click=${this.#add}>${icon("plus")}${t("Add an item")}</button>`
          : nothing
      }
      ${this.#followup(view, write)}
      <prepare-loose></prepare-loose>
      <p class="visually-hidden" aria-live="polite">${this.listOrder.said}</p>`
  }

  #item(view, item, { id, index, last, write }) {
    const names = (item.presenters || []).map((who) => nameOf(view, who))
    const from = startOf(view, id)
    return html`
      <div class="item-head">
        ${write ? html`<span class="grip" data-grip title=${t("Drag to move")}>${icon("grip-vertical")}</span>` : nothing}
        <span class="item-n">${index + 1}</span>
        <div class="item-what">
          <h3>${item.title}</h3>
          <p class="with-dots help">
            ${item.minutes ? html`<span>${clock(from)} – ${clock(from + item.minutes * 60000)}</span><span>${spokenLength(item.minutes)}</span>` : html`<span>${t("no time planned")}</span>`}
            ${names.length ? html`<span>${names.join("; ")}</span>` : item.kind === "followup" ? html`<span>${t("filled in by the program")}</span>` : item.kind ? nothing : html`<span class="missing">${t("no presenter yet")}</span>`}
            ${item.carried ? html`<span>${t("Carried over to the next meeting")}</span>` : nothing}
          </p>
        </div>
        ${
          write
            ? html`
          <div class="item-tools">
            ${mayCarry(view, this.meeting, item) ? html`<button class="button quiet icon-only" type="button" title=${t("Carry over")} aria-label=${t("Carry over: {title}", { title: item.title })} @click=${() => carryItem(this.meeting, id)}>${icon("chevrons-right")}</button>` : nothing}
            <button class="button quiet icon-only" type="button" data-up ?disabled=${index === 0} aria-label=${t("Move up: {title}", { title: item.title })} @click=${() => this.#shift(id, -1)}>${icon("arrow-up")}</button>
            <button class="button quiet icon-only" type="button" data-down ?disabled=${last} aria-label=${t("Move down: {title}", { title: item.title })} @click=${() => this.#shift(id, 1)}>${icon("arrow-down")}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t("Edit: {title}", { title: item.title })} @click=${() => this.#edit(id)}>${icon("pencil")}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t("Remove: {title}", { title: item.title })} @click=${() => this.#remove(id, index)}>${icon("trash-2")}</button>
          </div>`
            : nothing
        }
      </div>`
  }

  #form(view, id, item) {
    return html`<prepare-item-form .meeting=${this.meeting} .view=${view} .item=${id} .latest=${item} .gone=${Boolean(id && !view.agenda.items[id])}
      @done=${(event) => this.#closed(id, event.detail)}></prepare-item-form>`
  }

  #sum(view) {
    const [planned, given] = [minutesPlanned(view), minutesGiven(view)]
    const over = planned - given
    return html`
      <div class="agenda-sum ${over > 0 ? "over" : ""}">
        <div class="agenda-bar" aria-hidden="true"><span .style=${`width: ${Math.min(100, (planned / Math.max(given, 1)) * 100)}%`}></span></div>
        <p><b>${spokenLength(planned)}</b> ${t("planned of {time}", { time: spokenLength(given) })}
          ${over > 0 ? html`<span class="badge warn">${icon("triangle-alert")}${t("{time} too long", { time: spokenLength(over) })}</span>` : nothing}
          ${over < 0 && planned ? html`<span class="help">${t("{time} free", { time: spokenLength(-over) })}</span>` : nothing}</p>
      </div>`
  }

  #nothing(write) {
    if (!write) return empty(t("The agenda has not been drawn up yet."))
    return html`<div class="state card">${icon("list-ordered")}<h2>${t("The agenda is empty")}</h2>
      <p>${t("Add the items in the order in which they will be dealt with; papers are then put with each item.")}</p>
      <button class="button primary" type="button" @click=${this.#add}>${icon("plus")}${t("Add the first item")}</button></div>`
  }

  /** A meeting of a series begins with the last minutes and what became of its conclusions; taken off, they come back. */
  #followup(view, write) {
    const there = Object.values(view.agenda.items).some(({ kind }) => kind === "followup")
    if (!write || !view.meeting.series || there) return nothing
    return html`<button class="button agenda-add" type="button" @click=${() => doCommand(this.meeting, "add_followup", {})}>${icon("clipboard-list")}${t("Add what became of the last conclusions")}</button>`
  }

  #shell() {
    return html`<div class="state card">${icon("shield")}<h2>${t("No agenda and no papers here")}</h2>
      <p>${t("The content of this meeting belongs, or may belong, to the list of state secrets. This system keeps only time and place; papers are handed out and collected on paper.")}</p></div>`
  }

  #add = () => {
    this.#adding = true
    this.redraw()
  }

  #edit(id) {
    this.#editing.add(id)
    this.redraw()
  }

  /**
   * @param {string | undefined} id
   * @param {{ again?: boolean }} how
   */
  #closed(id, { again } = {}) {
    if (id) this.#editing.delete(id)
    else this.#adding = Boolean(again)
    this.#lost.delete(id)
    this.redraw()
    const next = id ? this.querySelector(`[data-id="${id}"]`) : undefined
    queueMicrotask(() =>
      (next?.querySelector("[data-up]:not(:disabled)") || this.querySelector(".agenda-add"))?.focus({
        preventScroll: true,
      }),
    )
  }

  /** The order on the screen: as dragged, until the server has said so; with what is being edited though it is gone. */
  #order(view) {
    const { order } = view.agenda
    const shown = this.listOrder.shown(order)
    if (shown !== order) return shown
    const lost = [...this.#lost.keys()].filter((id) => this.#editing.has(id))
    return [...order, ...lost.filter((id) => !order.includes(id))]
  }

  /** An item that somebody removed while it is edited here stays as a form, so that nothing typed is lost. */
  #keepLost(view) {
    for (const id of this.#editing) if (view.agenda.items[id]) this.#lost.set(id, view.agenda.items[id])
  }

  #shift(id, step) {
    this.listOrder.shift(this.#order(this.meeting.view), id, step)
  }

  async #remove(id, index) {
    const { title, papers = [] } = this.meeting.view.agenda.items[id]
    const sure = await confirm({
      title: t("Remove item {n}?", { n: index + 1 }),
      text: papers.length
        ? tn(
            "“{title}” and its {n} paper will be removed.",
            "“{title}” and its {n} papers will be removed.",
            papers.length,
            { title },
          )
        : t("“{title}” will be removed.", { title }),
      yes: t("Remove"),
      danger: true,
    })
    if (!sure) return
    for (const paper of papers) if (!(await doCommand(this.meeting, "withdraw_paper", { paper }))) return
    await doCommand(this.meeting, "remove_item", { item: id })
  }

  drawn() {
    const { meeting } = this
    this.listOrder.attach(
      meeting?.view && mayPrepare(meeting.view, meeting) ? this.querySelector("[data-sortable]") : null,
    )
  }
}

/** When an item begins if all before it last as planned, ms. */
function startOf({ meeting, agenda }, id) {
  const before = agenda.order.slice(0, agenda.order.indexOf(id))
  return before.reduce((at, other) => at + (agenda.items[other].minutes || 0) * 60000, meeting.starts_at)
}

customElements.define("prepare-agenda", PrepareAgenda)
