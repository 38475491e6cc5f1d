/** The secretary's text, item by item: saved while typing, never redrawn under the cursor. */

import { conducts } from "../../meeting/rights.js"
import { html, live, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSealed } from "./minutes-state.js"
import { t } from "../../lib/t.js"
import { clock, hour } from "../../lib/time.js"
import { changed, noteConflict } from "./note-conflict.js"
import { hasDraft, NoteKeeper } from "./note-keeper.js"
import { Part } from "../core/part.js"

export const GENERAL = "general"

export class NoteEditor extends Part {
  watches = ["agenda", "record", "meeting"]
  // Only the frame is drawn again; the text in the field is set by hand, when it is not ours.
  waitsForEditing = false

  #keepers = new Map()
  #item = undefined
  #newer = false
  #followed = undefined

  started(meeting) {
    const { signal } = this
    meeting.watch(
      ["record"],
      () => {
        for (const keeper of this.#keepers.values()) keeper.heard()
      },
      { signal },
    )
    meeting.watch(["agenda"], (view) => this.#follow(view), { signal })
    this.listensTo(meeting, "lamp", ({ detail }) => {
      if (detail.state === "live") for (const keeper of this.#keepers.values()) keeper.retry()
    })
    const leave = () => {
      for (const keeper of this.#keepers.values()) keeper.save()
    }
    this.listensTo(document, "visibilitychange", () => {
      if (document.visibilityState === "hidden") leave()
    })
    this.listensTo(window, "pagehide", leave)
    this.listensTo(document, "insert", ({ detail }) => this.insert(detail.text))
  }

  draw(view, meeting) {
    const { order, items, current } = view.agenda
    if (this.#item === undefined) this.#recover(order)
    if (this.#item !== GENERAL && !items[this.#item]) this.#item = current ?? order[0] ?? GENERAL
    const item = this.#item
    const keeper = this.#keeper(item)
    const at = order.indexOf(item)
    const sealed = isSealed(view) || !conducts(meeting.me)
    return html`
      <div class="note-head">
        <button class="button icon-only" ?disabled=${item === GENERAL} aria-label=${t("Previous item")} @click=${() => this.#go(order[at - 1] ?? GENERAL)}>${icon("chevron-left")}</button>
        <select class="input note-item" aria-label=${t("Item of the agenda")} @change=${({ target }) => this.#go(target.value)}>
          <option value=${GENERAL} .selected=${item === GENERAL}>${t("General part")}</option>
          ${order.map((id, i) => html`<option value=${id} .selected=${id === item}>${i + 1}. ${items[id].title}${id === current ? ` (${t("now")})` : ""}</option>`)}
        </select>
        <button class="button icon-only" ?disabled=${at === order.length - 1} aria-label=${t("Next item")} @click=${() => this.#go(order[at + 1])}>${icon("chevron-right")}</button>
      </div>
      ${
        current && current !== item
          ? html`
        <p class="note-moved"><span>${t("The meeting is at item {n} now.", { n: order.indexOf(current) + 1 })}</span>
          <button class="button" @click=${() => this.#go(current)}>${t("Write on item {n}", { n: order.indexOf(current) + 1 })}</button></p>`
          : nothing
      }
      ${
        this.#newer && keeper.state !== "conflict"
          ? html`
        <p class="note-moved"><span>${changed(keeper, view)}</span>
          <button class="button" @click=${() => this.#refresh()}>${t("Show the new text")}</button></p>`
          : nothing
      }
      ${keeper.state === "conflict" ? noteConflict(keeper, view, (text) => this.#resolve(text)) : nothing}
      <textarea class="note-text" ?readonly=${sealed} spellcheck="false" aria-label=${t("Text of the minutes")}
        placeholder=${t("What was reported, asked, answered and agreed on this item…")}
        .value=${live(this.querySelector("textarea")?.dataset.item === item ? this.querySelector("textarea").value : keeper.text)}
        data-item=${item} @input=${({ target }) => keeper.edit(target.value)} @blur=${() => keeper.save()}></textarea>
      <div class="note-foot">
        <button class="button" ?disabled=${sealed} @click=${() => this.insert(`${hour(meeting.now())}: `)}>${icon("clock")}${t("Insert the time")}</button>
        <a class="button quiet" href=${`/meetings/${encodeURIComponent(meeting.id)}/minutes`} @click=${() => keeper.save()}>${icon("file-text")}${t("See the minutes")}</a>
        <span class="note-state ${keeper.state}" role="status">${state(keeper)}
          ${keeper.state === "failed" ? html`<button class="button" @click=${() => keeper.retry()}>${t("Try again")}</button>` : nothing}</span>
      </div>`
  }

  /** Put words where the cursor is, on a line of their own when they come from outside. */
  insert(words) {
    const field = this.querySelector("textarea")
    if (!field || field.readOnly) return
    const before = field.value.slice(0, field.selectionStart)
    const start = before && !before.endsWith("\n") ? "\n" : ""
    field.setRangeText(start + words, field.selectionStart, field.selectionEnd, "end")
    this.#keeper(this.#item).edit(field.value)
    field.focus()
  }

  #go(item) {
    if (!item || item === this.#item) return
    this.#keeper(this.#item).save()
    this.#item = item
    this.#newer = false
    this.redraw()
  }

  /** The meeting goes on to another item: go with it, unless somebody is writing. */
  #follow({ agenda: { current } }) {
    if (!current || this.#followed === current) return
    const first = this.#followed === undefined
    this.#followed = current
    const field = this.querySelector("textarea")
    if (first || !field || document.activeElement !== field) this.#go(current)
  }

  #keeper(item) {
    if (!this.#keepers.has(item)) {
      const keeper = new NoteKeeper(this.meeting, item)
      keeper.addEventListener("state", () => this.redraw())
      keeper.addEventListener("theirs", () => this.#theirs(item))
      this.#keepers.set(item, keeper)
    }
    return this.#keepers.get(item)
  }

  /** Texts that a crash left on this device go to the server now. */
  #recover(order) {
    for (const item of [GENERAL, ...order])
      if (!this.#keepers.has(item) && hasDraft(this.meeting, item)) this.#keeper(item)
  }

  #theirs(item) {
    const field = this.querySelector("textarea")
    if (item !== this.#item) return this.#keeper(item).takeTheirs()
    if (field && document.activeElement === field) {
      this.#newer = true
      return this.redraw()
    }
    return this.#refresh()
  }

  #refresh() {
    const keeper = this.#keeper(this.#item)
    keeper.takeTheirs()
    this.#write(keeper.text)
  }

  #resolve(text) {
    const keeper = this.#keeper(this.#item)
    if (text === undefined) keeper.takeTheirs()
    else keeper.keep(text)
    this.#write(keeper.text)
  }

  #write(text) {
    this.#newer = false
    this.querySelector("textarea").value = text
    this.redraw()
  }
}

function state(keeper) {
  switch (keeper.state) {
    case "typing":
      return t("Not saved yet…")
    case "saving":
      return t("Saving…")
    case "waiting":
      return t("No connection. Kept on this device, saved as soon as it is back.")
    case "failed":
      return keeper.problem
    case "conflict":
      return t("Two versions: choose one above.")
    default:
      return keeper.savedAt ? t("Saved {time}", { time: clock(keeper.savedAt) }) : ""
  }
}

customElements.define("note-editor", NoteEditor)
