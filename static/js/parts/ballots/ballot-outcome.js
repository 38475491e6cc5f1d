/** What came of a ballot: waiting, published with its sentence, annulled. Templates only. */

import {
  counted,
  figure,
  optionTone,
  optionWord,
  sentenceOf,
  verdictSign,
  verdictTone,
  verdictWord,
} from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { found, list } from "./ballot-receipt.js"
import { tallyBar, unvotedWords } from "./tally-bar.js"

/** How many each option has, and who is missing; with bars against the base, so that it is seen and not only read. */
export function tallies(ballot) {
  if (ballot.result?.reason === "too_few") return nothing
  const rest = ballot.state === "open" ? "" : unvotedWords(ballot)
  return html`<ul class="tallies">${counted(ballot).map(
    (row) => html`
    <li class=${optionTone(row.key)}><span>${optionWord(row)}</span><b>${figure(row.n, ballot)}</b>${tallyBar(ballot, row)}</li>`,
  )}
    ${rest ? html`<li class="tally-rest">${rest}</li>` : nothing}</ul>`
}

export const annulled = ({ reason }) => html`
  <p class="notice bad">${icon("ban")}<span><b>${t("This ballot has been annulled.")}</b> ${reason ? t("Reason: {reason}", { reason }) : nothing}</span></p>`

export const counting = ({ cast, voters }) => html`
  <p class="notice">${icon("hourglass")}<span><b>${t("Voting has ended.")}</b>
    ${t("{cast} of {voters} have voted. The result is shown as soon as it is published.", { cast, voters })}</span></p>`

/** `code` is my receipt of a secret ballot, `voted` whether I voted. */
export function published(ballot, view, { code, voted }) {
  const { result, secret, issued, returned, tellers = [], decision } = ballot
  return html`
    <p class="verdict ${verdictTone(result.verdict)}">${icon(verdictSign(result.verdict))}<b>${verdictWord(result.verdict)}</b></p>
    <p class="ballot-sentence">${sentenceOf(result)}</p>
    ${decision ? html`<p class="ballot-sentence"><b>${t("The chair's decision")}:</b> ${decision}</p>` : nothing}
    ${secret ? found(code, ballot, voted) : nothing}
    ${tallies(ballot)}
    <p class="ballot-cast">${t("Issued {issued} · returned {returned}", { issued: figure(issued, ballot), returned: figure(returned, ballot) })}
      ${tellers.length ? html`<br>${t("Tellers: {names}", { names: tellers.join(", ") })}` : nothing}</p>
    ${secret ? list(ballot, code) : names(ballot, view)}`
}

/** Who voted what, in an open ballot. */
function names(ballot, view) {
  const { options, votes = {} } = ballot
  const who = Object.keys(votes)
  if (!who.length) return nothing
  const order = (view.roll?.order || []).filter((person) => who.includes(person))
  return html`<details class="ballot-names"><summary>${t("Who voted how ({n})", { n: figure(who.length, ballot) })}</summary>
    ${options.map((option) => {
      const those = order.filter((person) => votes[person].choices.includes(option.key))
      return those.length
        ? html`<h3 class=${optionTone(option.key)}>${optionWord(option)} (${figure(those.length, ballot)})</h3>
        <ul>${those.map((person) => html`<li>${nameOf(view, person)}${option.key === "other" && votes[person].text ? html`<small>${votes[person].text}</small>` : nothing}</li>`)}</ul>`
        : nothing
    })}</details>`
}
