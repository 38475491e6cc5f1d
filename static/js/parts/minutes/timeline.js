/** What has happened, the latest first, in the server's sentences; a line is put into the minutes by a tap or by drag. */

import { ask } from "../../lib/ask.js"
import { LINE } from "../../lib/editor-line.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import "../../lib/menus.js"
import { shaped } from "../../lib/proof.js"
import { usedIn } from "../../lib/rich-html.js"
import { mark, t } from "../../lib/t.js"
import { clock, date, hour } from "../../lib/time.js"
import { wasHeld } from "../../meeting/rights.js"
import { Part } from "../core/part.js"
import { desk } from "./notes-desk.js"

const hasLine = shaped({ seq: "number", at: "number", icon: "string", text: "string" })
const hasLines = shaped({ seq: "number", whole: "boolean", lines: "list" })
const isTimeline = (body) => hasLines(body) && body.lines.every(hasLine)
const PAUSE = 300
// So many stand on the page at once, and so many more with every press: a long meeting has thousands.
const SHOWN = 120

const KINDS = [
  ["", mark("Everything")],
  ["roll", mark("Attendance")],
  ["agenda", mark("Items of the agenda")],
  ["pages", mark("Pages shown")],
  ["floor", mark("Speeches and opinions")],
  ["ballots", mark("Ballots")],
  ["record", mark("Conclusions")],
  ["other", mark("Other")],
]

export class TimeLine extends Part {
  #lines = []
  #earlier = undefined // undefined until they have been asked for
  #from = 0
  #asking = false
  #shown = SHOWN
  #last = undefined
  #reading = false
  #timer
  #failed = false
  #desk
  #used = new Set()
  #wanted = { kind: "", item: "", person: "", unused: false }

  started(meeting) {
    this.listensTo(meeting, "change", () => this.#soon())
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer))
    desk.then((it) => {
      this.#desk = it
      this.listensTo(it, "note", () => this.#noted())
      this.redraw()
    })
    if (meeting.view) this.#read()
  }

  /** A text has been saved, every few seconds while one types: drawn anew only if it has used another line. */
  #noted() {
    const used = this.#usedNow()
    if (used.size !== this.#used.size || [...used].some((seq) => !this.#used.has(seq))) this.redraw()
  }

  #usedNow() {
    return new Set(this.#desk?.texts.flatMap(usedIn))
  }

