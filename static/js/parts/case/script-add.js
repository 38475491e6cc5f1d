/** What a step of a script is made of: numbers of the file that are typed, and nodes of a map. */

import { branchesOf, mediaStep, nameOfPage, pageStep, stepsOfCitations, stepsOfMap } from "../../case/script.js"
import { ask } from "../../lib/ask.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"

const WIDE = matchMedia("(min-width: 961px)")

export class ScriptAdd {
  #case
  #maps
  #add
  #redraw
  /** @type {any[]} */
  #media = []
  #unclear = []
  #said = ""
  #busy = false
  /** @type {any} */
  #map
  #wish = { map: "", from: "", which: "all", pages: false }

  /** `add(steps)` puts them into the script; `maps` are [{id, title}]. */
  constructor({ case: case_, maps, add, redraw }) {
    this.#case = case_
    this.#maps = maps
    this.#add = add
    this.#redraw = redraw
    if (maps.length) this.#choose(maps[0].id)
    this.#readMedia()
  }

  draw() {
    return html`
      <details class="script-add" ?open=${WIDE.matches}><summary>${t("Add steps")}</summary><div>
        <form novalidate @submit=${(event) => this.#cite(event)}>
          <label class="field"><span>${t("By number (BL)")}</span>
            <span class="bl-pad-line"><input class="input" name="bl" autocomplete="off" maxlength="500" placeholder="BL 84, 121 ↔ 133">
            <button class="button primary" type="submit" aria-busy=${this.#busy ? "true" : nothing}>${icon("plus")}${t("Add")}</button></span></label>
        </form>
        <div role="status" class="bl-answer">${this.#said ? html`<p class="warn-text">${this.#said}</p>` : nothing}${this.#unclear.map((each) => this.#choice(each))}</div>
        ${this.#media.length ? this.#fromMedia() : nothing}
        ${this.#maps.length ? this.#fromMap() : html`<p class="help">${t("The case has no mind map yet.")}</p>`}
      </div></details>`
  }

  #choice({ text, result, pages, nearest = [] }) {
    const some = result === "several" ? pages : nearest
    return html`<p class="warn-text">${result === "several" ? t("“{text}” fits several pages. Please choose one.", { text }) : t("There is no “{text}” here.", { text })} ${result === "none" && some.length ? t("Nearest:") : nothing}</p>
      <ul class="plain bl-choices">${some.slice(0, 12).map(
        (page) =>
          html`<li><button type="button" class="bl-choice" @click=${() => {
            this.#unclear = this.#unclear.filter((each) => each.text !== text)
            this.#add([pageStep(page)])
          }}><b>${nameOfPage(page)}</b><span>${page.title} · ${t("page {n} of the scan", { n: page.page })}</span></button></li>`,
      )}</ul>`
  }

  async #cite(event) {
    event.preventDefault()
    const field = event.target.elements.bl
    const typed = field.value.trim()
    if (!typed || this.#busy) return field.focus()
    this.#begin()
    const address = `/api/cases/${encodeURIComponent(this.#case)}/cite?q=${encodeURIComponent(typed)}`
    const { ok, body: answers } = await ask(address, { proof: Array.isArray })
    this.#busy = false
    if (!ok) this.#said = t("It could not be looked up. Please try again.")
    else if (!answers.length) this.#said = t("“{typed}” is no number of the file.", { typed })
    else {
      const { steps, unclear } = stepsOfCitations(answers)
      this.#unclear = unclear
      if (steps.length) this.#add(steps)
      if (!unclear.length) field.value = ""
    }
    this.#redraw()
    return field.focus()
  }

  async #readMedia() {
    const { ok, body } = await ask(`/api/cases/${this.#case}/media`)
    this.#media = ok ? body.media : []
    if (this.#media.length) this.#redraw()
  }

  #fromMedia() {
    return html`<label class="field"><span>${t("Recording or photo")}</span><select class="input" @change=${({
      target,
    }) => {
      if (target.value) this.#add([mediaStep({ media: target.value })])
      target.value = ""
    }}><option value="">${t("Choose one to add it")}</option>${this.#media.map(
      ({ id, title }) => html`<option value=${id}>${title}</option>`,
    )}</select></label>`
  }

  #begin() {
    this.#said = ""
    this.#unclear = []
    this.#busy = true
    this.#redraw()
  }

  #fromMap() {
    const wish = this.#wish
    const put = (more) => {
      Object.assign(wish, more)
      this.#redraw()
    }
    const steps = this.#map ? this.#steps() : []
    return html`<fieldset class="script-map"><legend>${t("From the map")}</legend>
      ${
        this.#maps.length > 1
          ? html`<label class="field"><span>${t("Map")}</span><select class="input" @change=${({ target }) => this.#choose(target.value)}>${this.#maps.map(
              (each) => html`<option value=${each.id} ?selected=${each.id === wish.map}>${each.title}</option>`,
            )}</select></label>`
          : nothing
      }
      <label class="field"><span>${t("Branch")}</span><select class="input" @change=${({ target }) => put({ from: target.value })}>
        <option value="">${t("All of the map")}</option>${
          this.#map
            ? branchesOf(this.#map).map(
                ({ id, text, depth }) =>
                  html`<option value=${id} ?selected=${id === wish.from}>${"\u2003".repeat(depth - 1)}${text.slice(0, 80)}</option>`,
              )
            : nothing
        }</select></label>
      <label class="check"><input type="checkbox" .checked=${wish.which === "bl"} @change=${({ target }) => put({ which: target.checked ? "bl" : "all" })}> ${t("Only nodes with a number (BL)")}</label>
      <label class="check"><input type="checkbox" .checked=${wish.pages} @change=${({ target }) => put({ pages: target.checked })}> ${t("And behind each node its pages")}</label>
      <button class="button" type="button" ?disabled=${!steps.length} @click=${() => this.#add(this.#steps())}>${icon("plus")}${tn("Add {n} step", "Add {n} steps", steps.length)}</button>
    </fieldset>`
  }

  #steps() {
    const { map, from, which, pages } = this.#wish
    return stepsOfMap(this.#map, map, { ...(from && { from }), which, pages })
  }

  async #choose(map) {
    this.#wish = { ...this.#wish, map, from: "" }
    this.#map = undefined
    const answer = await ask(`/api/cases/${this.#case}/maps/${encodeURIComponent(map)}.json?audience=room`)
    if (this.#wish.map === map && answer.ok) this.#map = answer.body
    this.#redraw()
  }
}
