/** The secretary's text, one item of the agenda at a time: with the meeting, unless somebody is writing. */

import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import "./note-box.js"
import { GENERAL } from "./notes-desk.js"

export class NoteEditor extends Part {
  watches = ["agenda", "meeting"]
  // Only the frame is drawn again.
  waitsForEditing = false

  #item = undefined
  #followed = undefined

  started(meeting) {
    const { signal } = this
    meeting.watch(["agenda"], (view) => this.#follow(view), { signal })
    this.listensTo(document, "insert", ({ detail }) => this.#insert(detail))
  }

  draw(view, meeting) {
    const { order, items, current } = view.agenda
    if (this.#item !== GENERAL && !items[this.#item]) this.#item = current ?? order[0] ?? GENERAL
    const item = this.#item
    const at = order.indexOf(item)
    return html`
      <div class="note-head">
        <button type="button" class="button icon-only" ?disabled=${item === GENERAL} aria-label=${t("Previous item")} @click=${() => this.#go(order[at - 1] ?? GENERAL)}>${icon("chevron-left")}</button>
        <select class="input note-item" aria-label=${t("Item of the agenda")} @change=${({ target }) => this.#go(target.value)}>
          <option value=${GENERAL} .selected=${item === GENERAL}>${t("General part")}</option>
          ${order.map((id, i) => html`<option value=${id} .selected=${id === item}>${i + 1}. ${items[id].title}${id === current ? ` (${t("now")})` : ""}</option>`)}
        </select>
        <button type="button" class="button icon-only" ?disabled=${at === order.length - 1} aria-label=${t("Next item")} @click=${() => this.#go(order[at + 1])}>${icon("chevron-right")}</button>
      </div>
      <h2 class="visually-hidden" id="note-title">${t("Text of the minutes")}: ${item === GENERAL ? t("General part") : items[item].title}</h2>
      ${
        current && current !== item
          ? html`
        <p class="note-moved"><span>${t("The meeting is at item {n} now.", { n: order.indexOf(current) + 1 })}</span>
          <button type="button" class="button" @click=${() => this.#go(current)}>${t("Write on item {n}", { n: order.indexOf(current) + 1 })}</button></p>`
          : nothing
      }
      ${repeat(
        [item],
        (id) => id,
        (id) =>
          html`<note-box always .item=${id} .label=${"note-title"} .foot=${whole(meeting)} data-item=${id}></note-box>`,
      )}`
  }

  async #insert({ text, seq }) {
    if (await this.querySelector("note-box")?.insertLine(text, seq)) return
    toast(t("The line was not put in: this item cannot be written by you at the moment."), { kind: "warn" })
  }

  #go(item) {
    if (!item || item === this.#item) return
    this.#item = item
    this.redraw()
  }

  /** The meeting goes on to another item: go with it, unless somebody is writing. */
  #follow({ agenda: { current } }) {
    if (!current || this.#followed === current) return
    const first = this.#followed === undefined
    this.#followed = current
    const box = this.querySelector("note-box")
    if (first || !box?.contains(document.activeElement)) this.#go(current)
  }
}

const whole = ({ id }) =>
  html`<a class="button quiet" href=${`/meetings/${encodeURIComponent(id)}/minutes`}>${icon("file-text")}${t("See the minutes")}</a>`

customElements.define("note-editor", NoteEditor)
