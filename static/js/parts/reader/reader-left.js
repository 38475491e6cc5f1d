/** Marks of mine that were not found again in the new version of a paper: said over its pages, page by page, and put over. */

import { attempt } from "../../lib/attempt.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { leftFor } from "../../marks/left.js"
import { compareVersions } from "../page/version-compare.js"

export class LeftMarks {
  #reader
  #marks
  #place = document.createElement("div")
  #closed = false
  #busy = false

  /** @param {any} reader @param {any} marks */
  constructor(reader, marks) {
    this.#reader = reader
    this.#marks = marks
    this.#place.className = "marks-left"
    marks.addEventListener("left", () => this.#draw())
    reader.addEventListener("place", () => this.#draw(), { signal: reader.signal })
  }

  #draw() {
    const { page, paper } = this.#reader
    const one = this.#closed ? undefined : leftFor(this.#marks.left, paper.document, page)
    if (!one) return this.#place.remove()
    render(this.#banner(one), this.#place)
    const body = this.#reader.querySelector(".reader-body")
    if (!this.#place.isConnected) body?.append(this.#place)
  }

  #banner(one) {
    const { version, page, to, n } = one
    const said = tn(
      "{n} mark in version {version}, page {page}, was not found again.",
      "{n} marks in version {version}, page {page}, were not found again.",
      n,
      { version, page },
    )
    return html`
      <p role="status">${icon("notebook-pen")}<span>${said}${to ? nothing : html` ${t("This version has no such page; you find them under “My notes”.")}`}</span></p>
      ${
        to
          ? html`<button type="button" class="button compact" @click=${() => this.#compare(one)}>${t("See the changes")}</button>
        <button type="button" class="button compact" ?disabled=${this.#busy} @click=${() => this.#carry(one)}>${t("Put all on page {to}", { to })}</button>`
          : nothing
      }
      <button type="button" class="button compact icon-only" aria-label=${t("Close")} @click=${() => this.#close()}>${icon("x")}</button>`
  }

  #compare({ document, to }) {
    const { paper } = this.#reader
    compareVersions(paper, document, paper.document, to)
  }

  async #carry(one) {
    this.#busy = true
    this.#draw()
    const done = await attempt(this.#marks.carry(one))
    this.#busy = false
    if (done) {
      this.#reader.go(one.to)
      toast(t("They are on page {to} as they stood; please look whether they fit.", { to: one.to }))
    }
    this.#draw()
  }

  #close() {
    this.#closed = true
    this.#draw()
  }
}