  draw(view) {
    this.#used = this.#usedNow()
    const all = this.#earlier ? [...this.#lines, ...this.#earlier] : this.#lines
    const fitting = all.filter((line) => this.#fits(line))
    const filtered = fitting.length !== all.length
    const lines = fitting.slice(0, this.#shown)
    return html`
      <div class="happenings-head"><h2>${t("What has happened")}</h2>${this.#filters(view)}</div>
      ${
        this.#failed
          ? html`<p class="notice warn">${t("The list could not be brought up to date.")}
        <button class="button" @click=${() => this.#read()}>${t("Try again")}</button></p>`
          : nothing
      }
      ${lines.length || this.#last === undefined ? nothing : html`<p class="quiet-text">${filtered ? t("No line fits what is asked for.") : t("Nothing yet.")}</p>`}
      <ol class="happenings" aria-live="off">${repeat(
        lines,
        ({ seq }) => seq,
        (line) => this.#line(line, view.meeting),
      )}</ol>
      ${
        fitting.length > lines.length || this.#hasEarlier
          ? html`<button type="button" class="button wide" ?disabled=${this.#asking} @click=${() => this.#more(fitting.length)}>${icon("history")}${this.#asking ? t("Loading…") : t("Show what was before")}</button>`
          : nothing
      }`
  }

  /** The server tells the latest by itself; where the meeting is longer, the rest is asked for. */
  get #hasEarlier() {
    return !this.#earlier && this.#lines.length > 0 && (this.#from > 0 || this.#lines.length >= SHOWN)
  }

  async #more(fitting) {
    if (this.#shown < fitting) this.#shown += SHOWN
    if (this.#hasEarlier) await this.#readEarlier()
    this.redraw()
  }

  async #readEarlier() {
    if (this.#asking) return
    this.#asking = true
    this.redraw()
    const first = this.#lines[this.#lines.length - 1].seq
    const { ok, body } = await ask(`/api/meetings/${encodeURIComponent(this.meeting.id)}/timeline?before=${first}`, {
      proof: isTimeline,
      patience: 15_000,
    })
    this.#asking = false
    if (ok) this.#earlier = body.lines.filter(({ seq }) => seq < first).reverse()
    else this.#failed = true
    this.redraw()
  }

  #line({ seq, at, icon: sign, text, strong }, { status, opened_at: opened, starts_at: starts }) {
    const day = date(at) === date(opened ?? starts) ? nothing : html`<small>${date(at).slice(0, 5)}</small>`
    const used = this.#used.has(seq)
    const words = `${hour(at)}: ${text}`
    return html`
      <li class=${classMap({ strong: Boolean(strong), used })} draggable="true" @dragstart=${(event) => drag(event, words, seq)}>
        <time>${
          wasHeld(status) && opened && at >= opened
            ? html`<a class="link" href="/meetings/${this.meeting.id}/replay?at=${at}" target="_blank" rel="noopener" draggable="false" title=${t("See this moment again")} aria-label=${t("See this moment again: {time}", { time: hour(at) })}>${clock(at)}</a>`
            : clock(at)
        }${day}</time>${icon(sign)}<span>${text}</span>
        <button type="button" class="insert" title=${used ? t("Used in the minutes. Put in again") : t("Put into the minutes")}
          aria-label=${used ? t("Used in the minutes. Put in again") : t("Put into the minutes")} @mousedown=${(event) => event.preventDefault()}
          @click=${() => this.#insert(words, seq)}>${icon(used ? "check" : "plus")}</button>
      </li>`
  }

  #filters({ agenda, roll }) {
    const { kind, item, person, unused } = this.#wanted
    const active = Number(Boolean(kind)) + Number(Boolean(item)) + Number(Boolean(person)) + Number(unused)
    const people = Object.entries(roll?.people ?? {})
    return html`
      <details class="menu happenings-filter">
        <summary class="button quiet">${icon("filter")}${active ? t("Filtered: {n}", { n: active }) : t("Filter")}</summary>
        <div class="menu-list">
          <label class="field"><span>${t("What it is about")}</span><select class="input" @change=${({ target }) => this.#want({ kind: target.value })}>
            ${KINDS.map(([value, words]) => html`<option value=${value} .selected=${value === kind}>${t(words)}</option>`)}</select></label>
          <label class="field"><span>${t("Item of the agenda")}</span><select class="input" @change=${({ target }) => this.#want({ item: target.value })}>
            <option value="" .selected=${!item}>${t("Everything")}</option>
            ${agenda.order.map((id, n) => html`<option value=${id} .selected=${id === item}>${n + 1}. ${agenda.items[id].title}</option>`)}</select></label>
          <label class="field"><span>${t("About whom")}</span><select class="input" @change=${({ target }) => this.#want({ person: target.value })}>
            <option value="" .selected=${!person}>${t("Everybody")}</option>
            ${people.map(([id, { name }]) => html`<option value=${id} .selected=${id === person}>${name}</option>`)}</select></label>
          <label class="check"><input type="checkbox" .checked=${unused} @change=${({ target }) => this.#want({ unused: target.checked })}><span>${t("Not used yet")}</span></label>
          ${active ? html`<button type="button" class="button" @click=${() => this.#want({ kind: "", item: "", person: "", unused: false })}>${t("Show everything")}</button>` : nothing}
        </div>
      </details>`
  }

  #want(change) {
    this.#wanted = { ...this.#wanted, ...change }
    this.#shown = SHOWN
    // What is looked for may have happened hours ago.
    if (this.#hasEarlier) this.#readEarlier()
    // The field that was chosen from is still in use.
    this.waitsForEditing = false
    this.redraw()
  }

  #fits({ seq, kind = "other", item = "", people = [] }) {
    const wanted = this.#wanted
    return (
      (!wanted.kind || wanted.kind === kind) &&
      (!wanted.item || wanted.item === item) &&
      (!wanted.person || people.includes(wanted.person)) &&
      !(wanted.unused && this.#used.has(seq))
    )
  }

  #insert(text, seq) {
    document.dispatchEvent(new CustomEvent("insert", { detail: { text, seq } }))
  }

  /** What has been asked for from before stays; a name that has changed has changed there, too. */
  #join({ whole, lines, from = 0 }) {
    this.#from = from
    const known = whole ? [] : this.#lines
    this.#lines = joined(known, lines)
    if (this.#earlier && whole) {
      this.#earlier = undefined
      if (this.#hasEarlier) this.#readEarlier()
    } else if (!this.#earlier) this.#lines = this.#lines.slice(0, SHOWN)
  }

  /** Not for every page of a quick hand. */
  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#read()
    }, PAUSE)
  }

  async #read() {
    const { meeting } = this
    // What comes while it is being read is read right after: `finally` looks whether there is more.
    if (this.#reading || !meeting.view || this.#last === meeting.seq) return
    const upTo = meeting.seq
    this.#reading = true
    const after = this.#last === undefined ? "" : `?after=${this.#last}`
    try {
      const { ok, body } = await ask(`/api/meetings/${encodeURIComponent(meeting.id)}/timeline${after}`, {
        proof: isTimeline,
      })
      if (!ok) throw new Error("the timeline did not come")
      this.#join(body)
      this.#last = body.seq
      this.#failed = false
    } catch {
      this.#failed = meeting.lamp.state === "live"
    } finally {
      this.#reading = false
      this.redraw()
      if (!this.#failed && meeting.seq > upTo) this.#soon()
    }
  }
}

/** A line on its way into the text, with the number of its fact. */
function drag(event, text, seq) {
  event.dataTransfer.setData(LINE, JSON.stringify({ text, seq }))
  event.dataTransfer.setData("text/plain", text)
  event.dataTransfer.effectAllowed = "copy"
}

/** The lines with the new and the changed ones, the latest first. */
function joined(known, added) {
  const lines = new Map([...known, ...added].map((line) => [line.seq, line]))
  return [...lines.values()].sort((a, b) => b.seq - a.seq)
}

customElements.define("time-line", TimeLine)
