/**
 * My marks in the reader: a pen, a highlighter, an eraser, notes and bookmarks for myself alone. The strip of tools has a
 * frame of its own colour: nothing here is seen by anybody else.
 */

import { HandRules } from "../../ink/hand-rules.js"
import { History, opposite } from "../../ink/history.js"
import { FINGERS, PEN_SEEN, WIDTHS } from "../../ink/writer.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { local } from "../../lib/storage.js"
import { t, tn } from "../../lib/t.js"
import { uid } from "../../lib/uid.js"
import { MyMarks } from "../../marks/my-marks.js"
import { otherText } from "../../marks/other-text.js"
import { PageMarks } from "../../marks/page-marks.js"
import { extendReaders } from "../../reader/extensions.js"
import { runUnder } from "../../reader/selection.js"
import { LeftMarks } from "./reader-left.js"

const COLOURS = [
  { name: "red", word: () => t("Red") },
  { name: "blue", word: () => t("Blue") },
  { name: "black", word: () => t("Black") },
]
const NOTE_AT = { x: 8900, y: 500, down: 600 }
const NOTE_HEIGHT = 34
const LONGEST = 10_000

/** The body of a highlight, in 1/10,000 of the page's width. */
function highlightOf({ from, to, quote, before, after, boxes }, { width = 1, height = 1 } = {}) {
  const down = (10000 * height) / width
  const whole = boxes.map(([x, y, w, h]) => {
    const [left, top] = [Math.max(0, Math.round(x * 10000)), Math.max(0, Math.round(y * down))]
    const wide = Math.min(Math.max(1, Math.round(w * 10000)), 10000 - left)
    return [left, top, wide, Math.min(Math.max(1, Math.round(h * down)), Math.max(1, Math.floor(down) - top))]
  })
  return { from, to, quote: quote.slice(0, 4000), before, after, boxes: whole, c: "yellow" }
}

class MyPen {
  tool = ""
  /** Does a highlighter stay as it is drawn? */
  free = false
  rules = new HandRules()
  colour = "red"
  thick = 1

  #reader
  #pages = new Map()
  #histories = new Map()
  #strip = document.createElement("div")
  #last = 0

