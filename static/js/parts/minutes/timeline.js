/** What has happened, the latest first, in the server's sentences; a line is put into the minutes by one tap. */

import { ask } from "../../lib/ask.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { clock, hour } from "../../lib/time.js"
import { Part } from "../core/part.js"

const hasLine = shaped({ seq: "number", at: "number", icon: "string", text: "string" })
const hasLines = shaped({ seq: "number", whole: "boolean", lines: "list" })
const isTimeline = (body) => hasLines(body) && body.lines.every(hasLine)
const PAUSE = 300
const SHOWN = 120

export class TimeLine extends Part {
  #lines = []
  #last = undefined
  #reading = false
  #timer
  #failed = false

  started(meeting) {
    this.listensTo(meeting, "change", () => this.#soon())
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer))
    if (meeting.view) this.#read()
  }

  draw() {
    const lines = this.#lines
    return html`
      <h2>${t("What has happened")}</h2>
      ${
        this.#failed
          ? html`<p class="notice warn">${t("The list could not be brought up to date.")}
        <button class="button" @click=${() => this.#read()}>${t("Try again")}</button></p>`
          : nothing
      }
      ${lines.length || this.#last === undefined ? nothing : html`<p class="quiet-text">${t("Nothing yet.")}</p>`}
      <ol class="happenings" aria-live="off">${repeat(
        lines,
        ({ seq }) => seq,
        ({ at, icon: sign, text, strong }) => html`
        <li class=${classMap({ strong: Boolean(strong) })}>
          <time>${clock(at)}</time>${icon(sign)}<span>${text}</span>
          <button class="insert" title=${t("Put into the minutes")} aria-label=${t("Put into the minutes")}
            @click=${() => this.#insert(`${hour(at)}: ${text}`)}>${icon("plus")}</button>
        </li>`,
      )}</ol>`
  }

  #insert(text) {
    document.dispatchEvent(new CustomEvent("insert", { detail: { text } }))
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
      this.#lines = joined(body.whole ? [] : this.#lines, body.lines)
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

/** The lines with the new and the changed ones, the latest first. */
function joined(known, added) {
  const lines = new Map([...known, ...added].map((line) => [line.seq, line]))
  return [...lines.values()].sort((a, b) => b.seq - a.seq).slice(0, SHOWN)
}

customElements.define("time-line", TimeLine)
