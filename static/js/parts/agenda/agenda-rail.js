/** The agenda beside the page: items with their minutes, the papers of the open one, start and finish. */

import { conducts, isOver } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { roam } from "../../lib/keys.js"
import { nameOf } from "../../meeting/people.js"
import { shortLength, spokenLength } from "../../lib/spoken-times.js"
import { t, tn } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { carryItem, mayCarry } from "./carry-item.js"
import { isListing, rememberedPage, show } from "../stage/stage-hand.js"

const MINUTE = 60000
const RECKON = 15000
/** Between a phone and a wide screen the rail is a column of numbers that opens as a drawer. */
const narrow = window.matchMedia("(min-width: 721px) and (max-width: 1199px)")

export class AgendaRail extends Part {
  watches = ["agenda", "papers", "stage", "meeting", "roll"]
  #opened = undefined
  #stop = undefined
  #drawer = false

  started() {
    const { signal } = this
    const ticking = setInterval(() => this.redraw(), RECKON)
    signal.addEventListener("abort", () => clearInterval(ticking))
    this.listensTo(narrow, "change", () => this.#slide(false))
    this.listensTo(document, "keydown", (event) => {
      if (event.key === "Escape") this.#slide(false)
    })
    this.listensTo(document, "pointerdown", (event) => {
      if (!this.contains(event.target)) this.#slide(false)
    })
  }

  draw(view, meeting) {
    const { order = [], items = {}, current } = view.agenda
    const open = items[this.#opened] ? this.#opened : (current ?? order.find((id) => items[id].status === "waiting"))
    const stop = items[this.#stop] ? this.#stop : (open ?? order[0])
    const context = { view, meeting, open, stop, runs: view.meeting.status === "live", may: maySteer(meeting) }
    return html`
      <div class="rail-head">
        <h2>${t("Agenda")}</h2>
        <button class="rail-toggle" aria-expanded=${this.#drawer} aria-label=${t("Agenda")}
          @click=${() => this.#slide(!this.#drawer)}>${icon(this.#drawer ? "x" : "list-ordered")}</button>
      </div>
      ${order.length ? nothing : html`<p class="rail-empty">${t("The agenda has no items yet.")}</p>`}
      <ol class=${classMap({ "rail-items": true, whole: isOver(view.meeting.status) })} @keydown=${(event) => roam(event, ".item-head", "column")} @focusin=${({ target }) => this.#stopAt(target)}>${repeat(
        order,
        (id) => id,
        (id, i) => this.#item(id, i + 1, items[id], context),
      )}</ol>`
  }

  #item(id, number, item, context) {
    const { view, meeting, open, stop, may, runs } = context
    const isOpen = id === open
    return html`
      <li class=${classMap({ item: true, [item.status]: true, open: isOpen })}>
        <button class="item-head" data-item=${id} tabindex=${id === stop ? 0 : -1} aria-expanded=${isOpen} aria-current=${item.status === "current" ? "step" : nothing}
          @click=${() => this.#choose(id)}>
          <span class="item-number">${number}</span>
          <span class="item-title">${item.title}</span>
          ${this.#minutes(item, context)}
        </button>
        ${
          isOpen
            ? html`
          <div class="item-body">
            ${item.presenters?.length ? html`<p class="item-presenters">${item.presenters.map((p) => nameOf(view, p)).join("; ")}</p>` : nothing}
            ${(item.papers ?? []).filter((p) => view.papers?.[p]).map((p) => this.#paper(p, context))}
            ${this.#list(item, context)}
            ${may && runs ? this.#steer(id, item) : nothing}
            ${mayCarry(view, meeting, item) ? html`<button class="button outline item-act" @click=${() => carryItem(meeting, id)}>${icon("chevrons-right")}${t("Carry over")}</button>` : nothing}
            ${item.carried ? html`<p class="item-presenters">${t("Carried over to the next meeting")}</p>` : nothing}
          </div>`
            : nothing
        }
      </li>`
  }

  #minutes(item, { meeting }) {
    const planned = item.minutes ?? 0
    if (item.status === "waiting" || !item.started_at)
      return planned ? html`<span class="item-minutes">${shortLength(planned)}</span>` : nothing
    const spent = Math.max(0, Math.floor(((item.finished_at ?? meeting.now()) - item.started_at) / MINUTE))
    const over = planned && spent > planned
    const lasted = spokenLength(spent)
    const spoken = over
      ? t("{spent} of {planned}, {over} too long", {
          spent: lasted,
          planned: spokenLength(planned),
          over: spokenLength(spent - planned),
        })
      : planned
        ? t("{spent} of {planned}", { spent: lasted, planned: spokenLength(planned) })
        : lasted
    return html`<span class=${classMap({ "item-minutes": true, over })}>
      <span aria-hidden="true">${item.status === "done" ? `✓ ${shortLength(spent)}` : planned ? html`${shortLength(spent)}/<wbr>${shortLength(planned)}` : shortLength(spent)}</span>
      <span class="visually-hidden">${item.status === "done" ? t("Done") : ""} ${spoken}</span></span>`
  }

  #paper(id, { view, meeting }) {
    const paper = view.papers[id]
    const shown = view.stage.paper === id
    const where = shown ? `${view.stage.page}/${view.stage.pages ?? paper.pages}` : t("{n} p.", { n: paper.pages })
    return html`
      <button class=${classMap({ "item-paper": true, on: shown })} aria-current=${shown ? "true" : nothing}
        ?disabled=${!canShow(view, meeting)}
        @click=${() => this.#show(id, shown)}>
        <span class="paper-title">${paper.title}</span>
        ${paper.readers === "staff" ? html`<span class="paper-lock" title=${t("Only for the chair and the secretary")}>${icon("lock")}</span>` : nothing}
        <span class="paper-where">${where}</span>
      </button>`
  }

  /** The list of earlier conclusions, while its item lasts: on the screens, or to be brought back to them. */
  #list(item, { view, meeting }) {
    if (item.kind !== "followup" || item.status !== "current") return nothing
    const on = isListing(view)
    const n = item.followup?.length ?? 0
    return html`
      <button class=${classMap({ "item-paper": true, on })} aria-current=${on ? "true" : nothing} ?disabled=${!canShow(view, meeting)}
        @click=${() => this.#showList(on)}>
        <span class="paper-title">${t("List of conclusions")}</span>
        <span class="paper-where">${on ? `${view.stage.followup.page}/${view.stage.followup.pages}` : tn("{n} task", "{n} tasks", n)}</span>
      </button>`
  }

  #showList(on) {
    if (!on) attempt(this.meeting.send("show_followup", {}))
    this.#slide(false)
    this.dispatchEvent(new CustomEvent("chosen", { bubbles: true }))
  }

  #steer(id, item) {
    if (item.status === "current") {
      return html`<button class="button outline item-act" @click=${() => attempt(this.meeting.send("finish_item", { item: id }))}>${icon("check")}${t("Finish this item")}</button>`
    }
    return html`<button class="button outline item-act" @click=${() => this.#start(id)}>${icon("play")}${item.status === "done" ? t("Take up again") : t("Start this item")}</button>`
  }

  async #start(item) {
    this.#opened = undefined
    await attempt(this.meeting.send("start_item", { item }))
  }

  #show(paper, shown) {
    if (!shown) show(this.meeting, paper, rememberedPage(this.meeting, paper))
    this.#slide(false)
    this.dispatchEvent(new CustomEvent("chosen", { bubbles: true }))
  }

  /** Where the focus was last, it comes back to. */
  #stopAt(target) {
    const { item } = target.dataset
    if (!item || item === this.#stop) return
    this.#stop = item
    this.redraw()
  }

  #choose(id) {
    if (narrow.matches && !this.#drawer) {
      this.#opened = id
      return this.#slide(true)
    }
    this.#opened = this.#opened === id ? undefined : id
    this.redraw()
  }

  #slide(open) {
    if (open === this.#drawer) return
    this.#drawer = open
    this.classList.toggle("drawn", open)
    this.redraw()
  }
}

function maySteer({ me }) {
  return conducts(me)
}

/** Papers come onto the stage by the hand that holds it, while the meeting runs. */
function canShow(view, meeting) {
  return view.meeting.status === "live" && meeting.holding
}

customElements.define("agenda-rail", AgendaRail)
