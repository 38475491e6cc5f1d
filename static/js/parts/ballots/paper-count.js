/** <paper-count>: in a dialog: a count on paper, with the names of two tellers. */

import { attempt } from "../../lib/attempt.js"
import { optionWord } from "./ballot-words.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, isPresent } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class PaperCount extends Part {
  watches = ["ballots", "roll"]
  // The numbers being typed are ours.
  waitsForEditing = false
  ballot = ""
  /** @type {(answer?: any) => void} */
  close = () => {}

  #counts = {}
  #papers = 0
  #tellers = ["", ""]

  draw(view) {
    const ballot = view.ballots?.items[this.ballot]
    if (ballot?.state !== "open") {
      queueMicrotask(() => this.close())
      return nothing
    }
    const { question, options, voters, choose = 1, cast } = ballot
    const several = choose > 1
    const total = several ? this.#papers : Object.values(this.#counts).reduce((sum, n) => sum + n, 0)
    const over = total > voters || !fit(this.#counts, total, choose)
    const lacks = total ? (over ? t("Correct the counts.") : lackOfTellers(this.#tellers)) : t("Enter the counts.")
    const ready = !lacks && !cast
    return html`
      <form @submit=${(event) => {
        event.preventDefault()
        if (ready) this.#send()
      }}>
        <div class="dialog-body">
          <h2>${t("Enter a count on paper")}</h2>
          <p class="desk-question">${question}</p>
          ${cast ? html`<p class="notice bad">${icon("circle-alert")}<span>${t("Votes have already come in from the screens.")}</span></p>` : nothing}
          ${
            several
              ? html`<div class="count-fields"><label><span>${t("Ballot papers returned")}</span><input class="input" type="number" inputmode="numeric" min="0" max=${voters} name="papers" placeholder="0"
            @input=${({ target }) => {
              this.#papers = whole(target.value)
              this.redraw()
            }}></label></div>`
              : nothing
          }
          <div class="count-fields">${[...options, { key: "invalid" }].map(
            (option) => html`
            <label><span>${optionWord(option)}</span><input class="input" type="number" inputmode="numeric" min="0" max=${voters} name=${option.key} placeholder="0"
              @input=${({ target }) => {
                this.#counts = { ...this.#counts, [option.key]: whole(target.value) }
                this.redraw()
              }}></label>`,
          )}</div>
          <p class="count-sum ${over ? "over" : ""}" role="status">${t("{total} ballots of {voters} voters", { total, voters })}${total > voters ? ` · ${t("more than there are voters")}` : over && total ? ` · ${t("the counts do not fit so many papers")}` : ""}</p>
          <div class="fields">${[0, 1].map(
            (i) => html`<div class="field"><label for="teller-${i}">${t("Teller {n}", { n: i + 1 })}</label>
            <input id="teller-${i}" list="tellers" maxlength="200" autocomplete="off" @input=${({ target }) => {
              this.#tellers = this.#tellers.map((name, j) => (j === i ? target.value : name))
              this.redraw()
            }}></div>`,
          )}</div>
          <datalist id="tellers">${everybody(view).map(({ name }) => html`<option value=${name}></option>`)}</datalist>
          <p class="help">${t("With this the voting is closed and the result computed; it is published afterwards.")}</p>
        </div>
        <div class="dialog-actions">
          <p class="count-lacks" id="count-lacks" role="status">${cast ? "" : lacks}</p>
          <button class="button" type="button" @click=${() => this.close()}>${t("Cancel")}</button>
          <button class="button primary" type="submit" aria-describedby="count-lacks" ?disabled=${!ready}>${t("Record the count")}</button>
        </div>
      </form>`
  }

  async #send() {
    const tellers = this.#tellers.map((name) => name.trim())
    const counts = Object.fromEntries(Object.entries(this.#counts).filter(([, n]) => n))
    const { view } = this.meeting
    const { roll = [], choose = 1 } = view.ballots.items[this.ballot]
    const papers = choose > 1 ? this.#papers : Object.values(counts).reduce((sum, n) => sum + n, 0)
    const present = roll.filter((id) => isPresent(view.roll.people[id] ?? {})).length
    const despite = papers > present
    if (
      despite &&
      !(await confirm({
        title: t("More ballot papers than people present?"),
        text: t(
          "{papers} ballot papers have been counted, but only {present} voters are present. Please count again; recorded all the same, the number stands in the minutes.",
          { papers, present },
        ),
        yes: t("Record the count all the same"),
        no: t("Count again"),
        danger: true,
      }))
    )
      return
    if (
      await attempt(
        this.meeting.send("enter_count", {
          ballot: this.ballot,
          counts,
          tellers,
          ...(despite && { despite }),
          ...(this.#papers && { papers: this.#papers }),
        }),
      )
    )
      this.close(true)
  }
}

const whole = (typed) => Math.max(0, Math.floor(Number(typed) || 0))

/** Why it cannot be recorded yet, said beside the button; "" when both names are there. */
function lackOfTellers(typed) {
  const names = typed.map((name) => name.trim())
  if (!names[0] && !names[1]) return t("Two tellers must sign: their names are missing.")
  if (!names[0] || !names[1]) return t("The name of the other teller is missing.")
  return names[0] === names[1] ? t("The two tellers must be different people.") : ""
}

/** Can so many papers, each with at most `choose` options, have come to these counts? As the server reckons. */
function fit({ invalid = 0, ...votes }, papers, choose) {
  const valid = papers - invalid
  const each = Object.values(votes)
  return valid >= 0 && each.every((n) => n <= valid) && each.reduce((sum, n) => sum + n, 0) <= choose * valid
}

export function openCount(meeting, ballot) {
  return show((close) => html`<paper-count .meeting=${meeting} .ballot=${ballot} .close=${close}></paper-count>`, {
    label: t("Enter a count on paper"),
  })
}

customElements.define("paper-count", PaperCount)
