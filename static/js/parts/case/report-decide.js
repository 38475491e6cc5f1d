/** Kết luận chỉ đạo: the chair chooses a proposal or writes, reads it back, concludes. A tab of the report. */

import { labelOf, proposalsOf } from "../../case/report-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { moment } from "../../lib/time.js"
import { nameOf } from "../../meeting/people.js"
import { conducts, isChair, isFrozen, isOver, isSecretary, presides } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

export function decideTab(panel, report, view) {
  const { me } = panel.meeting
  const { status, opened_at } = view.meeting
  const open = opened_at && !isFrozen(status) && view.record?.minutes?.state !== "approved"
  return html`
    ${report.direction ? concluded(panel, report, view) : html`<p class="notice info">${icon("gavel")}<span>${t("The direction has not been given yet. Without it the record is not final.")}</span></p>`}
    ${isChair(me) && open ? (isReading(panel, report) ? readBack(panel, report) : chooseForm(panel, report)) : nothing}
    ${isSecretary(me) && open && !report.direction ? draftForm(panel, report) : nothing}
    ${isChair(me) && !isOver(status) ? sitesSwitch(panel, report) : nothing}
    ${report.direction && presides(me) && !isOver(status) ? closing(panel) : nothing}`
}

/** What the secretary has written down lies there to be read back, until the chair turns to something else. */
function isReading(panel, { drafted, direction }) {
  if (drafted && !direction && !("reading" in panel.typed)) {
    panel.typed.direction = drafted.text
    panel.typed.reading = { proposal: drafted.proposal ?? "" }
  }
  return panel.typed.reading
}

function concluded(panel, report, view) {
  const { direction } = report
  const label = labelOf(report, direction.proposal)
  return html`<section class="report-part report-direction"><h3>${t("Direction of the chair")}</h3>
    <p class="report-said">${nameOf(view, direction.by)} · ${moment(direction.at)}${label ? html` · ${t("in accordance with {label}", { label })}` : nothing}</p>
    <p class="report-text verbatim">${direction.text}</p>
    ${understanding(panel, report, view)}
    ${
      conducts(panel.meeting.me) && view.record?.minutes?.state !== "approved"
        ? html`<button type="button" class="button" @click=${() => panel.send("split_direction", {}, { says: t("The points stand among the conclusions: give each its unit, day and deliverable.") })}>${icon("list-checks")}${t("Split into tasks")}</button>`
        : nothing
    }</section>`
}

/** Who carries the case confirms once that the direction is clear; nothing waits for it. */
function understanding(panel, { understood, by, reporter }, view) {
  if (understood)
    return html`<p class="report-said">${icon("check")}${t("{name} confirmed that the direction is clear", { name: nameOf(view, understood.person) })} · ${moment(understood.at)}</p>`
  const { id } = panel.meeting.me
  if ((id !== by && id !== reporter) || view.record?.minutes?.state === "approved" || isFrozen(view.meeting.status))
    return nothing
  return html`<button type="button" class="button primary" @click=${() => panel.send("confirm_understanding", {}, { says: t("It stands in the record.") })}>${icon("check")}${t("The direction is clear to me")}</button>`
}

function chooseForm(panel, report) {
  const { drafted } = report
  const read = (text, proposal) => {
    panel.typed.direction = text
    panel.set("reading", { proposal })
  }
  const form = html`
    ${
      drafted
        ? html`<div class="report-card"><p class="report-said">${t("Written down by the secretary")}</p><p class="report-text verbatim">${drafted.text}</p>
      <button type="button" class="button" @click=${() => read(drafted.text, drafted.proposal ?? "")}>${icon("book-open-check")}${t("Read back")}</button></div>`
        : nothing
    }
    <div class="report-stances">${proposalsOf(report).map(
      ({ id, label, text }) =>
        html`<button type="button" class="button big" @click=${() => read(text, id)}>${icon("check")}${t("Choose {label}", { label })}</button>`,
    )}</div>
    ${panel.field("direction", { label: t("In the chair's own words"), limit: 20000, rows: 5 })}
    <button type="button" class="button big" @click=${() => panel.text("direction") && panel.set("reading", { proposal: "" })}>${icon("book-open-check")}${t("Read back")}</button>`
  if (report.direction)
    return html`<details class="report-more"><summary class="button compact">${icon("pencil")}${t("Conclude otherwise")}</summary>
      <div class="report-part">${form}</div></details>`
  return html`<section class="report-part"><h3>${t("Conclude")}</h3>${form}</section>`
}

/** As it will stand; one tap more concludes. */
function readBack(panel, report) {
  const { proposal } = panel.typed.reading
  const label = labelOf(report, proposal)
  const conclude = async () => {
    const args = { text: panel.text("direction"), ...(proposal ? { proposal } : {}) }
    if (await panel.send("conclude_direction", args, { takes: ["direction"], says: t("The direction is given.") }))
      panel.set("reading", undefined)
  }
  return html`<section class="report-part report-read"><h3>${label ? t("Read back: in accordance with {label}", { label }) : t("Read back")}</h3>
    ${panel.field("direction", { label: t("The direction as it will stand"), limit: 20000, rows: 6 })}
    <div class="buttons"><button type="button" class="button primary big" @click=${conclude}>${icon("gavel")}${t("Conclude")}</button>
      <button type="button" class="button big" @click=${() => panel.set("reading", undefined)}>${t("Back")}</button></div></section>`
}

function draftForm(panel, report) {
  return html`<section class="report-part"><h3>${t("Write down for the chair")}</h3>
    ${panel.field("drafted", { label: t("What the chair has said"), limit: 20000, rows: 5, value: report.drafted?.text ?? "" })}
    <button type="button" class="button primary" @click=${() => panel.send("draft_direction", { text: panel.text("drafted") }, { says: t("It lies before the chair to be read back.") })}>${icon("send")}${t("Lay before the chair")}</button></section>`
}

/** What it means stands beside the button, which therefore does not ask again. */
function closing(panel) {
  return html`<section class="report-part"><h3>${t("The session is over")}</h3>
    <p class="help">${t("After closing, nothing is shown on the screens any more and no vote can be taken. The minutes are still in work. This cannot be undone.")}</p>
    <button type="button" class="button danger" @click=${() => panel.send("close_meeting")}>${t("Close the meeting")}</button></section>`
}

function sitesSwitch(panel, report) {
  return html`<section class="report-part"><label class="check"><input type="checkbox" .checked=${Boolean(report.sites)} @change=${({ target }) => panel.send("permit_sites", { on: target.checked })}>
    <span>${t("Allow other sites in this restricted session")}</span></label></section>`
}
