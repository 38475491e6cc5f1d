/** <ballot-opening>: in a dialog: what the chair must see before voting begins: the rule, who votes, the quorum. */

import { attempt } from "../../lib/attempt.js"
import { explained, neededWords } from "./ballot-rules.js"
import { kindOfBallot, optionWord } from "./ballot-words.js"
import { show } from "../../lib/dialog.js"
import { siteOf } from "../floor/speaking-statistics.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent, nameOf } from "../../meeting/people.js"
import { quorumWords } from "../../meeting/quorum.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

/** Fewer than these cannot hide who chose what. */
const FEW = 4

/** `ballot` (property) is the id of the draft; `close(true)` when voting has begun. */
export class BallotOpening extends Part {
  watches = ["ballots", "roll", "sites", "meeting"]
  ballot = ""
  /** @type {(answer?: any) => void} */
  close = () => {}

  #despite = false
  #busy = false

  draw(view) {
    const ballot = view.ballots?.items[this.ballot]
    if (ballot?.state !== "draft") {
      queueMicrotask(() => this.close(ballot?.state === "open"))
      return nothing
    }
    const { question, secret, options, choose = 1, seconds, rule, roll, recused = [] } = ballot
    const voters = roll.filter((person) => !recused.includes(person))
    const present = voters.filter((person) => isPresent(view.roll.people[person] ?? {})).length
    const few = secret && voters.length < FEW
    const { quorum } = view.roll
    return html`
      <div class="dialog-body">
        <h2>${t("Open the voting?")}</h2>
        <p class="desk-question">${question}</p>
        <p class="desk-about"><span class="badge ${secret ? "warn" : "info"}">${icon(secret ? "lock" : "vote")}${kindOfBallot(ballot)}</span>
          ${options.map(optionWord).join(" · ")}${choose > 1 ? ` · ${t("choose up to {n}", { n: choose })}` : ""}
          ${seconds ? ` · ${t("{n} min", { n: Math.round(seconds / 60) })}` : ""}</p>
        <ul class="desk-rule">${[...explained(rule, secret), neededWords(ballot, view)].filter(Boolean).map((line) => html`<li>${line}</li>`)}</ul>
        <p class="notice ${quorum.met ? "good" : "warn"} quorum-notice">${icon(quorum.met ? "circle-check" : "triangle-alert")}
          <span>${quorumWords(quorum)}${quorum.met ? nothing : html` <b>${t("Opening the voting all the same is the chair's decision and stands in the minutes.")}</b>`}</span></p>
        ${this.#voters(view, roll, recused, voters.length, present)}
        ${
          few
            ? html`<p class="notice bad">${icon("shield-alert")}<span>${t("Only {n} people vote: with fewer than {least} it can be guessed who chose what.", { n: voters.length, least: FEW })}</span></p>
          <label class="check"><input type="checkbox" name="despite" .checked=${this.#despite} @change=${({
            target,
          }) => {
            this.#despite = target.checked
            this.redraw()
          }}>
            <span>${t("We hold the secret ballot all the same.")}</span></label>`
            : nothing
        }
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" data-first @click=${() => this.close()}>${t("Not now")}</button>
        <button class="button primary big" type="button" ?disabled=${!voters.length || (few && !this.#despite)} aria-busy=${this.#busy} @click=${() => this.#open(few)}>
          ${icon("vote")}${quorum.met ? t("Open the voting") : t("Open all the same")}</button>
      </div>`
  }

  #voters(view, roll, recused, voters, present) {
    return html`
      <details class="desk-fold desk-roll" open>
        <summary>${t("{voters} vote, {present} of them present", { voters, present })}</summary>
        <p class="help">${t("The list is fixed at the opening. Whoever is involved in the matter takes no part.")}</p>
        <ul>${roll.map((person) => {
          const entry = view.roll.people[person] ?? {}
          const out = recused.includes(person)
          return html`<li class=${out ? "out" : ""}><span class="grow">${nameOf(view, person)}
              <small>${[siteOf(view, entry), out ? t("takes no part") : isPresent(entry) ? "" : t("not present")].filter(Boolean).join(" · ")}</small></span>
            <button class="button" @click=${() => this.#recuse(person, out)}>${out ? t("Takes part again") : t("Takes no part")}</button></li>`
        })}</ul>
      </details>`
  }

  #recuse(person, back) {
    return attempt(this.meeting.send("recuse", { ballot: this.ballot, person, ...(back && { back }) }))
  }

  async #open(few) {
    if (this.#busy) return
    this.#busy = true
    this.redraw()
    const done = await attempt(this.meeting.send("open_ballot", { ballot: this.ballot, ...(few && { despite: true }) }))
    this.#busy = false
    if (done) this.close(true)
    else this.redraw()
  }
}

/** Resolves to whether voting has begun. */
export function openOpening(meeting, ballot) {
  return show(
    (close) => html`<ballot-opening .meeting=${meeting} .ballot=${ballot} .close=${close}></ballot-opening>`,
    { wide: true, label: t("Open the voting?") },
  )
}

customElements.define("ballot-opening", BallotOpening)
