/** The people of the meeting in protocol order: role, site, place in the order; invited from the directory. */

import { confirm } from "../../lib/dialog.js"
import { html, live, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { aboutPerson, ROLE_CODES, roleWord } from "../../meeting/meeting-words.js"
import { stripAccents } from "../../lib/strip-accents.js"
import { everybody, everySite } from "../../meeting/people.js"
import { isChair } from "../../meeting/rights.js"
import { t, tn } from "../../lib/t.js"
import { SortablePart } from "../core/sortable-part.js"
import { openNameplates } from "../devices/nameplates.js"
import { invitePeople } from "./prepare-invite.js"
import { mayPrepare } from "./prepare-right.js"
import { doCommand, doAndSee } from "./prepare-command.js"

const MANY = 12

export class PreparePeople extends SortablePart {
  watches = ["meeting", "roll", "sites"]
  waitsForEditing = false
  #filter = ""
  listOrder = this.sorted({
    draggable: ".person-row",
    say: (n, all) => t("Now number {n} of {all}", { n, all }),
    send: (person, before) => doAndSee(this.meeting, "move_person", before ? { person, before } : { person }),
  })

  draw(view, meeting) {
    const write = mayPrepare(view, meeting)
    const order = this.#order(view)
    const words = stripAccents(this.#filter).split(/\s+/).filter(Boolean)
    const shown = order.filter((id) => matches(view.roll.people[id], words))
    return html`
      <div class="people-bar">
        <p><b>${tn("{n} person", "{n} people", order.length)}</b> <span class="help">${t("in protocol order")}</span></p>
        <div class="buttons">
          ${
            order.length > MANY
              ? html`
            <div class="search">${icon("search")}<input class="input" type="search" aria-label=${t("Find in this list")} placeholder=${t("Find in this list")}
              @input=${({ target }) => {
                this.#filter = target.value
                this.redraw()
              }}></div>`
              : nothing
          }
          ${order.length && view.meeting.secrecy === "none" ? html`<button class="button" type="button" @click=${openNameplates}>${icon("id-card")}${t("Nameplates")}</button>` : nothing}
          ${write ? html`<button class="button primary" type="button" @click=${() => invitePeople(meeting)}>${icon("user-plus")}${t("Invite people")}</button>` : nothing}
        </div>
      </div>
      <ol class="people-list plain" data-sortable>
        ${repeat(
          shown,
          (id) => id,
          (id) => this.#row(view, id, { order, write: write, filtered: words.length > 0 }),
        )}
      </ol>
      ${words.length && !shown.length ? html`<p class="help">${t("Nobody in this list has these words in name, title or unit.")}</p>` : nothing}
      <p class="visually-hidden" aria-live="polite">${this.listOrder.said}</p>`
  }

  #row(view, id, { order, write, filtered }) {
    const person = view.roll.people[id]
    const index = order.indexOf(id)
    const sites = everySite(view)
    const about = aboutPerson(person)
    const { name } = person
    return html`
      <li class="person-row" data-id=${id}>
        ${write ? html`<span class="grip" data-grip ?hidden=${filtered} title=${t("Drag to move")}>${icon("grip-vertical")}</span>` : nothing}
        <span class="item-n">${index + 1}</span>
        <div class="person-who"><b>${name}</b>${id === this.meeting.me.id ? html` <span class="badge">${t("You")}</span>` : nothing}${about ? html`<span class="help">${about}</span>` : nothing}</div>
        ${
          write
            ? html`
          <div class="person-choices">
            <select class="input" aria-label=${t("Role of {name}", { name })} @change=${(event) => this.#role(id, event.target)}>
              ${ROLE_CODES.map((role) => html`<option value=${role} .selected=${live(role === person.role)}>${roleWord(role)}</option>`)}
            </select>
            ${
              sites.length
                ? html`
              <select class="input" aria-label=${t("Site of {name}", { name })} @change=${(event) => this.#site(id, event.target)}>
                <option value="" .selected=${live(!person.site)}>${t("No site")}</option>
                ${sites.map((site) => html`<option value=${site.id} .selected=${live(site.id === person.site)}>${site.short} · ${site.name}</option>`)}
              </select>`
                : nothing
            }
          </div>
          <div class="item-tools">
            <button class="button quiet icon-only" type="button" ?disabled=${index === 0 || filtered} aria-label=${t("Move up: {title}", { title: name })} @click=${() => this.#shift(id, -1)}>${icon("arrow-up")}</button>
            <button class="button quiet icon-only" type="button" ?disabled=${index === order.length - 1 || filtered} aria-label=${t("Move down: {title}", { title: name })} @click=${() => this.#shift(id, 1)}>${icon("arrow-down")}</button>
            <button class="button quiet icon-only" type="button" ?disabled=${id === this.meeting.me.id} aria-label=${t("Remove: {title}", { title: name })} @click=${() => this.#remove(id)}>${icon("user-x")}</button>
          </div>`
            : html`
          <span class="badge">${roleWord(person.role)}</span>
          ${person.site ? html`<span class="help">${view.sites.sites[person.site]?.short || ""}</span>` : nothing}`
        }
      </li>`
  }

  async #role(id, select) {
    const { people } = this.meeting.view.roll
    const role = select.value
    const chair = everybody(this.meeting.view).find((person) => isChair(person) && person.id !== id)
    const fine = !isChair({ role }) || !chair || (await this.#instead(chair, people[id]))
    if (fine) await doCommand(this.meeting, "change_role", { person: id, role })
    this.redraw()
  }

  /** A meeting has one chair: the one before becomes a co-chair, if that is what is wanted. */
  async #instead(chair, person) {
    const sure = await confirm({
      title: t("Another chair?"),
      text: t("{chair} is the chair now. {person} becomes the chair, {chair} a co-chair.", {
        chair: chair.name,
        person: person.name,
      }),
      yes: t("Change the chair"),
    })
    return sure && Boolean(await doCommand(this.meeting, "change_role", { person: chair.id, role: "cochair" }))
  }

  async #site(id, select) {
    await doCommand(this.meeting, "change_role", { person: id, site: select.value })
    this.redraw()
  }

  async #remove(id) {
    const { name } = this.meeting.view.roll.people[id]
    const sure = await confirm({
      title: t("Remove {name}?", { name }),
      text: t("This person can no longer open the meeting and its papers."),
      yes: t("Remove"),
      danger: true,
    })
    if (sure) await doCommand(this.meeting, "remove_person", { person: id })
  }

  #order({ roll }) {
    return this.listOrder.shown(roll.order.filter((id) => roll.people[id]))
  }

  #shift(id, step) {
    this.listOrder.shift(this.#order(this.meeting.view), id, step)
  }

  drawn() {
    const { meeting } = this
    this.listOrder.attach(
      meeting?.view && mayPrepare(meeting.view, meeting) ? this.querySelector("[data-sortable]") : null,
    )
  }
}

function matches(person, words) {
  const text = stripAccents([person.name, person.title, person.unit].filter(Boolean).join(" "))
  return words.every((word) => text.includes(word))
}

customElements.define("prepare-people", PreparePeople)
