/** Typing a number of the file (bút lục): one page opens it, several ask, none says so. Nothing moves before that. */

import { ask } from "../../lib/ask.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { nameOfPage } from "./case-page.js"

/**
 * What was typed and what it means: `open(pages)` is called for one meaning, or once somebody has chosen.
 * Draws itself through `redraw()`.
 */
export class BlPad {
  #redraw
  #open
  #case = ""
  #answers = []
  #state = ""
  #typed = ""

  constructor(redraw, open) {
    this.#redraw = redraw
    this.#open = open
  }

  draw(case_, holding) {
    this.#case = case_
    return html`
      <form class="bl-pad" novalidate @submit=${(event) => this.#submit(event)}>
        <label class="field"><span>${t("Number in the file (BL)")}</span>
          <span class="bl-pad-line"><input class="input" name="bl" autocomplete="off" inputmode="text" placeholder="BL 84" maxlength="200">
          <button class="button primary" type="submit">${icon(holding ? "presentation" : "search")}${holding ? t("Show") : t("Look it up")}</button></span></label>
      </form>
      <div class="bl-answer" role="status">${this.#answer()}</div>`
  }

  #answer() {
    if (this.#state === "waiting") return html`<p class="quiet-text">${t("Looking it up …")}</p>`
    if (this.#state === "failed")
      return html`<p class="bad-text">${t("It could not be looked up. Please try again.")}</p>`
    if (this.#state === "unread")
      return html`<p class="warn-text">${t("“{typed}” is no number of the file.", { typed: this.#typed })}</p>`
    return this.#answers.filter(({ result }) => result !== "one").map((each) => this.#unclear(each))
  }

  #unclear({ result, text, pages, nearest = [] }) {
    if (result === "several")
      return html`<p class="warn-text">${t("“{text}” fits several pages. Nothing is shown until one is chosen.", { text })}</p>
        ${this.#choices(pages)}`
    return html`<p class="warn-text">${t("There is no “{text}” here.", { text })} ${nearest.length ? t("Nearest:") : nothing}</p>${this.#choices(nearest)}`
  }

  #choices(pages) {
    return html`<ul class="plain bl-choices">${pages.map(
      (page) => html`<li><button type="button" class="bl-choice" @click=${() => this.#choose(page)}>
        <b>${nameOfPage(page)}</b><span>${page.title} · ${t("page {n} of the scan", { n: page.page })}</span></button></li>`,
    )}</ul>`
  }

  #choose(page) {
    this.#answers = []
    this.#state = ""
    this.#open([page], false)
    this.#redraw()
  }

  async #submit(event) {
    event.preventDefault()
    const field = event.target.elements.bl
    const typed = field.value.trim()
    if (!typed) return field.focus()
    this.#typed = typed
    this.#state = "waiting"
    this.#answers = []
    field.blur()
    this.#redraw()
    const found = await cite(this.#case, typed)
    this.#state = found ? (found.length ? "" : "unread") : "failed"
    this.#answers = found ?? []
    const [first] = this.#answers
    if (first?.result === "one") {
      field.value = ""
      this.#open(first.pages, Boolean(first.against))
    }
    return this.#redraw()
  }
}

async function cite(case_, typed) {
  const address = `/api/cases/${encodeURIComponent(case_)}/cite?q=${encodeURIComponent(typed)}`
  const { ok, status, body } = await ask(address, { proof: Array.isArray })
  // Who is not on the list and sees nothing of the case learns no more of a number than that.
  return ok ? body : status === 404 ? [] : undefined
}
