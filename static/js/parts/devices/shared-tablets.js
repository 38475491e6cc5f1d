/** Shared tablets: one is enrolled for two or three people of the roll by the six digits it shows, and let go again. */

import { api, NOTHING } from "../../lib/api.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, finds, nameOf, officeOf } from "../../meeting/people.js"
import { isList, shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { serverAddress } from "./server-address.js"

const SHOWN = 6
const MOST = 3

export class SharedTablets extends Part {
  watches = ["roll"]
  waitsForEditing = false
  #tablets = []
  #chosen = []
  #typed = ""
  #wrong = ""
  #busy = false

  started() {
    this.#load()
  }

  draw(view) {
    const people = everybody(view).filter(({ id }) => !this.#chosen.includes(id))
    const found = people.filter(({ name, title, unit }) => finds(this.#typed.trim(), `${name} ${title} ${unit}`))
    return html`
      <p>${t("Where there are fewer tablets than people: everybody sees the page, and each of two or three people acts by tapping their name and typing their own PIN. Secret votes are not cast there.")}</p>
      <p>${t("Open {address} on the tablet. It shows six digits: type them in here.", { address: `${serverAddress()}/tablet` })}</p>
      <form class="tablet-form" novalidate @submit=${(event) => this.#enrol(event)}>
        <div class="field">
          <label for="tablet-code">${t("The six digits")}</label>
          <input id="tablet-code" name="code" class="input-code" inputmode="numeric" autocomplete="off" maxlength="7" autofocus>
        </div>
        <div class="field">
          <label for="tablet-find">${t("Two or three people")}</label>
          ${
            this.#chosen.length
              ? html`<ul class="chosen plain">${this.#chosen.map(
                  (id) => html`<li class="chip">${nameOf(view, id)}
            <button type="button" aria-label=${t("Remove: {title}", { title: nameOf(view, id) })} @click=${() => this.#choose(id)}>${icon("x", { kind: "small" })}</button></li>`,
                )}</ul>`
              : nothing
          }
          ${
            this.#chosen.length < MOST
              ? html`
            <input id="tablet-find" class="input" type="search" autocomplete="off" placeholder=${t("Find in this list")} .value=${this.#typed} @input=${({
              target,
            }) => {
              this.#typed = target.value
              this.redraw()
            }}>
            <div class="rows">${found.slice(0, SHOWN).map(
              (person) => html`
              <button type="button" class="wide-row" @click=${() => this.#choose(person.id)}>${icon("plus")}<span class="grow"><b>${person.name}</b><span class="help block">${officeOf(person)}</span></span></button>`,
            )}</div>`
              : nothing
          }
        </div>
        ${this.#wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${this.#wrong}</span></p>` : nothing}
        <button class="button primary big" type="submit" ?disabled=${this.#chosen.length < 2} aria-busy=${this.#busy}>${icon("link")}${t("Enrol this tablet")}</button>
      </form>
      <h3>${t("Shared tablets of this meeting")}</h3>
      ${
        this.#tablets.length
          ? html`<ul class="rows">${this.#tablets.map(
              ({ id, people }) => html`
        <li>${icon("tablet-smartphone")}<span class="grow">${people.map((person) => nameOf(view, person)).join("; ")}</span>
          <button class="button" type="button" @click=${() => this.#free(id)}>${t("Let go")}</button></li>`,
            )}</ul>`
          : html`<p class="quiet-text">${t("No shared tablet yet.")}</p>`
      }`
  }

  get #path() {
    return `/api/meetings/${encodeURIComponent(this.meeting.id)}/tablets`
  }

  async #load() {
    this.#tablets = await api("GET", this.#path, undefined, isList).catch(() => this.#tablets)
    this.redraw()
  }

  #choose(id) {
    this.#chosen = this.#chosen.includes(id) ? this.#chosen.filter((other) => other !== id) : [...this.#chosen, id]
    this.#typed = ""
    this.redraw()
  }

  async #enrol(event) {
    event.preventDefault()
    const { code } = event.target.elements
    const digits = code.value.replace(/\D/g, "")
    this.#wrong = digits.length === 6 ? "" : t("The code has six digits.")
    if (this.#wrong || this.#busy) return this.redraw()
    this.#busy = true
    this.redraw()
    try {
      await api("POST", this.#path, { code: digits, people: this.#chosen }, shaped({ id: "string" }))
      this.#chosen = []
      code.value = ""
      toast(t("The tablet is ready for these people."))
      await this.#load()
    } catch (problem) {
      this.#wrong = problem.message
    }
    this.#busy = false
    return this.redraw()
  }

  async #free(id) {
    if (
      !(await confirm({
        title: t("Let this tablet go?"),
        text: t("It shows a code again; nobody can act there any more."),
        yes: t("Let go"),
      }))
    )
      return
    try {
      await api("DELETE", `${this.#path}/${encodeURIComponent(id)}`, undefined, NOTHING)
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.#load()
  }
}

export function openTablets() {
  return show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Shared tablets")}</h2><shared-tablets></shared-tablets></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

customElements.define("shared-tablets", SharedTablets)
