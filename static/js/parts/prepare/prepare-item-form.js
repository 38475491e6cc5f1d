/** The form of an agenda item, new or old. It is drawn once: what others change meanwhile is told, never typed over. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { confirm } from "../../lib/dialog.js"
import { changesOf, overtaken, same } from "../../lib/draft.js"
import { fit, growing } from "../../lib/growing-field.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { t } from "../../lib/t.js"
import "./prepare-presenters.js"
import { complain } from "./prepare-command.js"

const NEW = { title: "", minutes: 0, presenters: [] }

/** Properties: `meeting`, `view`, `item` (its id; none for a new one), `latest` (as the meeting has it), `gone`. Event `done`. */
export class PrepareItemForm extends HTMLElement {
  /** @type {Meeting} */
  meeting
  /** The id of the item that is edited; none: a new one. */
  item = undefined
  /** What the fields were filled with, what the typed text is compared with, and what the meeting has now. */
  #filled
  #started
  #latest
  #view
  #wrong = {}
  #busy = false

  set view(view) {
    this.#view = view
    if (this.isConnected) this.#draw()
  }

  set latest(latest) {
    this.#latest = plain(latest || NEW)
    this.#filled ??= this.#started ??= this.#latest
    if (this.isConnected) this.#draw()
  }

  set gone(gone) {
    this.#gone = gone
    if (this.isConnected) this.#draw()
  }
  #gone = false

  connectedCallback() {
    this.#filled ??= this.#started ??= plain(NEW)
    this.#latest ??= this.#started
    this.#draw()
    if (this.#listening) return
    this.#listening = true
    growing(this)
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#cancel()
    })
    this.#field("title").focus({ preventScroll: true })
    // After the page has put the form in its place.
    requestAnimationFrame(() => {
      fit(this.#field("title"))
      this.scrollIntoView({ block: "nearest" })
    })
  }
  #listening = false

  #draw() {
    const [started, filled] = [this.#started, this.#filled]
    const others = this.item && !this.#gone ? overtaken(started, this.#latest, this.#typed(started)) : []
    render(
      html`
      <form class="item-form" novalidate @submit=${this.#save}>
        ${this.#gone ? html`<p class="notice warn">${icon("triangle-alert")}<span class="grow">${t("Somebody else has removed this item meanwhile. Saving adds it again.")}</span></p>` : nothing}
        ${others.length ? this.#overtaken(others) : nothing}
        <div class="field">
          <label for=${this.#id("title")}>${t("Item")}</label>
          <textarea id=${this.#id("title")} name="title" rows="1" maxlength="500" data-one-line .value=${filled.title}
            aria-invalid=${this.#wrong.title ? "true" : nothing} aria-describedby=${this.#wrong.title ? this.#id("title-error") : nothing}></textarea>
          ${this.#error("title")}
        </div>
        <div class="fields">
          <div class="field presenters-field">
            <label for=${this.#id("presenters")}>${t("Presented by")} <span class="optional">${t("optional")}</span></label>
            <prepare-presenters .inputId=${this.#id("presenters")} .view=${this.#view} .start=${filled.presenters}></prepare-presenters>
            ${this.#error("presenters")}
          </div>
          <div class="field minutes-field">
            <label for=${this.#id("minutes")}>${t("Minutes planned")}</label>
            <input id=${this.#id("minutes")} name="minutes" inputmode="numeric" autocomplete="off" maxlength="4" .value=${filled.minutes ? String(filled.minutes) : ""}
              aria-invalid=${this.#wrong.minutes ? "true" : nothing} aria-describedby=${this.#wrong.minutes ? this.#id("minutes-error") : nothing}>
            ${this.#error("minutes")}
          </div>
        </div>
        <div class="buttons">
          <button class="button primary" type="submit" aria-busy=${this.#busy ? "true" : nothing}>${this.item && !this.#gone ? t("Save item") : t("Add item")}</button>
          <button class="button quiet" type="button" @click=${() => this.#cancel()}>${t("Cancel")}</button>
        </div>
      </form>`,
      this,
    )
  }

