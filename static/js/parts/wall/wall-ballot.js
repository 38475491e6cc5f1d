/** <wall-ballot>: a ballot on the big screen: the question, what can be chosen, how many have voted, the result and why. */

import { measured } from "../ballots/ballot-rules.js"
import {
  counted,
  figure,
  kindOfBallot,
  optionTone,
  optionWord,
  sentenceOf,
  verdictTone,
  verdictWord,
} from "../ballots/ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { Part } from "../core/part.js"
import { tallyBar, unvotedWords } from "../ballots/tally-bar.js"
import "../core/time-left.js"

/** `ballot` (property): the id of what is shown; without one it stays away. */
export class WallBallot extends Part {
  watches = ["ballots", "meeting", "roll"]
  emptyAtFirst = true
  #ballot

  set ballot(id) {
    this.#ballot = id
    if (this.isConnected) this.redraw()
  }

  draw(view) {
    const ballot = view.ballots?.items?.[this.#ballot]
    if (!ballot) return idle(view)
    const { options, state } = ballot
    const counts = ballot.result?.reason === "too_few" ? null : ballot.counts
    this.dataset.state = state
    return html`
      <header class="wall-head"><div>
          <p class="wall-kind">${kindOfBallot(ballot)} · ${stands(ballot)}</p>
          <h2 class="wall-question ${ballot.question.length > 160 ? "long" : ""}">${ballot.question}</h2></div>
        <time-left .due=${state === "open" ? ballot.due_at : 0}></time-left>
      </header>
      ${
        state === "annulled"
          ? html`<p class="wall-reason">${t("Reason: {reason}", ballot)}</p>`
          : html`
        <ul class="wall-options ${counts && showsNumbers(ballot) && measured(ballot).needed ? "needs" : ""}" data-many=${many(options.length)}>${counted(
          ballot,
        ).map(
          (option) => html`
          <li class="${optionTone(option.key)} ${counts ? "" : "open"}">${counts ? html`<b>${figure(option.n, ballot)}</b>` : nothing}<span>${optionWord(option)}</span>${counts && showsNumbers(ballot) ? tallyBar(ballot, option) : nothing}</li>`,
        )}</ul>`
      }
      ${this.#foot(ballot, view)}`
  }

  #foot(ballot, view) {
    const { state, result, cast, voters, decision } = ballot
    if (state === "open")
      return html`
      <footer class="wall-foot"><p class="wall-cast"><b>${cast}<small>/${voters}</small></b> ${t("have voted")}</p>
        <progress max=${voters} value=${cast} aria-hidden="true"></progress></footer>`
    if (!result)
      return html`<footer class="wall-foot"><p>${state === "closed" ? t("The result has not been published yet.") : nothing}<small>${turnout(ballot, view)}</small></p></footer>`
    return html`
      <footer class="wall-foot">
        <p>${sentenceOf(result)}${decision ? html`<br>${t("The chair's decision")}: ${decision}` : nothing}<small>${turnout(ballot, view)}</small></p>
        <b class="wall-seal ${verdictTone(result.verdict)}">${verdictWord(result.verdict)}</b>
      </footer>`
  }
}

function stands({ state, closed_at: closed, opened_at: opened }) {
  if (state === "open") return t("voting since {time}", { time: clock(opened) })
  return state === "annulled" ? t("annulled") : t("ended {time}", { time: clock(closed) })
}

/** "Có mặt 8/8 · đã biểu quyết 8/8"; who is present is told where the whole meeting votes. */
function turnout(ballot, { roll: { quorum } }) {
  const { cast, voters, returned = cast, tellers } = ballot
  const of = figure(voters, ballot)
  const words = {
    cast: figure(tellers ? returned : cast, ballot),
    voters: of,
    present: figure(quorum?.present, ballot),
  }
  const said =
    quorum?.of === voters
      ? t("Present {present}/{voters} · voted {cast}/{voters}", words)
      : t("Voted: {cast} of {voters}", words)
  return [said, unvotedWords(ballot)].filter(Boolean).join(" · ")
}

/** Of too few secret votes nothing is counted out, so nothing is drawn either. */
const showsNumbers = ({ result }) => result?.reason !== "too_few"

const many = (n) => (n <= 4 ? "few" : n <= 6 ? "six" : n <= 8 ? "some" : "many")

/** A screen that is kept for ballots waits for the next one. */
const idle = ({ meeting }) =>
  html`<div class="wall-idle"><p class="wall-kind">${t("Ballots")}</p><h2 class="wall-question">${meeting.title}</h2></div>`

customElements.define("wall-ballot", WallBallot)
