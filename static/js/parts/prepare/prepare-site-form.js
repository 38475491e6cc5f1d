/** The form of a site, new or old. Drawn once, so that nothing typed is lost; only what was changed is sent. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { changesOf, overtaken } from "../../lib/draft.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { complain } from "./prepare-command.js"

/** Properties: `meeting`, `site` (its id; none for a new one), `latest` (as the meeting has it), `suggest`. Event `done`. */
export class PrepareSiteForm extends HTMLElement {
  #started
  #latest
  /** @type {Meeting} */
  meeting
  /** The id of the site that is edited; none: a new one, perhaps with what is suggested. */
  site = undefined
  suggest = undefined
  #wrong = {}
  #busy = false

  set latest(site) {
    this.#latest = plain(site)
    this.#started ??= this.#latest
    if (this.isConnected) this.#draw()
  }

  connectedCallback() {
    this.#started ??= plain(this.suggest || {})
    this.#draw()
    this.querySelector("[name=name]").focus()
  }

  #draw() {
    const id = this.site || "new"
    const site = this.#started
    const theirs = this.site && this.querySelector("form") ? overtaken(site, this.#latest, this.#typed()) : []
    const field = (name, label, more = {}) => html`
      <div class="field ${name}-field"><label for="${id}-${name}">${label}${more.optional ? html` <span class="optional">${t("optional")}</span>` : nothing}</label>
        <input id="${id}-${name}" name=${name} maxlength=${more.limit || 300} autocomplete="off" .value=${site[name]} aria-invalid=${this.#wrong[name] ? "true" : nothing}>
        ${this.#wrong[name] ? html`<span class="error">${icon("circle-alert")}${this.#wrong[name]}</span>` : nothing}</div>`
    render(
      html`
      <form class="item-form" novalidate @submit=${this.#save} @keydown=${(event) => {
        if (event.key === "Escape") this.#done()
      }}>
        ${theirs.length ? html`<p class="notice warn">${icon("users")}<span>${t("Somebody else has changed this site meanwhile: {words}. Saving keeps what you typed.", { words: theirs.map((name) => this.#latest[name]).join(" · ") })}</span></p>` : nothing}
        <div class="fields site-fields">
          ${field("short", t("Short name"), { limit: 12 })}
          ${field("name", t("Name of the site"))}
          ${field("contact", t("Contact"), { optional: true })}
        </div>
        <label class="check"><input type="checkbox" name="main" ?checked=${site.main}><span>${t("Main site: where the chair sits")}</span></label>
        <div class="buttons">
          <button class="button primary" type="submit" aria-busy=${this.#busy ? "true" : nothing}>${this.site ? t("Save site") : t("Add site")}</button>
          <button class="button quiet" type="button" @click=${() => this.#done()}>${t("Cancel")}</button>
        </div>
      </form>`,
      this,
    )
  }

  #save = async (event) => {
    event.preventDefault()
    if (this.#busy) return
    const typed = this.#typed()
    this.#wrong = {}
    if (!typed.short) this.#wrong.short = t("A few letters for the chair’s screen, such as S01.")
    if (!typed.name) this.#wrong.name = t("Write the name of the site.")
    if (Object.keys(this.#wrong).length) {
      this.#draw()
      return this.querySelector("[aria-invalid]").focus()
    }
    const changes = this.site ? changesOf(this.#started, typed) : typed
    if (!Object.keys(changes).length) return this.#done()
    this.#busy = true
    this.#draw()
    try {
      await (this.site
        ? this.meeting.send("edit_site", { site: this.site, ...changes })
        : this.meeting.send("add_site", changes))
      this.#done()
    } catch (problem) {
      complain(problem)
    }
    this.#busy = false
    this.#draw()
  }

  #typed() {
    const { name, short, contact, main } = /** @type {any} */ (this.querySelector("form").elements)
    return { name: name.value.trim(), short: short.value.trim(), contact: contact.value.trim(), main: main.checked }
  }

  #done() {
    this.dispatchEvent(new CustomEvent("done"))
  }
}

function plain({ name = "", short = "", contact = "", main = false }) {
  return { name, short, contact, main: Boolean(main) }
}

customElements.define("prepare-site-form", PrepareSiteForm)
