/**
 * The search box for numbers of a case file. One page opens; several are a list with volume, title and thumbnail, and
 * nothing opens before one is chosen; none says so and offers the nearest.
 * `<bl-search case="…"></bl-search>`
 */

import { ask, unanswered } from "../../lib/ask.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isList } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { addressOf, blChips } from "./bl-chip.js"

export class BlSearch extends HTMLElement {
  /** @type {any[] | undefined} */
  #answers
  #typed = ""
  #problem = ""
  #asked = 0

  connectedCallback() {
    this.#draw()
  }

  get case_() {
    return this.getAttribute("case")
  }

  #draw() {
    render(
      html`<form class="bl-search-form" role="search" @submit=${(event) => this.#submit(event)}>
        <label class="visually-hidden" for="bl-q">${t("Number in the file (BL)")}</label>
        <input class="input" id="bl-q" name="q" type="search" autocomplete="off" enterkeyhint="go" maxlength="300" placeholder="BL 125" .value=${this.#typed}>
        <button class="button primary" type="submit">${icon("search")}<span>${t("Open the page")}</span></button>
      </form>
      <div class="bl-found" role="status">${this.#found()}</div>`,
      this,
    )
  }

  #found() {
    if (this.#problem) return html`<p class="notice bad">${this.#problem}</p>`
    if (!this.#answers) return nothing
    if (!this.#answers.length)
      return html`<p class="notice warn">${t("“{typed}” is no number of the file.", { typed: this.#typed })}</p>`
    return this.#answers.map((each) => this.#one(each))
  }

  #one(answer) {
    const { result, text, nearest, reversed, guessed, missing } = answer
    if (reversed.length)
      return html`<p class="notice warn">${t("“{text}” is the wrong way round.", { text })}
      <button type="button" class="button quiet" @click=${() => this.find(`BL ${reversed[0]}`)}>BL ${reversed[0]}</button></p>`
    if (result === "none")
      return html`<p class="notice warn">${t("“{text}” is not in the file.", { text })}
      ${nearest.length ? t("Nearest:") : nothing}</p>${this.#list(nearest)}`
    if (result === "several")
      return html`<p class="notice warn">${t("“{text}” fits several pages. Please choose one.", { text })}</p>
      ${this.#list(answer.pages)}`
    return html`<p class="bl-cited">${blChips(answer, { case_: this.case_ })}
      ${guessed.length ? html`<span class="help">${t("read as {text}", { text: guessed.join(", ") })}</span>` : nothing}
      ${missing.length ? html`<span class="badge bad">${t("not in the file: {text}", { text: missing.join(", ") })}</span>` : nothing}</p>`
  }

  #list(pages) {
    return html`<ul class="rows plain">${pages.map(
      (page) => html`<li class="bl-row"><a class="bl-row" href=${addressOf(this.case_, page)}>
        <img src="/documents/${page.document}/pages/${page.page}.webp?w=480" alt="" width="60" height="84" loading="lazy" decoding="async">
        <span class="grow"><b>BL ${page.label}</b><span class="help block">${page.volume ? `${t("Volume {n}", { n: page.volume })} · ` : ""}${page.title} · ${t("page {n} of the scan", { n: page.page })}</span></span>
        ${icon("chevron-right")}</a></li>`,
    )}</ul>`
  }

  #submit(event) {
    event.preventDefault()
    this.find(event.target.elements.q.value)
  }

  /** What the box does with these words. @param {string} typed */
  async find(typed) {
    this.#typed = typed.trim()
    this.#problem = ""
    this.#answers = undefined
    if (!this.#typed) return this.#draw()
    const asked = ++this.#asked
    const answer = await ask(`/api/cases/${this.case_}/cite?q=${encodeURIComponent(this.#typed)}`, { proof: isList })
    if (asked !== this.#asked) return
    if (!answer.ok) this.#problem = answer.status ? answer.body.error.message : unanswered(answer)
    else this.#answers = answer.body
    const [first] = this.#answers ?? []
    if (this.#answers?.length === 1 && first.result === "one" && !first.missing.length && !first.guessed.length)
      location.assign(
        addressOf(this.case_, first.pages[0], first.pages.length > 1 ? `?cite=${encodeURIComponent(first.text)}` : ""),
      )
    else this.#draw()
  }
}

customElements.define("bl-search", BlSearch)
