/** The ballot that is open, for the chair and the secretary: how many have voted, who has not, the end. A template. */

import { kindOfBallot } from "./ballot-words.js"
import { missing } from "./ballot-state.js"
import { siteOf } from "../floor/speaking-statistics.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent, nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { tallies } from "./ballot-outcome.js"
import "../core/time-left.js"

/** `ui`: {wide, mayEnd, mayCount, myVote, end(), vote(), count(), annul(), more()}. */
export function running(ballot, view, ui) {
  const { question, cast, voters, secret, due_at: due, counts } = ballot
  return html`
    <section class="desk-card live">
      <p class="desk-line"><span class="badge live">${icon(secret ? "lock" : "vote")}${t("Voting is open")}</span><time-left .due=${due}></time-left></p>
      <h3 class="desk-question">${question}</h3>
      <p class="desk-cast" role="status"><b>${cast}<span>/${voters}</span></b> ${t("have voted")}</p>
      <progress max=${Math.max(1, voters)} value=${cast} aria-hidden="true"></progress>
      ${counts && ui.wide ? tallies(ballot) : nothing}
      ${ui.myVote === "may" ? html`<button class="button wide desk-vote" @click=${ui.vote}>${icon("ticket-check")}${t("My vote")}</button>` : nothing}
      ${ui.myVote === "done" ? html`<button class="button quiet wide" @click=${ui.vote}>${icon("circle-check")}${t("You have voted")}</button>` : nothing}
      ${ui.wide ? notYet(ballot, view) : nothing}
      ${ui.mayEnd ? html`<button class="button primary wide desk-end" @click=${ui.end}>${icon("square")}${t("Close the voting")}</button>` : nothing}
      ${
        ui.wide
          ? html`<div class="buttons">
        ${ui.mayCount && !cast ? html`<button class="button" @click=${ui.count}>${icon("clipboard-list")}${t("Enter a count on paper")}</button>` : nothing}
        ${ui.mayEnd ? html`<button class="button danger" @click=${ui.annul}>${icon("ban")}${t("Annul the ballot")}</button>` : nothing}
      </div>`
          : html`<button class="button quiet wide desk-more" @click=${ui.more}>${voters - cast ? t("{n} have not voted yet", { n: voters - cast }) : t("Everybody has voted")}${icon("chevron-right")}</button>`
      }
      ${ui.wide ? html`<p class="help">${kindOfBallot(ballot)}</p>` : nothing}
    </section>`
}

/** Only who; of a secret ballot and of an open one alike. */
function notYet(ballot, view) {
  const who = missing(ballot)
  if (!who.length)
    return html`<p class="notice good">${icon("circle-check")}<span>${t("Everybody has voted.")}</span></p>`
  return html`
    <details class="desk-fold desk-missing" open><summary>${t("Not voted yet ({n})", { n: who.length })}</summary>
      <ul>${who.map((person) => {
        const entry = view.roll.people[person] ?? {}
        return html`<li>${nameOf(view, person)} <small>${[siteOf(view, entry), isPresent(entry) ? "" : t("not present")].filter(Boolean).join(" · ")}</small></li>`
      })}</ul></details>`
}
