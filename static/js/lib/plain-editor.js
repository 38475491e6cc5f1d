/** What stands in for the editor when it cannot be loaded: a plain field. What has looks is shown, and stays as it is. */

import { escaped, fromLines, isPlain, toLines } from "./rich-html.js"
import { richNodes } from "./rich-view.js"

/** As RichEditor, as far as plain text goes; a text with looks is added to below. */
export class PlainEditor {
  composing = false
  plainNext = false
  #place
  #how
  #before = ""
  #shown = document.createElement("div")
  #field = document.createElement("textarea")

  constructor(place, how) {
    this.#place = place
    this.#how = how
    this.#shown.className = "rich-text"
    this.#field.className = "note-text plain"
    this.#field.rows = 6
    this.#field.setAttribute("aria-labelledby", how.label)
    this.#field.placeholder = how.placeholder
    this.#field.addEventListener("input", () => how.changed())
    this.#field.addEventListener("focus", () => how.focused())
    place.append(this.#shown, this.#field)
    this.#write(how.html)
    this.editable = how.editable
  }

  get html() {
    return this.#before + fromLines(this.#field.value)
  }
  get isEmpty() {
    return !this.html
  }
  get editable() {
    return !this.#field.readOnly
  }
  set editable(editable) {
    this.#field.readOnly = !editable
  }
  get focused() {
    return document.activeElement === this.#field
  }

  focus() {
    this.#field.focus()
  }
  destroy() {
    this.#place.replaceChildren()
  }
  setHtml(html) {
    if (html !== this.html) this.#write(html)
  }
  insertLine(text, since = 0) {
    if (!since) return this.type(`\n${text}\n`)
    // The link to its moment is kept, as what is already written.
    this.#before = `${this.html}<p data-from="${since}">${escaped(text)}</p>`
    this.#write(this.#before)
    return this.#how.changed()
  }
  insertLive(kind, ref = "") {
    this.#write(`${this.html}<div data-live="${kind}"${ref ? ` data-ref="${escaped(ref)}"` : ""}></div>`)
    this.#how.changed()
  }
  insertHtml(html) {
    this.#write(this.html + html)
    this.#how.changed()
  }
  type(text) {
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, "end")
    this.#how.changed()
    this.focus()
  }
  can() {
    return false
  }
  do() {
    return false
  }
  is() {
    return false
  }
  redrawLive() {
    this.#shown.replaceChildren(richNodes(this.#before, this.#how.live))
  }

  #write(html) {
    this.#before = isPlain(html) ? "" : html
    this.#field.value = this.#before ? "" : toLines(html)
    this.#shown.hidden = !this.#before
    this.redrawLive()
  }
}