  #overtaken(fields) {
    const words = {
      title: this.#latest.title,
      minutes: spokenLength(this.#latest.minutes),
      presenters: this.#latest.presenters.map((who) => nameOf(this.#view, who)).join("; ") || t("no presenter yet"),
    }
    return html`
      <div class="notice warn">${icon("users")}
        <div class="grow"><b>${t("Somebody else has changed this item meanwhile:")}</b> ${fields.map((field) => words[field]).join(" · ")}
          <div class="buttons">
            <button class="button" type="button" @click=${() => this.#take(this.#latest)}>${t("Take their version")}</button>
            <button class="button quiet" type="button" @click=${() => this.#keep()}>${t("Keep mine")}</button>
          </div>
        </div>
      </div>`
  }

  /** Theirs: the fields start anew from what the meeting has. */
  #take(latest) {
    this.#filled = this.#started = latest
    this.#field("title").value = latest.title
    this.#field("minutes").value = latest.minutes ? String(latest.minutes) : ""
    this.querySelector("prepare-presenters").value = latest.presenters
    this.#draw()
    fit(this.#field("title"))
  }

  /** Mine: what they changed is now what mine is compared with, so that saving puts mine in its place. */
  #keep() {
    this.#started = this.#latest
    this.#draw()
  }

  #save = async (event) => {
    event.preventDefault()
    if (this.#busy) return
    const typed = this.#typed()
    this.#wrong = this.#check(typed)
    if (Object.keys(this.#wrong).length) return this.#refuse()
    const adding = !this.item || this.#gone
    const changes = adding ? typed : changesOf(this.#started, typed)
    if (!adding && !Object.keys(changes).length) return this.#done()
    this.#busy = true
    this.#draw()
    try {
      if (adding) await this.meeting.send("add_item", changes)
      else await this.meeting.send("edit_item", { item: this.item, ...changes })
      this.#busy = false
      if (!this.item) this.#another()
      this.#done({ again: !this.item })
    } catch (problem) {
      this.#busy = false
      complain(problem)
      this.#wrong = problem.fields?.fields || {}
      this.#draw()
    }
  }

  /** A new item was added: the form is empty again for the next one. */
  #another() {
    this.#started = plain(NEW)
    this.#take(this.#started)
    this.#field("title").focus()
  }

  async #cancel() {
    if (!same(this.#typed(), this.#started)) {
      const sure = await confirm({
        title: t("Leave without saving?"),
        text: t("What you typed in this item will be lost."),
        yes: t("Leave"),
        no: t("Go on editing"),
        danger: true,
      })
      if (!sure) return
    }
    this.#done()
  }

  #typed(otherwise) {
    if (!this.#field("title")) return otherwise
    const minutes = this.#field("minutes").value.trim()
    return {
      title: this.#field("title").value.trim(),
      minutes: minutes === "" ? 0 : /^\d+$/.test(minutes) ? Number(minutes) : NaN,
      presenters: this.querySelector("prepare-presenters").value,
    }
  }

  #check({ title, minutes }) {
    const wrong = {}
    if (!title) wrong.title = t("Write what this item is about.")
    if (!(minutes >= 0 && minutes <= 1440)) wrong.minutes = t("A number of minutes, up to 1,440.")
    return wrong
  }

  #refuse() {
    this.#draw()
    this.querySelector("[aria-invalid]")?.focus()
  }

  #error(field) {
    return this.#wrong[field]
      ? html`<span class="error" id=${this.#id(`${field}-error`)}>${icon("circle-alert")}${this.#wrong[field]}</span>`
      : nothing
  }

  /** @returns {HTMLInputElement | HTMLTextAreaElement} */
  #field(name) {
    return this.querySelector(`[name=${name}]`)
  }

  #id(name) {
    return `${this.item || "new"}-${name}`
  }

  #done(detail = {}) {
    this.dispatchEvent(new CustomEvent("done", { detail }))
  }
}

function plain({ title = "", minutes = 0, presenters = [] }) {
  return { title, minutes, presenters }
}

customElements.define("prepare-item-form", PrepareItemForm)
