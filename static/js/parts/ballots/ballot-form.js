/** <ballot-form>: in a dialog: a ballot is written. What is typed stays on this device until the server has it. */

import { local } from "../../lib/storage.js"
import { attempt } from "../../lib/attempt.js"
import { argsOf, editsOf, fieldsOf, LIMITS, listed, ofPreset, wrong } from "./ballot-draft.js"
import { ANSWERS, BASES, explained, PRESETS, THRESHOLDS, TIES } from "./ballot-rules.js"
import { optionWord } from "./ballot-words.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody } from "../../meeting/people.js"
import { isVoter, presides } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { voterPicker } from "./voter-picker.js"

const LONGEST_WAIT = 4000

export class BallotForm extends Part {
  watches = ["roll", "agenda"]
  // What is typed is ours; the fields are drawn from it.
  waitsForEditing = false
  /** The draft that is edited (id), or a ballot whose fields a new one begins with; both may be missing. */
  ballot = undefined
  from = undefined
  /** @type {(answer?: any) => void} */
  close = () => {}

  #fields
  #started
  #wrong
  #busy = false
  #before = undefined

  draw(view, meeting) {
    const people = everybody(view).filter(isVoter)
    if (!this.#fields)
      this.#begin(
        view,
        people.map(({ id }) => id),
      )
    const f = this.#fields
    const set = (fields) => this.#set(fields)
    const opens = presides(meeting.me) && view.meeting.status === "live" && !view.ballots?.open
    return html`
      <form novalidate @submit=${(event) => {
        event.preventDefault()
        this.#save(event.submitter?.value === "open")
      }}>
        <div class="dialog-body">
          <h2>${this.ballot ? t("Edit the ballot") : t("Prepare a ballot")}</h2>
          <div class="field"><label for="b-question">${t("What is put to the vote")}</label>
            <textarea id="b-question" rows="2" maxlength="2000" .value=${f.question} @input=${({ target }) => set({ question: target.value })}></textarea>
            ${this.#error("question", t("Write what is put to the vote."))}</div>
          <div class="field"><label for="b-preset">${t("Kind")}</label>
            <select id="b-preset" @change=${({ target }) => set(ofPreset(target.value))}>${Object.keys(PRESETS).map(
              (id) => html`
              <option value=${id} .selected=${id === f.preset}>${t(PRESETS[id].word)}</option>`,
            )}</select>
            <ul class="desk-rule">${explained({ ...f, opinion: PRESETS[f.preset].opinion }, f.secret).map((line) => html`<li>${line}</li>`)}</ul></div>
          <fieldset class="field"><legend>${t("Manner of voting")}</legend>
            <div class="switch wrap" role="group">
              <button type="button" aria-pressed=${!f.secret} @click=${() => set({ secret: false })}>${icon("vote")}${t("Open")}</button>
              <button type="button" aria-pressed=${f.secret} @click=${() => set({ secret: true })}>${icon("lock")}${t("Secret")}</button></div>
            <p class="help">${f.secret ? t("Nobody learns who chose what, not even the program. Everybody gets a receipt.") : t("Who voted how is shown with the result and stands in the minutes.")}</p></fieldset>
          ${this.#answers(f, set)}
          ${voterPicker(f, people, set)}
          ${this.#more(f, set, view)}
        </div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => this.#giveUp()}>${t("Cancel")}</button>
          <button class="button ${opens ? "" : "primary"}" type="submit" value="save" aria-busy=${this.#busy}>${t("Save as a draft")}</button>
          ${opens ? html`<button class="button primary" type="submit" value="open" aria-busy=${this.#busy}>${t("Go on to the opening")}${icon("chevron-right")}</button>` : nothing}
        </div>
      </form>`
  }

  #begin(view, everyVoter) {
    const kept = this.#kept()
    this.#started = kept?.started ?? fieldsOf(this.from ?? view.ballots?.items[this.ballot], everyVoter, view.agenda)
    this.#fields = kept?.fields ?? this.#started
  }

  #answers(f, set) {
    if (f.answers !== "list") {
      return html`<fieldset class="field"><legend>${t("Answers")}</legend><div class="choices">${ANSWERS.map(
        (keys, i) => html`
        <label class="check"><input type="radio" name="answers" .checked=${f.answers === i} @change=${() => set({ answers: i })}>
          <span>${keys.map((key) => optionWord({ key })).join(" · ")}</span></label>`,
      )}</div></fieldset>`
    }
    const n = listed(f).length
    return html`
      <div class="field"><label for="b-list">${t("The list, one line for each")}</label>
        <textarea id="b-list" rows="4" .value=${f.list} @input=${({ target }) => set({ list: target.value })}></textarea>
        ${this.#error("list", t("At least two different lines."))}</div>
      <div class="field choose-field"><label for="b-choose">${t("How many may be chosen")}</label>
        <span><input id="b-choose" type="number" inputmode="numeric" min="1" max=${Math.max(1, n - 1)} .value=${String(f.choose)} @input=${({ target }) => set({ choose: Math.floor(Number(target.value)) })}>
          ${t("of {n}", { n })}</span>
        ${this.#error("choose", t("Fewer than the list has, and at least one."))}</div>`
  }

  #more(f, set, { agenda }) {
    const rule = PRESETS[f.preset]
    const pick = (name, label, words) => html`<div class="field"><label for="b-${name}">${label}</label>
      <select id="b-${name}" @change=${({ target }) => set({ [name]: target.value })}>${Object.keys(words).map((code) => html`<option value=${code} .selected=${f[name] === code}>${t(words[code])}</option>`)}</select></div>`
    return html`
      <div class="fields">
        <div class="field"><label for="b-item">${t("Item of the agenda")}</label>
          <select id="b-item" @change=${({ target }) => set({ item: target.value })}>
            <option value="" .selected=${!f.item}>${t("The whole meeting")}</option>
            ${agenda.order.map((id, i) => html`<option value=${id} .selected=${id === f.item}>${i + 1}. ${agenda.items[id].title}</option>`)}</select></div>
        <div class="field"><label for="b-seconds">${t("Time for voting")}</label>
          <select id="b-seconds" @change=${({ target }) => set({ seconds: Number(target.value) })}>${(
            LIMITS.includes(f.seconds) ? LIMITS : [...LIMITS, f.seconds]
          ).map(
            (seconds) => html`
            <option value=${seconds} .selected=${seconds === f.seconds}>${seconds ? t("{n} min", { n: seconds / 60 }) : t("Until the chair closes it")}</option>`,
          )}</select></div>
      </div>
      ${
        f.secret
          ? nothing
          : html`<label class="check"><input type="checkbox" .checked=${f.live} @change=${({ target }) => set({ live: target.checked })}>
        <span>${t("Show the count while people vote")}</span></label>`
      }
      ${
        rule.opinion || f.answers === "list"
          ? nothing
          : html`<details class="desk-fold desk-own"><summary>${t("Another rule than usual")}</summary>
        <div class="fields">${pick("base", t("Counted of"), BASES)}${pick("threshold", t("Needed"), THRESHOLDS)}${pick("tie", t("In a tie"), TIES)}</div>
        ${
          f.tie === "chair" && f.threshold === "gt_half"
            ? html`<label class="check"><input type="checkbox" name="half" .checked=${f.half} @change=${({ target }) => set({ half: target.checked })}>
          <span>${t("It is a tie only when each side is exactly half.")}</span></label>`
            : nothing
        }</details>`
      }`
  }

  #error(field, words) {
    return this.#wrong === field
      ? html`<span class="error" role="alert">${icon("circle-alert")}${words}</span>`
      : nothing
  }

  #set(fields) {
    this.#fields = { ...this.#fields, ...fields }
    this.#before = undefined
    if (this.#wrong && wrong(this.#fields) !== this.#wrong) this.#wrong = undefined
    local.write(this.#place, { started: this.#started, fields: this.#fields })
    this.redraw()
  }

  async #save(opens) {
    this.#wrong = wrong(this.#fields)
    this.redraw()
    if (this.#wrong || this.#busy) return
    this.#busy = true
    const { meeting } = this
    // Sent again after nobody answered, it may be there already.
    this.#before ??= new Set(meeting.view.ballots?.order)
    const before = this.#before
    const done = await attempt(
      this.ballot
        ? meeting.send("edit_ballot", { ballot: this.ballot, ...editsOf(this.#started, this.#fields) })
        : meeting.send("draft_ballot", argsOf(this.#fields)),
    )
    this.#busy = false
    this.redraw()
    if (!done) return
    this.#forget()
    this.close(opens ? (this.ballot ?? (await idOfNewBallot(meeting, before))) : undefined)
  }

  #giveUp() {
    this.#forget()
    this.close()
  }

  get #place() {
    return `ballot-draft/${this.meeting.id}/${this.meeting.me.id}/${this.ballot ?? "new"}`
  }

  #kept() {
    if (this.from) return undefined
    const kept = local.read(this.#place)
    return PRESETS[kept?.fields?.preset] && kept.started ? kept : undefined
  }

  #forget() {
    local.remove(this.#place)
  }
}

/** The id of the ballot that was not there before, as soon as the view has it. */
function idOfNewBallot(meeting, before) {
  return new Promise((resolve) => {
    const life = new AbortController()
    const end = (id) => {
      life.abort()
      resolve(id)
    }
    const timer = setTimeout(end, LONGEST_WAIT)
    meeting.watch(
      ["ballots"],
      ({ ballots }) => {
        const id = ballots?.order.find((one) => !before.has(one))
        if (!id) return
        clearTimeout(timer)
        queueMicrotask(() => end(id))
      },
      { signal: life.signal },
    )
  })
}

/**
 * Resolves to the id of the new ballot if it is to be opened next. `id`: the draft to edit; `from`: a ballot to begin with.
 * @param {{ id?: string, from?: any }} which
 */
export function openForm(meeting, which = {}) {
  return show(
    (close) =>
      html`<ballot-form .meeting=${meeting} .ballot=${which.id} .from=${which.from} .close=${close}></ballot-form>`,
    { wide: true, label: t("Prepare a ballot") },
  )
}

customElements.define("ballot-form", BallotForm)
