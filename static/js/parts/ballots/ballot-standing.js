/** May I vote, and if not exactly why; what I have voted. Templates and one pure question. */

import { chosenWords } from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { receipt } from "./ballot-receipt.js"

/** The server's word if it has been heard; until then, what the roll of the ballot says. */
export function may({ roll = [], recused = [] }, known, { meeting, roll: { people = {} } }, me) {
  if (known) return known.may_vote
  const { state, consent } = people[me.id] || {}
  return (
    meeting.status === "live" &&
    roll.includes(me.id) &&
    !recused.includes(me.id) &&
    !["excused", "left"].includes(state) &&
    consent !== "given"
  )
}

/** Why not. Whoever only has to check in can do it here. */
export function mayNot({ voters, opened_at: opened }, known, me, checkIn) {
  if (!known)
    return html`<p class="ballot-hint" aria-busy="true">${icon("loader-circle", { kind: "spin" })}${t("Loading…")}</p>`
  if (known.why === "not_present") {
    return html`<p class="notice warn">${icon("user-x")}<span><b>${me.state === "left" ? t("You have left the meeting.") : t("You are recorded as absent.")}</b>
        ${t("Check in to vote.")}</span></p>
      <button type="button" class="button primary big wide" @click=${checkIn}>${icon("user-check")}${t("Check in")}</button>`
  }
  return html`<p class="notice warn">${icon("ban")}<span><b>${t("You do not vote here.")}</b> ${known.words}</span></p>
    <p class="ballot-hint">${t("The roll of {voters} voters was fixed at the opening, {time}.", { voters, time: clock(opened) })}</p>`
}

/** My vote is in: what I chose in the open, the receipt of a secret one. `change` is missing where it cannot be changed. */
export function voted(ballot, { choices, text }, { code, change, meeting }) {
  if (ballot.secret) {
    return html`<p class="notice good" role="status">${icon("circle-check")}<b>${t("Your vote is in the box.")}</b></p>
      ${code ? receipt(code, ballot, meeting) : html`<p class="ballot-hint">${t("Your receipt is on the device on which you voted.")}</p>`}`
  }
  return html`
    <div class="ballot-mine" role="status"><p>${t("You voted")}</p><p class="ballot-choice">${icon("circle-check")}<b>${chosenWords(ballot, choices)}</b></p>${text ? html`<p>${text}</p>` : nothing}</div>
    ${change ? html`<button type="button" class="button big wide" @click=${change}>${icon("pencil")}${t("Change my vote")}</button>` : nothing}`
}