  constructor(reader) {
    this.#reader = reader
    this.marks = new MyMarks(reader.paper, reader.signal)
    this.rules.penSeen = local.get(PEN_SEEN) === "1"
    this.rules.fingersToo = local.get(FINGERS) === "1"
    this.marks.addEventListener("change", (/** @type {CustomEvent} */ { detail }) => this.#changed(detail.pages))
    this.marks.addEventListener("state", () => this.#draw())
    document.addEventListener("keydown", (event) => this.#hear(event), { signal: reader.signal })
    this.#strip.className = "marks-strip"
    reader.addLayer({
      name: "marks",
      order: 20,
      mount: (page) => this.#mount(page),
      under: (draw, page, at) => this.#pages.get(page.n)?.under(draw, at),
    })
    reader.addButton({
      name: "my-pen",
      sign: "pen-line",
      word: () => t("My pen"),
      order: 1,
      pressed: () => this.tool !== "",
      act: () => this.take(this.tool ? "" : "pen"),
    })
    reader.addButton({
      name: "my-note",
      sign: "message-square",
      word: () => t("My note"),
      order: 2,
      key: "n",
      act: () => this.openNote(),
    })
    reader.addButton({
      name: "my-bookmark",
      sign: "bookmark",
      word: () => t("Bookmark"),
      order: 3,
      key: "b",
      pressed: () => Boolean(this.#bookmark),
      act: () => this.#mark(),
    })
    reader.addSelectionAct({
      name: "highlight",
      sign: "highlighter",
      word: () => t("Highlight"),
      act: (run) => this.#highlight(run),
    })
    reader.addSelectionAct({
      name: "note",
      sign: "message-square",
      word: () => t("Note"),
      act: (run) => this.openNote(this.#highlight(run)),
    })
    new LeftMarks(reader, this.marks)
    this.marks.open()
  }

  get #bookmark() {
    return this.marks.of(this.#reader.page).find(({ kind }) => kind === "bookmark")
  }

  look(tool) {
    return { c: tool === "hl" ? "yellow" : this.colour, w: WIDTHS[tool][this.thick] }
  }

  take(tool) {
    this.tool = tool
    this.rules.on = tool !== ""
    this.#draw()
    this.#reader.redraw()
  }

  did(page, operation) {
    const strokes = new Map(
      this.marks
        .of(page)
        .filter(({ kind }) => kind === "ink")
        .map(({ id, stroke }) => [id, stroke]),
    )
    this.#done(page, operation, opposite(operation, strokes))
  }

  #done(page, operation, back) {
    this.#history(page).add(operation, back)
    this.#last = page
    if (this.rules.penSeen) local.set(PEN_SEEN, "1")
    this.marks.ink(page, operation)
    this.#draw()
  }

  undo() {
    const back = this.#history(this.#last).undo()
    if (back) this.marks.ink(this.#last, back, true)
    this.#draw()
  }

  redo() {
    const again = this.#history(this.#last).redo()
    if (again) this.marks.ink(this.#last, again, true)
    this.#draw()
  }

  async openNote(id = undefined) {
    const mark = id && this.marks.marks.get(id)
    const said = mark?.body.text ?? mark?.body.note ?? ""
    const answer = await show(
      (close) => html`
        <form class="marks-note-form" @submit=${(event) => {
          event.preventDefault()
          close({ text: event.target.elements.text.value.trim() })
        }}>
          <div class="dialog-body">
          <h2>${t("My note")}</h2>
          ${mark && otherText(mark.body) ? html`<p><span class="badge">${otherText(mark.body)}</span></p>` : nothing}
          <p class="help">${t("Nobody else sees it.")}</p>
          <textarea class="input" name="text" rows="6" maxlength=${LONGEST} aria-label=${t("My note")} autofocus .value=${said}></textarea>
          </div>
          <div class="dialog-actions"><button class="button primary" type="submit">${t("Keep")}</button>
            ${said ? html`<button class="button" type="button" @click=${() => close({ text: "" })}>${icon("trash-2")}${t("Delete")}</button>` : nothing}
            <button class="button quiet" type="button" @click=${() => close()}>${t("Cancel")}</button></div>
        </form>`,
      { label: t("My note") },
    )
    if (answer) this.#write(mark, answer.text)
  }

  #write(mark, text) {
    if (mark?.kind === "highlight") {
      const { note, copy, ...body } = mark.body
      return this.marks.change(mark.id, text ? { ...body, note: text } : body)
    }
    if (mark && !text) return this.marks.drop(mark.id)
    if (mark) {
      const { copy, ...body } = mark.body
      return this.marks.change(mark.id, { ...body, text })
    }
    if (!text) return
    const { page } = this.#reader
    const there = this.marks.of(page).filter(({ kind }) => kind === "note").length
    const { width = 1, height = 1 } = this.#reader.sheets.box(page) ?? {}
    const unit = 10000 / width
    // Below one another as far as the page goes, so that each can be touched.
    const y = NOTE_AT.y + Math.max(NOTE_AT.down, Math.ceil(NOTE_HEIGHT * unit)) * (there % 8)
    this.marks.put("note", page, { x: NOTE_AT.x, y: Math.min(y, Math.floor((height - 1) * unit)), text, c: "yellow" })
  }

  #mark() {
    if (this.#bookmark) this.marks.drop(this.#bookmark.id)
    else this.marks.put("bookmark", this.#reader.page, {})
    this.#reader.redraw()
  }

  #highlight(run) {
    return this.marks.put("highlight", run.page, highlightOf(run, this.#reader.sheets.box(run.page)))
  }

  /** What a highlighter was drawn over becomes the highlight of these words, unless it is to stay as it was drawn. */
  snaps(page, points) {
    const run = !this.free && runUnder(page.record?.words ?? [], page.n, points)
    if (!run) return false
    const mark = { id: uid(), kind: "highlight", body: highlightOf(run, page) }
    this.#done(page.n, { mark }, { erase: [mark.id] })
    return true
  }

  #history(page) {
    if (!this.#histories.has(page)) this.#histories.set(page, new History())
    return this.#histories.get(page)
  }

  #mount(page) {
    const drawn = new PageMarks(page, this)
    this.#pages.set(page.n, drawn)
    return {
      resize: () => drawn.resize(),
      close: () => {
        drawn.close()
        if (this.#pages.get(page.n) === drawn) this.#pages.delete(page.n)
      },
    }
  }

  #changed(pages) {
    for (const n of pages) {
      this.#pages.get(n)?.draw()
      this.#reader.repaint(n)
    }
    this.#reader.redraw()
  }

  #draw() {
    const reader = this.#reader
    // From the first touch of a pen on, fingers move the page.
    reader.writing = this.tool !== "" && this.rules.fingersDraw
    reader.classList.toggle("marks-writing", reader.writing)
    const { waiting, kept, refused } = this.marks
    const shown = this.tool || waiting || refused
    if (!shown) return this.#strip.remove()
    render(html`${this.tool ? this.#tools() : nothing}${this.#state(waiting, kept, refused)}`, this.#strip)
    if (!this.#strip.isConnected) reader.querySelector(".reader-body").append(this.#strip)
  }

  /** The button goes, and keys are the page's again. */
  #layDown() {
    this.take("")
    this.#reader.querySelector("[data-window]").focus({ preventScroll: true })
  }

  #tools() {
    const tool = (name, sign, word) =>
      html`<button class="button icon-only" type="button" aria-pressed=${this.tool === name} aria-label=${word} title=${word} @click=${() => this.take(name)}>${icon(sign)}</button>`
    const cuts = this.tool === "cut"
    const rubs = cuts || this.tool === "erase"
    const eraser = cuts ? t("Eraser: cuts strokes") : t("Eraser: whole strokes")
    const width = [t("Thin"), t("Medium"), t("Thick")][this.thick]
    const { canUndo, canRedo } = this.#history(this.#last)
    return html`
      <div class="marks-tools" role="toolbar" aria-label=${t("My pen")}>
        <b>${t("Mine")}</b>
        ${tool("pen", "pen-line", t("Pen"))}${tool("hl", "highlighter", t("Highlighter"))}${tool("line", "ruler", t("Straight line"))}
        <button class="button icon-only" type="button" aria-pressed=${rubs} aria-label=${eraser} title=${eraser} @click=${() => this.take(this.tool === "erase" ? "cut" : "erase")}>${icon(cuts ? "scissors" : "eraser")}</button>
        ${this.tool === "pen" || this.tool === "line" ? COLOURS.map(({ name, word }) => html`<button class="marks-colour ${name}" type="button" aria-pressed=${this.colour === name} aria-label=${word()} @click=${() => this.#pick(name)}></button>`) : nothing}
        ${this.tool === "hl" ? html`<button class="button" type="button" aria-pressed=${this.free} title=${t("The highlighter stays as it is drawn, and does not follow the words")} @click=${() => this.#setFree()}>${t("Freehand")}</button>` : nothing}
        ${rubs ? nothing : html`<button class="button icon-only marks-width" type="button" aria-label=${`${t("Width")}: ${width}`} title=${`${t("Width")}: ${width}`} @click=${() => this.#widen()}><i class="w${this.thick}"></i></button>`}
        ${this.rules.penSeen ? html`<button class="button icon-only" type="button" aria-pressed=${this.rules.fingersToo} aria-label=${t("Fingers write, too")} title=${t("Fingers write, too")} @click=${() => this.#letFingers()}>${icon("hand")}</button>` : nothing}
        <button class="button icon-only" type="button" aria-label=${t("Undo")} title=${t("Undo")} ?disabled=${!canUndo} @click=${() => this.undo()}>${icon("undo-2")}</button>
        <button class="button icon-only" type="button" aria-label=${t("Do again")} title=${t("Do again")} ?disabled=${!canRedo} @click=${() => this.redo()}>${icon("redo-2")}</button>
        <button class="button" type="button" @click=${() => this.#layDown()}>${t("Done")}</button>
      </div>`
  }

  #setFree() {
    this.free = !this.free
    this.#draw()
  }

  #letFingers() {
    this.rules.fingersToo = !this.rules.fingersToo
    local.set(FINGERS, this.rules.fingersToo ? "1" : "0")
    this.#draw()
  }

  #widen() {
    this.thick = (this.thick + 1) % 3
    this.#draw()
  }

  #hear(event) {
    if (!this.tool || !(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.target.closest?.("input, textarea, [contenteditable]")) return
    const letter = event.key.toLowerCase()
    const act = letter === "y" || (letter === "z" && event.shiftKey) ? "redo" : letter === "z" ? "undo" : ""
    if (!act) return
    event.preventDefault()
    this[act]()
  }

  #pick(colour) {
    this.colour = colour
    this.#draw()
  }

  #state(waiting, kept, refused) {
    if (refused && !waiting)
      return html`<p class="marks-state" role="status">${icon("circle-alert")}${t("Some marks were not kept.")}</p>`
    if (!waiting) return nothing
    const place = kept ? "" : ` ${t("Not saved on this device: they are on this screen only.")}`
    return html`<p class="marks-state" role="status">${icon("cloud-off")}${tn("{n} change not sent yet.", "{n} changes not sent yet.", waiting)}${place}</p>`
  }
}

extendReaders((reader) => {
  if (reader.paper.id) new MyPen(reader)
})
