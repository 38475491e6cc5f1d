/** <wall-report>: a case report on the big screen: what is to be decided, the proposals, a question that is shown, the direction; opinions by name only where the chair says so. */

import { blWord, isReport, labelOf, proposalsOf, questionsOf, stanceWord } from "../../case/report-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isBeforeOpening, isRoomOpen } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { reportHead } from "./report-head.js"

/** In place of the card while the case is talked about; over the page only what the chair has put up. */
export function showsReport({ meeting, report }, shows) {
  if (meeting.kind !== "case_report" || !report?.case || !isRoomOpen(meeting.status) || isBeforeOpening(meeting.status))
    return false
  return shows === "card" || Boolean(shows === "page" && (report.shown || report.names))
}

export class WallReport extends Part {
  watches = ["report", "meeting"]
  emptyAtFirst = true

  draw(view, meeting) {
    if (!isReport(view) || !view.report?.case) return nothing
    const { report } = view
    return html`
      <p class="wall-restricted">${icon("lock")}${t("Restricted session")}</p>
      ${reportHead(report, meeting.now(), view)}
      ${this.#front(report)}`
  }

  #front(report) {
    const [question] = questionsOf(report)
    if (question) return asked(question, report)
    if (report.names) return names(report)
    if (report.direction) return direction(report)
    return proposals(report)
  }
}

const nameOf = (report, person) => report.names_of?.[person] ?? person

const asked = ({ number, text, person, answers }, report) => html`<section class="wall-part">
  <h2>${t("Question {n}", { n: number })} · ${nameOf(report, person)}</h2><p class="wall-words">${text}</p>
  ${answers.map((answer) => html`<p class="wall-words answer"><b>${nameOf(report, answer.person)}:</b> ${answer.text}${answer.bl ? html` <small>(${blWord(answer.bl)})</small>` : nothing}</p>`)}</section>`

const names = (report) => html`<section class="wall-part"><h2>${t("Opinions by name")}</h2>
  <ul class="wall-names">${Object.entries(report.opinions ?? {}).map(
    ([id, opinion]) => html`<li><b>${nameOf(report, id)}</b><span>${stanceWord(report, opinion)}</span></li>`,
  )}</ul></section>`

const direction = (report) =>
  html`<section class="wall-part"><h2>${icon("gavel")}${t("Direction of the chair")}${
    labelOf(report, report.direction.proposal) ? ` · ${labelOf(report, report.direction.proposal)}` : ""
  }</h2><p class="wall-words verbatim">${report.direction.text}</p></section>`

const proposals = (report) =>
  html`<section class="wall-part"><ul class="wall-proposals">${proposalsOf(report).map(
    ({ label, text, bl }) =>
      html`<li><b>${label}</b><span>${text}${bl ? html` <small>(${blWord(bl)})</small>` : nothing}</span></li>`,
  )}</ul></section>`

customElements.define("wall-report", WallReport)
