/** What has happened, the latest first, as sentences; a line is put into the minutes by one tap. */

import { ask } from "../../lib/ask.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { clock, hour } from "../../lib/time.js"
import { Part } from "../core/part.js"
import { told } from "./sentences.js"

const isLog = (lines) => Array.isArray(lines) && lines.every(shaped({ seq: "number", name: "string" }))
const PAUSE = 300
const KEPT = 600
const SHOWN = 120

export class TimeLine extends Part {
  watches = ["agenda", "papers", "roll", "sites", "ballots"]
  #facts = []
  #last = undefined
  #reading = false
  #timer
  #failed = false

  started(meeting) {
    meeting.addEventListener("change", () => this.#soon(), { signal: this.signal })
    this.signal.addEventListener("abort", () => clearTimeout(this.#timer))
    if (meeting.view) this.#read()
  }

  draw(view) {
    const lines = told(this.#facts, view).slice(0, SHOWN)
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
        ({ at, sign, text, strong }) => html`
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
    const after = this.#last ?? Math.max(0, meeting.seq - KEPT)
    try {
      const { ok, body: fresh } = await ask(`/api/meetings/${encodeURIComponent(meeting.id)}/log?after=${after}`, {
        proof: isLog,
      })
      if (!ok) throw new Error("the log did not come")
      this.#facts = [...this.#facts, ...fresh.map((fact) => ({ ...fact, at: Date.parse(fact.at) }))].slice(-KEPT)
      this.#last = fresh.length ? fresh[fresh.length - 1].seq : after
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

customElements.define("time-line", TimeLine)
