/** The text of the minutes, item by item: above each box, in grey, what the log has told already. */

import { fit } from "../../lib/growing-field.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { isSealed } from "./minutes-state.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { saving } from "./minutes-saving.js"
import { source } from "./minutes-source.js"
import { changed, noteConflict } from "./note-conflict.js"
import { NoteKeeper } from "./note-keeper.js"
import { Part } from "../core/part.js"

const GENERAL = "general"

export class MinutesItems extends Part {
  watches = ["agenda", "record", "meeting"]
  // Only the frame is drawn again; what stands in a box is put there by hand, never while it is in use.
  waitsForEditing = false

  #boxes = new Map()
  #told

  started(meeting) {
    const { signal } = this
    meeting.watch(
      ["record"],
      () => {
        for (const { keeper } of this.#boxes.values()) keeper.heard()
      },
      { signal },
    )
    source.then((it) =>
      this.listensTo(it, "told", () => {
        this.#told = it.told
        this.redraw()
      }),
    )
  }

  draw(view) {
    const { order, items, current } = view.agenda
    const sealed = isSealed(view)
    return html`
      ${this.#lines("", this.#told?.before)}
      ${repeat(
        order,
        (id) => id,
        (id, i) =>
          this.#item(
            view,
            id,
            html`
        <h3 id=${`minutes-item-${id}`}><span>${i + 1}. ${items[id].title}</span>
          ${id === current ? html`<span class="badge live">${t("Now")}</span>` : nothing}
          ${items[id].started_at ? html`<span class="help">${times(items[id])}</span>` : nothing}</h3>`,
            sealed,
          ),
      )}
      ${this.#item(view, GENERAL, html`<h3 id="minutes-item-general"><span>${t("Other matters")}</span></h3>`, sealed)}`
  }

  #item(view, id, heading, sealed) {
    const box = this.#box(id)
    const { keeper } = box
    return html`
      <section class="minutes-item" aria-labelledby=${`minutes-item-${id}`}>
        ${heading}
        ${this.#lines(id, this.#told?.lines[id])}
        ${
          box.newer && keeper.state !== "conflict"
            ? html`<p class="notice info"><span class="grow">${changed(keeper, view)}</span>
          <button type="button" class="button" @click=${() => this.#take(id)}>${t("Show the new text")}</button></p>`
            : nothing
        }
        ${keeper.state === "conflict" ? noteConflict(keeper, view, (text) => this.#resolve(id, text)) : nothing}
        <textarea class="input minutes-text" rows="2" spellcheck="false" data-item=${id} ?readonly=${sealed}
          aria-labelledby=${`minutes-item-${id}`} placeholder=${sealed ? nothing : t("What was reported, asked, answered and agreed on this item…")}
          @input=${({ target }) => {
            keeper.edit(target.value)
            fit(target)
          }}
          @blur=${() => keeper.save()}></textarea>
      </section>`
  }

  /** Held still above a box that somebody is writing in: the box must not move away under the hand. */
  #lines(id, latest = []) {
    const box = this.#box(id || GENERAL)
    const key = id ? "lines" : "before"
    if (!box[key] || !this.#inUse(id)) box[key] = latest
    return box[key].length
      ? html`<div class="minutes-lines">${box[key].map((line) => html`<p>${line}</p>`)}</div>`
      : nothing
  }

  drawn() {
    if (!this.meeting?.view) return
    for (const field of this.querySelectorAll(".minutes-text")) {
      if (field.dataset.filled) continue
      field.dataset.filled = "yes"
      this.#fill(field)
    }
  }

  #box(id) {
    if (!this.#boxes.has(id)) {
      const keeper = saving.add(new NoteKeeper(this.meeting, id))
      this.#boxes.set(id, { keeper, newer: false })
      keeper.addEventListener("state", () => this.redraw())
      keeper.addEventListener("theirs", () => this.#theirs(id))
    }
    return this.#boxes.get(id)
  }

  #theirs(id) {
    if (!this.#inUse(id)) return this.#take(id)
    this.#boxes.get(id).newer = true
    this.redraw()
  }

  #take(id) {
    this.#boxes.get(id).keeper.takeTheirs()
    this.#refill(id)
  }

  #resolve(id, text) {
    const { keeper } = this.#boxes.get(id)
    if (text === undefined) keeper.takeTheirs()
    else keeper.keep(text)
    this.#refill(id)
  }

  #refill(id) {
    this.#boxes.get(id).newer = false
    const field = this.#field(id)
    if (field) this.#fill(field)
    this.redraw()
  }

  #fill(field) {
    field.value = this.#box(field.dataset.item).keeper.text
    fit(field)
  }

  #field(id) {
    return [...this.querySelectorAll(".minutes-text")].find((field) => field.dataset.item === id)
  }

  #inUse(id) {
    return Boolean(id) && /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.item === id
  }
}

const times = ({ started_at: from, finished_at: to }) =>
  to ? `${clock(from)} – ${clock(to)}` : t("from {time}", { time: clock(from) })

customElements.define("minutes-items", MinutesItems)
