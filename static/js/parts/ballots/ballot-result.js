/** A ballot that is closed, published or annulled, for those who run the meeting. A template. */

import { mayAnnul } from "./ballot-state.js"
import { figure, kindOfBallot, sentenceOf, verdictSign, verdictTone, verdictWord } from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { annulled, tallies } from "./ballot-outcome.js"

/** `ui`: {wide, presides, publish(), decide(), annul(), again(), more()}. */
export function outcome(ballot, ui) {
  const {
    question,
    state,
    closed_at: closed,
    kept_at: isKept,
    result,
    decision,
    tellers = [],
    issued,
    returned,
    texts = [],
  } = ballot
  const undecided = result?.verdict === "opinion" && !decision
  if (state === "annulled") {
    return html`<section class="desk-card"><h3 class="desk-question">${question}</h3>${annulled(ballot)}${again(ui)}</section>`
  }
  return html`
    <section class="desk-card ${state}">
      <p class="desk-line"><span class="badge ${state === "closed" ? "warn" : "good"}">${icon(state === "closed" ? "hourglass" : "megaphone")}${state === "closed" ? (isKept ? t("Result not published, by decision of the chair") : t("Result not published yet")) : t("Result published")}</span>
        <small>${kindOfBallot(ballot)} · ${clock(closed)}</small></p>
      <h3 class="desk-question">${question}</h3>
      <p class="desk-verdict ${verdictTone(result.verdict)}">${icon(verdictSign(result.verdict))}<b>${verdictWord(result.verdict)}</b></p>
      <p class="desk-sentence">${sentenceOf(result)}</p>
      ${result.may_report && ui.wide ? html`<p class="notice warn">${icon("flag")}<span>${t("The chair was outvoted: the minutes record the right to report to the superior Procuracy.")}</span></p>` : nothing}
      ${tallies(ballot)}
      <p class="help">${t("Issued {issued} · returned {returned}", { issued: figure(issued, ballot), returned: figure(returned, ballot) })}${tellers.length ? html`<br>${t("Tellers: {names}", { names: tellers.join(", ") })}` : nothing}</p>
      ${texts.length && ui.wide ? html`<details class="desk-fold desk-missing"><summary>${t("Other opinions ({n})", { n: figure(texts.length, ballot) })}</summary><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul></details>` : nothing}
      ${decision ? html`<p><b>${t("The chair's decision")}:</b> ${decision}</p>` : nothing}
      ${state === "closed" ? toPublish(ui, undecided, isKept) : nothing}
      ${
        ui.wide && ui.presides && mayAnnul(ballot)
          ? html`<div class="buttons">
        <button class="button danger" @click=${ui.annul}>${icon("ban")}${t("Annul the ballot")}</button></div>`
          : nothing
      }
      ${ui.wide ? nothing : html`<button class="button quiet wide desk-more" @click=${ui.more}>${t("All about this ballot")}${icon("chevron-right")}</button>`}
    </section>`
}

function toPublish(ui, undecided, isKept) {
  if (!ui.presides) return html`<p class="help">${t("The chair publishes the result.")}</p>`
  return html`
    ${undecided ? html`<button class="button primary wide" @click=${ui.decide}>${icon("gavel")}${t("Record the chair's decision")}</button>` : nothing}
    <button class="button ${undecided ? "" : "primary"} wide desk-publish" ?disabled=${undecided} @click=${ui.publish}>${icon("megaphone")}${t("Publish the result")}</button>
    ${isKept ? nothing : html`<button class="button wide desk-keep" @click=${ui.keep}>${icon("archive")}${t("Leave unpublished")}</button>`}`
}

const again = (ui) =>
  ui.wide
    ? html`<button class="button" @click=${ui.again}>${icon("rotate-ccw")}${t("Draft a new round")}</button>`
    : nothing
