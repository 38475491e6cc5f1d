/**
 * <ink-tools for="page">: what whoever holds the stage writes with on that page-view. One button; with a tool in hand a bar
 * beside the page, and a frame round it that says who sees what is written.
 */

import { hasPage } from "../../meeting/on-stage.js"
import { COLOURS, WIDTHS, Writer } from "../../ink/writer.js"
import { sharedInk } from "../../ink/shared.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, onKeys, roam, withKey } from "../../lib/keys.js"
import { mark, t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"

const REGRET = 10
const NARROW = 721
const NEAR = 2

const TOOLS = [
  ["pen", "pen-line", mark("Pen")],
  ["hl", "highlighter", mark("Highlighter")],
  ["line", "ruler", mark("Straight line")],
  ["erase", "eraser", mark("Eraser")],
  ["point", "target", mark("Laser pointer")],
]
const NAMES = {
  red: mark("Red"),
  blue: mark("Blue"),
  black: mark("Black"),
  green: mark("Green"),
  yellow: mark("Yellow"),
  pink: mark("Pink"),
}
const THICK = [mark("Thin"), mark("Medium"), mark("Thick")]
const OPTIONS = "[role=toolbar] button"

export class InkTools extends Part {
  watches = ["stage", "meeting", "papers"]
  waitsForTouch = false
  followsPen = true
  emptyAtFirst = true

  #writer
  /** On the right page of a pair: the same hand. */
  #second
  #ink
  #more = false
  #held = false
  #at = ""
  #drawn = ""

  /** What the bar says of the hand that writes: where it is the same after a stroke, nothing is drawn. */
  get #state() {
    const { tool, draws, look, even, free, rules } = this.#writer ?? {}
    const can = this.#writers.map(({ canUndo, canRedo }) => [canUndo, canRedo])
    return JSON.stringify([tool, draws, look, can, even, free, rules?.penSeen, rules?.fingersToo])
  }

  get #writers() {
    return [this.#writer, this.#second].filter(Boolean)
  }

  /** Whose last step is undone, or done again: that of the page that was written on last. */
  #last(can) {
    return this.#writers.filter((one) => one[can]).sort((a, b) => b.wrote - a.wrote)[0]
  }

  get #page() {
    return /** @type {any} */ (document.getElementById(this.getAttribute("for")))
  }

  started(meeting) {
    this.#ink = sharedInk(meeting)
    this.listensTo(this.#ink)
    this.listensTo(meeting, "lamp")
    this.listensTo(this.#page, "look", () => this.#looked())
    const on = (act) => () => (this.#writer?.on ? void act() : false)
    onKeys(
      { e: on(() => this.#take("erase")), h: on(() => this.#take("hl")), Escape: on(() => this.#take("")) },
      { signal: this.signal },
    )
    this.listensTo(document, "keydown", (event) => this.#hear(event))
  }

  draw(view, meeting) {
    const { stage } = view
    const page = this.#page
    const may = meeting.holding && hasPage(stage) && !stage.covered && !page?.browse
    // Who takes the stage takes no pen with it.
    if ((!may || !this.#held) && this.#writer?.on) this.#writer.take("")
    this.#held = may
    this.#drawn = this.#state
    this.hidden = !may
    const on = Boolean(this.#writer?.on)
    this.#both(page, may && on)
    this.classList.toggle("pair", stage.kind === "pair")
    const away = /^(offline|connecting)$/.test(meeting.lamp.state)
    page?.classList.toggle("writing", may && on)
    if (!may) return this.#waiting()
    return html`
      ${
        on
          ? html`<p class="ink-seen" role="status">${icon(away ? "cloud-off" : "eye")}<span>${away ? t("It goes to everybody when the line is back") : t("Everybody sees what you write")}${
              this.#writer.rules.roomy
                ? nothing
                : html`<small>${t("To write with a finger, magnify the page.")}</small>`
            }</span></p>`
          : nothing
      }
      ${this.#waiting()}
      ${
        on
          ? this.#bar()
          : html`
        <button class="ink-open" type="button" @click=${() => this.#take(this.#writer?.draws ?? "pen")}>${icon("pen-line")}<span>${t("Write on the page")}</span></button>`
      }`
  }

  #bar() {
    const writer = this.#writer
    const across = this.classList.contains("pair")
    return html`
      <div class="ink-bar" role="toolbar" aria-label=${t("Writing for everybody")} aria-orientation=${across ? "horizontal" : "vertical"} @keydown=${(event) => roam(event, OPTIONS, across ? "row" : "column")}>
        ${TOOLS.map(([tool, sign, word]) => this.#tool(tool, sign, t(word)))}
        <button class="ink-tool" type="button" aria-expanded=${this.#more} aria-label=${t("Colour and width")} title=${t("Colour and width")} @click=${() => this.#open(!this.#more)}>
          <i class="ink-dot ink-${writer.draws === "hl" ? "hl" : "pen"}-${writer.look.c}"></i></button>
        ${writer.rules.penSeen ? this.#fingers() : nothing}
        <button class="ink-tool" type="button" ?disabled=${!this.#last("canUndo")} aria-keyshortcuts="Control+Z" aria-label=${t("Undo")} title=${t("Undo")} @click=${() => this.#last("canUndo")?.undo()}>${icon("undo-2")}</button>
        <button class="ink-tool" type="button" ?disabled=${!this.#last("canRedo")} aria-keyshortcuts="Control+Y" aria-label=${t("Do again")} title=${t("Do again")} @click=${() => this.#last("canRedo")?.redo()}>${icon("redo-2")}</button>
        <button class="ink-tool" type="button" aria-label=${t("Clear the page")} title=${t("Clear the page")} @click=${() => this.#clear()}>${icon("trash-2")}</button>
        <button class="ink-tool ink-close" type="button" aria-keyshortcuts="Escape" aria-label=${t("Stop writing")} title=${t("Stop writing")} @click=${() => this.#take("")}>${icon("x")}</button>
      </div>
      ${this.#more ? this.#choices() : nothing}`
  }

  /** A pencil that is lost, or whose battery is empty, locks nobody out. */
  #fingers() {
    const { fingersToo } = this.#writer.rules
    const word = fingersToo ? t("Pen and fingers write") : t("Only the pen writes")
    return html`
      <button class="ink-tool" type="button" aria-pressed=${fingersToo} aria-label=${t("Fingers write, too")} title=${word} @click=${() => this.#writer.letFingers(!fingersToo)}>${icon("hand")}</button>`
  }

  #tool(tool, sign, word) {
    const writer = this.#writer
    const isEraser = tool === "erase"
    const cuts = writer.tool === "cut"
    const pressed = writer.tool === tool || (isEraser && cuts)
    const name = isEraser ? (cuts ? t("Eraser: cuts strokes") : t("Eraser: whole strokes")) : word
    const key = { erase: "E", hl: "H" }[tool]
    const act = () => this.#take(isEraser && writer.tool === "erase" ? "cut" : tool)
    return html`
      <button class="ink-tool" type="button" aria-pressed=${pressed} aria-keyshortcuts=${key ? keyOf(key) : nothing} aria-label=${name} title=${key ? withKey(name, key) : name} @click=${act}>
        ${icon(isEraser && cuts ? "scissors" : sign)}</button>`
  }

  #choices() {
    const writer = this.#writer
    const kind = writer.draws === "hl" ? "hl" : "pen"
    const widths = WIDTHS[writer.draws]
    return html`
      <div class="ink-choices">
        <div class="ink-colours" role="group" aria-label=${t("Colour")}>${COLOURS.map(
          (c) => html`
          <button class="ink-tool" type="button" aria-pressed=${writer.look.c === c} aria-label=${t(NAMES[c])} title=${t(NAMES[c])} @click=${() => writer.choose({ c })}><i class="ink-dot ink-${kind}-${c}"></i></button>`,
        )}</div>
        <div class="ink-widths" role="group" aria-label=${t("Width")}>${widths.map(
          (w, n) => html`
          <button class="ink-tool" type="button" aria-pressed=${writer.look.w === w} aria-label=${t(THICK[n])} title=${t(THICK[n])} @click=${() => writer.choose({ w })}><i class="ink-line ink-line-${n}"></i></button>`,
        )}</div>
        ${kind === "hl" ? html`<label class="ink-check" title=${t("The highlighter stays as it is drawn, and does not follow the words")}><input type="checkbox" .checked=${writer.free} @change=${({ target }) => writer.setFree(target.checked)}><span>${t("Freehand")}</span></label>` : nothing}
        <label class="ink-check"><input type="checkbox" .checked=${writer.even} @change=${({ target }) => writer.setEven(target.checked)}><span>${t("Even strokes")}</span></label>
      </div>`
  }

  /** What is not with the server, in plain words; also for whoever has lost the stage meanwhile. */
  #waiting() {
    const unsent = this.#ink?.unsent
    if (!unsent) return nothing
    this.hidden = false
    const [refused] = this.#ink.refused
    return html`
      <p class="ink-unsent" role="status">${icon("cloud-off")}<span>${tn("{n} stroke not sent yet", "{n} strokes not sent yet", unsent)}${refused ? html`<small>${refused.message}</small>` : nothing}</span>
        ${refused ? html`<button class="button compact" type="button" @click=${() => this.#ink.discard()}>${t("Discard")}</button>` : nothing}</p>`
  }

  #take(tool) {
    const page = this.#page
    if (tool && !this.#writer) {
      this.#writer = new Writer(page, this.#ink, { mayWrite: () => this.#held, signal: this.signal })
      this.listensTo(this.#writer, "change", () => this.#state !== this.#drawn && this.redraw())
      page.writer = this.#writer
    }
    if (!tool) this.#more = false
    this.#looked()
    this.#writer?.take(tool)
    this.redraw()
  }

  /** Two pages side by side take ink on both. */
  #both(page, on) {
    const right = page?.beside
    if (on && right && !this.#second && right.ink) {
      this.#second = new Writer(right, this.#ink, {
        mayWrite: () => this.#held && Boolean(page.beside),
        signal: this.signal,
      })
      this.listensTo(this.#second, "change", () => this.#state !== this.#drawn && this.redraw())
      this.listensTo(right, "look", () => this.#second.turned())
      right.writer = this.#second
    }
    right?.classList.toggle("writing", Boolean(on && this.#second))
    if (this.#second?.on || on) this.#second?.follow(this.#writer)
  }

  #open(more) {
    this.#more = more
    this.redraw()
  }

  /** On a phone a finger writes only where the page is large; a pen always does. */
  #looked() {
    const { rules } = this.#writer ?? {}
    if (!rules) return
    const page = this.#page
    const at = page.shown && `${page.shown.document}/${page.shown.page}`
    if (at !== this.#at) this.#writer.turned()
    this.#at = at
    const { scale } = page.shown ? page.camera : { scale: 0 }
    const { w, h } = page.shown?.size ?? { w: 1, h: 1 }
    const whole = Math.min(page.clientWidth / w, page.clientHeight / h)
    rules.roomy = window.innerWidth >= NARROW || scale >= NEAR * whole - 1e-6
    this.redraw()
  }

  /** Of a pair the page that was written on last. */
  #clear() {
    const [writer] = this.#page.beside ? this.#writers.sort((a, b) => b.wrote - a.wrote) : [this.#writer]
    if (!writer.clear()) return
    toast(t("The page is clear on every screen."), {
      seconds: REGRET,
      action: t("Undo"),
      act: () => writer.undo(),
    })
  }

  #hear(event) {
    if (!this.#writer?.on || !(event.ctrlKey || event.metaKey) || event.altKey) return
    if (event.target.closest?.("input, textarea, [contenteditable]")) return
    const letter = event.key.toLowerCase()
    const act = letter === "y" || (letter === "z" && event.shiftKey) ? "redo" : letter === "z" ? "undo" : ""
    if (!act) return
    event.preventDefault()
    this.#last(act === "undo" ? "canUndo" : "canRedo")?.[act]()
  }
}

customElements.define("ink-tools", InkTools)
