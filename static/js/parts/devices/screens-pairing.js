/** Projectors and big screens: one is brought in by the six digits it shows, and let go again. */

import { api, NOTHING } from "../../lib/api.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isList, shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { serverAddress } from "./server-address.js"

export class ScreensPairing extends Part {
  watches = ["meeting"]
  #screens = undefined
  #wrong = ""
  #busy = false

  started() {
    this.#load()
  }

  draw() {
    return html`
      <p>${t("Open {address} on the computer of the projector. It shows six digits: type them in here.", { address: `${serverAddress()}/projector` })}</p>
      <form class="pairing" novalidate @submit=${(event) => this.#pair(event)}>
        <div class="field">
          <label for="pair-code">${t("The six digits")}</label>
          <input id="pair-code" name="code" class="input-code" inputmode="numeric" autocomplete="off" maxlength="7" autofocus aria-invalid=${this.#wrong ? "true" : nothing}>
        </div>
        <div class="field">
          <label for="pair-name">${t("Name of this screen")}</label>
          <input id="pair-name" name="name" maxlength="80" autocomplete="off" placeholder=${t("Hall, left wall")}>
        </div>
        <button class="button primary big" type="submit" ?disabled=${this.#busy}>${icon("link")}${t("Pair")}</button>
        ${this.#wrong ? html`<p class="error" role="alert">${icon("circle-alert")}${this.#wrong}</p>` : nothing}
      </form>
      <h3>${t("Screens of this meeting")}</h3>
      ${this.#list()}`
  }

  #list() {
    if (!this.#screens) return html`<p class="quiet-text">${t("Loading…")}</p>`
    if (!this.#screens.length) return html`<p class="quiet-text">${t("No projector yet.")}</p>`
    return html`<ul class="rows">${this.#screens.map(
      ({ id, name, paired_at: at }) => html`
      <li>${icon("projector")}<span class="grow"><b>${name || t("Screen without a name")}</b> <small class="quiet-text">${t("since {time}", { time: clock(at) })}</small></span>
        <button class="button" type="button" @click=${() => this.#free(id, name)}>${t("Let go")}</button></li>`,
    )}</ul>`
  }

  get #path() {
    return `/api/meetings/${encodeURIComponent(this.meeting.id)}/screens`
  }

  async #load() {
    try {
      this.#screens = await api("GET", this.#path, undefined, isList)
    } catch (problem) {
      this.#wrong = problem.message
    }
    this.redraw()
  }

  async #pair(event) {
    event.preventDefault()
    const { code, name } = event.target.elements
    const digits = code.value.replace(/\D/g, "")
    if (digits.length !== 6) return this.#complain(t("The code has six digits."), code)
    this.#busy = true
    this.#complain("")
    try {
      await api("POST", this.#path, { code: digits, name: name.value.trim() }, shaped({ id: "string" }))
      event.target.reset()
      toast(t("The screen now follows this meeting."))
      await this.#load()
    } catch (problem) {
      this.#complain(problem.message, code)
    } finally {
      this.#busy = false
      this.redraw()
    }
    return undefined
  }

  #complain(text, field) {
    this.#wrong = text
    // The field keeps the focus, and a part in use is not drawn again: so let go, draw, and come back.
    field?.blur()
    this.redraw()
    setTimeout(() => field?.select())
  }

  async #free(id, name) {
    if (!(await confirm({ title: t("Let this screen go?"), text: name, yes: t("Let go") }))) return
    try {
      await api("DELETE", `${this.#path}/${encodeURIComponent(id)}`, undefined, NOTHING)
      await this.#load()
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
  }
}

export function openScreens() {
  return show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Projector screens")}</h2><screens-pairing></screens-pairing></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

customElements.define("screens-pairing", ScreensPairing)
