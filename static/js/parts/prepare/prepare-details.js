/** Title, kind, times, place and motto of the meeting. A form of its own: what others change is told, never typed over. */

import { changesOf, overtaken, same } from "../../lib/draft.js"
import { fit, growing } from "../../lib/growing-field.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { KIND_CODES, kindWord } from "../../meeting/meeting-words.js"
import { dayInput } from "../../lib/day-input.js"
import { dayField, dayFields, dayOf, hourField, moment } from "../../lib/day-field.js"
import { spokenTimes } from "../../lib/spoken-times.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { isSecret, mayPrepare } from "./prepare-right.js"
import { complain } from "./prepare-command.js"

const FIELDS = ["title", "kind", "day", "starts", "last_day", "ends", "place", "motto"]

export class PrepareDetails extends Part {
  watches = ["meeting", "roll"]
  waitsForEditing = false
  /** What the fields were filled with, and what the typed text is compared with. */
  #filled
  #started
  #wrong = {}
  #busy = false
  #spoken = ""

  started() {
    growing(this, this.signal)
    dayFields(this, this.signal)
    // A field that is not seen has no height to be fitted to.
    this.listensTo(window, "hashchange")
    this.listensTo(window, "beforeunload", (event) => {
      if (this.#touched) event.preventDefault()
    })
  }

  draw(view, meeting) {
    const latest = fieldsOf(view.meeting)
    if (!mayPrepare(view, meeting)) return reading(latest)
    // Nothing typed here: the form simply shows what the meeting has now.
    if (!this.#started || !this.#touched) this.#begin(latest)
    const others = overtaken(this.#started, latest, this.#typed())
    requestAnimationFrame(() => this.querySelectorAll("textarea").forEach(fit))
    return html`
      <form class="card form wide details-form" novalidate @submit=${this.#save} @input=${this.#changed} @change=${this.#changed}>
        ${others.length ? this.#othersNotice(others, latest) : nothing}
        <fieldset class="details-fields">
          ${isSecret(view) ? nothing : this.#area("title", t("Title of the meeting"))}
          <div class="field"><label for="d-kind">${t("Kind of meeting")}</label>
            <select id="d-kind" name="kind">${KIND_CODES.map((kind) => html`<option value=${kind} .selected=${kind === this.#filled.kind}>${kindWord(kind)}</option>`)}</select></div>
          <div class="fields times">
            ${this.#day("day", t("Day"))}
            ${this.#hour("starts", t("From"))}
            ${this.#hour("ends", t("To"))}
            ${this.#day("last_day", t("Last day"), t("if it lasts several days"))}
          </div>
          ${this.#spoken ? html`<p class="help spoken">${this.#spoken}</p>` : nothing}
          ${this.#input("place", t("Place"))}
          ${isSecret(view) ? nothing : this.#input("motto", t("Motto on the big screen"), { note: t("optional") })}
        </fieldset>
        <div class="buttons">
          <button class="button primary" type="submit" ?disabled=${!this.#touched} aria-busy=${this.#busy ? "true" : nothing}>${t("Save details")}</button>
          ${
            this.#touched
              ? html`<button class="button quiet" type="button" @click=${() => this.#take(latest)}>${t("Undo changes")}</button>`
              : html`<span class="help saved">${icon("check")}${t("Everything is saved")}</span>`
          }
        </div>
      </form>`
  }

  #day(name, label, help) {
    return html`
      <div class="field"><label for="d-${name}">${label}</label>
        ${dayInput({ id: `d-${name}`, name, value: this.#filled[name], wrong: Boolean(this.#wrong[name]) })}
        ${help ? html`<span class="help">${help}</span>` : nothing}${this.#error(name)}</div>`
  }

  #hour(name, label) {
    return html`
      <div class="field"><label for="d-${name}">${label}</label>
        <input id="d-${name}" name=${name} data-hour maxlength="10" autocomplete="off" placeholder="08:00" .value=${this.#filled[name]} aria-invalid=${this.#wrong[name] ? "true" : nothing}>
        ${this.#error(name)}</div>`
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {{ note?: string }} how
   */
  #input(name, label, { note } = {}) {
    return html`
      <div class="field"><label for="d-${name}">${label}${note ? html` <span class="optional">${note}</span>` : nothing}</label>
        <input id="d-${name}" name=${name} maxlength="500" autocomplete="off" .value=${this.#filled[name]} aria-invalid=${this.#wrong[name] ? "true" : nothing}>
        ${this.#error(name)}</div>`
  }

  #area(name, label) {
    return html`
      <div class="field"><label for="d-${name}">${label}</label>
        <textarea id="d-${name}" name=${name} rows="1" maxlength="500" data-one-line .value=${this.#filled[name]} aria-invalid=${this.#wrong[name] ? "true" : nothing}></textarea>
        ${this.#error(name)}</div>`
  }

  #othersNotice(fields, latest) {
    return html`
      <div class="notice warn">${icon("users")}<div class="grow"><b>${t("Somebody else has changed the details meanwhile:")}</b> ${fields.map((field) => said(field, latest)).join(" · ")}
        <div class="buttons">
          <button class="button" type="button" @click=${() => this.#take(latest)}>${t("Take their version")}</button>
          <button class="button quiet" type="button" @click=${() => {
            this.#started = latest
            this.redraw()
          }}>${t("Keep mine")}</button>
        </div></div></div>`
  }

  get #form() {
    return this.querySelector("form")
  }

  get #touched() {
    return Boolean(this.#form) && !same(this.#typed(), this.#started)
  }

  #typed() {
    if (!this.#form) return this.#started
    const { elements } = this.#form
    return Object.fromEntries(
      FIELDS.map((field) => [field, elements[field] ? elements[field].value.trim() : this.#started[field]]),
    )
  }

  #changed = () => {
    this.#spoken = spoken(this.#typed())
    this.redraw()
  }

  #begin(latest) {
    this.#filled = this.#started = latest
    this.#spoken = spoken(latest)
    this.#fill(latest)
  }

  #take(latest) {
    this.#wrong = {}
    this.#begin(latest)
    this.redraw()
  }

  #fill(values) {
    if (!this.#form) return
    const { elements } = this.#form
    for (const field of FIELDS)
      if (elements[field] && elements[field].value !== values[field]) elements[field].value = values[field]
  }

  #save = async (event) => {
    event.preventDefault()
    if (this.#busy || !this.#touched) return
    const typed = this.#typed()
    this.#wrong = check(typed, isSecret(this.meeting.view))
    if (Object.keys(this.#wrong).length) {
      this.redraw()
      return setTimeout(() => this.querySelector("[aria-invalid]")?.focus())
    }
    this.#busy = true
    this.redraw()
    try {
      await this.meeting.send("edit_meeting", changesOf(timed(this.#started), timed(typed)))
      this.#started = typed
      toast(t("Details saved"))
    } catch (problem) {
      complain(problem)
    }
    this.#busy = false
    this.redraw()
  }

  #error(field) {
    return this.#wrong[field] ? html`<span class="error">${icon("circle-alert")}${this.#wrong[field]}</span>` : nothing
  }
}

/** The same for those who only read. */
function reading(latest) {
  const lines = [
    [t("Title of the meeting"), latest.title],
    [t("Kind of meeting"), kindWord(latest.kind)],
    [t("Time"), spoken(latest)],
    [t("Place"), latest.place],
    [t("Motto on the big screen"), latest.motto],
  ]
  return html`<dl class="card status-lines">${lines.filter(([, text]) => text).map(([word, text]) => html`<div><dt>${word}</dt><dd>${text}</dd></div>`)}</dl>`
}

const spoken = ({ day, starts, last_day: last, ends }) => spokenTimes(day, starts, last || day, ends)

function fieldsOf({ title = "", kind = "meeting", starts_at, ends_at, place = "", motto = "" }) {
  const [day, last] = [dayField(starts_at), dayField(ends_at)]
  return {
    title,
    kind,
    day,
    starts: hourField(starts_at),
    last_day: last === day ? "" : last,
    ends: hourField(ends_at),
    place,
    motto,
  }
}

/** The fields as the command has them: two moments instead of four fields. */
function timed({ title, kind, day, starts, last_day: last, ends, place, motto }) {
  return { title, kind, starts_at: moment(day, starts), ends_at: moment(last || day, ends), place, motto }
}

function check(typed, secret) {
  const { starts_at: from, ends_at: to } = timed(typed)
  const wrong = {}
  if (!secret && !typed.title) wrong.title = t("Give the meeting a title.")
  if (!dayOf(typed.day)) wrong.day = t("Choose the day.")
  else if (typed.last_day && !dayOf(typed.last_day)) wrong.last_day = t("Choose the day.")
  else if (!(from > 0)) wrong.starts = t("Choose the hour at which it begins.")
  else if (!(to > 0)) wrong.ends = t("Choose the hour at which it ends.")
  else if (to <= from) wrong.ends = t("The meeting must end after it begins.")
  return wrong
}

function said(field, latest) {
  return field === "kind" ? kindWord(latest.kind) : latest[field] || t("(empty)")
}

customElements.define("prepare-details", PrepareDetails)
