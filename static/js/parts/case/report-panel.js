/** <report-panel>: a case that is reported: what is to be decided; questions; proposals and opinions by name; the direction. */

import { questionsOf } from "../../case/report-words.js"
import { html, nothing } from "../../lib/html.js"
import { roam } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { decideTab } from "./report-decide.js"
import { askTab } from "./report-questions.js"
import { sayTab } from "./report-opinions.js"
import { reportHead } from "./report-head.js"
import { attempt } from "../../lib/attempt.js"
import { toast } from "../../lib/toast.js"

const TABS = { ask: askTab, say: sayTab, decide: decideTab }

/** `tab` (attribute): ask | say | decide; where it begins. */
export class ReportPanel extends Part {
  watches = ["report", "meeting", "roll", "stage", "record"]
  // What is typed is kept here; what others say goes on meanwhile.
  waitsForEditing = false
  emptyAtFirst = true
  /** What is typed, by field; and what is open. */
  typed = {}
  #busy = false

  draw(view, meeting) {
    const report = view.report ?? {}
    const now = this.getAttribute("tab") ?? "ask"
    const tabs = [
      ["ask", t("Questions"), questionsOf(report).length],
      ["say", t("Opinion"), Object.keys(report.opinions ?? {}).length],
      ["decide", t("Direction"), ""],
    ]
    return html`
      ${reportHead(report, meeting.now(), view, { folded: true })}
      <div class="report-tabs" role="tablist" @keydown=${(event) => roam(event, "button", "row")}>${tabs.map(
        ([id, word, count]) => html`
        <button type="button" role="tab" class="button" aria-selected=${id === now} tabindex=${id === now ? 0 : -1} @click=${() => this.go(id)}>${word}${count ? html`<b class="tab-count">${count}</b>` : nothing}</button>`,
      )}</div>
      <div class="report-tab" role="tabpanel">${TABS[now](this, report, view)}</div>`
  }

  go(tab) {
    this.setAttribute("tab", tab)
    this.redraw()
  }

  /** A field of this panel: what is typed stays until it was sent. */
  field(name, { label, rows = 3, limit = 6000, value = "", optional = false, line = false }) {
    const id = `report-${name}`
    const text = this.typed[name] ?? value
    const typing = ({ target }) => {
      this.typed[name] = target.value
    }
    return html`<div class="field"><label for=${id}>${label}${optional ? html` <span class="optional">(${t("optional")})</span>` : nothing}</label>
      ${
        line
          ? html`<input class="input" id=${id} maxlength=${limit} autocomplete="off" .value=${text} @input=${typing}>`
          : html`<textarea class="input" id=${id} rows=${rows} maxlength=${limit} .value=${text} @input=${typing}></textarea>`
      }</div>`
  }

  text(name) {
    return (this.typed[name] ?? "").trim()
  }

  /**
   * One wish at a time; the fields that it took are empty when it was heard.
   * @param {string} command
   * @param {any} args
   * @param {{ takes?: string[], says?: string }} after
   */
  async send(command, args, { takes = [], says } = {}) {
    if (this.#busy) return false
    this.#busy = true
    const done = await attempt(this.meeting.send(command, args))
    this.#busy = false
    if (!done) return false
    for (const name of takes) delete this.typed[name]
    if (says) toast(says)
    this.redraw()
    return true
  }

  /** Opens or closes something of this panel (an answer, a read-back). */
  set(name, value) {
    this.typed[name] = value
    this.redraw()
  }
}

customElements.define("report-panel", ReportPanel)
