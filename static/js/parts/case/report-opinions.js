/** Proposals, and what everybody says to them, by name; nothing is counted. A tab of the report. */

import { blWord, proposalsOf, stanceWord } from "../../case/report-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { moment } from "../../lib/time.js"
import { everybody, nameOf } from "../../meeting/people.js"
import {
  isBeforeOpening,
  isFrozen,
  isOver,
  isSecretary,
  isStaff,
  isTechnician,
  isVoter,
  presides,
} from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

export function sayTab(panel, report, view) {
  const { me } = panel.meeting
  const { status } = view.meeting
  const before = isBeforeOpening(status)
  const entering = panel.typed.entering
  const mine = report.opinions?.[me.id]
  const may = isVoter(me) && !isOver(status) && !report.direction && (!before || report.head === me.id)
  return html`
    ${proposals(panel, report, view)}
    ${may ? stances(panel, report, mine ? t("You said: {said}. A change stands beside it.", { said: stanceWord(report, mine) }) : t("Your opinion"), "") : nothing}
    ${entering ? stances(panel, report, t("Opinion of {name}, entered by the secretary", { name: nameOf(view, entering) }), entering) : nothing}
    ${opinions(panel, report, view)}
    ${reserved(panel, report, view)}`
}

function proposals(panel, report, view) {
  const { me } = panel.meeting
  const list = proposalsOf(report)
  const reports = report.reporter === me.id || isStaff(me)
  const open = reports && !isOver(view.meeting.status) && !report.direction
  const used = new Set(
    Object.values(report.opinions ?? {}).flatMap((each) => [each, ...(each.before ?? [])].map((one) => one.proposal)),
  )
  return html`<section class="report-part"><h3>${t("Proposals")}</h3>
    <ul class="report-list">${list.map(
      ({ id, label, text, bl }) => html`<li class="report-card proposal"><b class="report-label">${label}</b>
      <div class="grow"><p class="report-text">${text}</p>${bl ? html`<p class="report-said">${blWord(bl)}</p>` : nothing}</div>
      ${open && !used.has(id) ? html`<button type="button" class="button quiet icon-only" aria-label=${t("Take {label} back", { label })} @click=${() => panel.send("withdraw_proposal", { proposal: id })}>${icon("undo-2")}</button>` : nothing}</li>`,
    )}</ul>
    ${list.length ? nothing : html`<p class="report-none">${t("Nothing has been proposed yet.")}</p>`}
    ${
      open
        ? html`<details class="report-more"><summary class="button compact">${icon("plus")}${t("Put a proposal")}</summary>
      <form class="report-form" @submit=${(event) => {
        event.preventDefault()
        panel.send(
          "put_proposal",
          { text: panel.text("proposal"), bl: panel.text("proposal-bl") },
          { takes: ["proposal", "proposal-bl"] },
        )
      }}>
        ${panel.field("proposal", { label: t("What is proposed"), limit: 10000 })}
        <div class="report-row">${panel.field("proposal-bl", { label: t("On BL"), limit: 200, optional: true, line: true })}
          <button type="submit" class="button primary">${t("Propose")}</button></div></form></details>`
        : nothing
    }</section>`
}

/** One tap says it; "another opinion" needs its words. `person`: whom the secretary enters it for. */
function stances(panel, report, title, person) {
  const list = proposalsOf(report)
  const name = person ? "said-for" : "said"
  const give = async (stance, proposal) => {
    const args = { stance, text: panel.text(name), ...(proposal ? { proposal } : {}), ...(person ? { person } : {}) }
    if (await panel.send("give_opinion", args, { takes: [name], says: t("The opinion is recorded.") }))
      panel.set("entering", "")
  }
  const agree = list.length
    ? list.map(({ id, label }) => [t("Agree with {label}", { label }), "agree", id])
    : [[t("Agree"), "agree", ""]]
  return html`<section class="report-part"><h3>${title}</h3>
    ${panel.field(name, { label: t("What you say to it"), optional: true, limit: 10000, rows: 2 })}
    <div class="report-stances">
      ${agree.map(([word, stance, id]) => html`<button type="button" class="button" @click=${() => give(stance, id)}>${icon("check")}${word}</button>`)}
      <button type="button" class="button" @click=${() => give("no", "")}>${icon("x")}${t("Do not agree")}</button>
      <button type="button" class="button" @click=${() => give("other", "")}>${icon("message-square")}${t("Another opinion")}</button>
      ${person ? html`<button type="button" class="button quiet" @click=${() => panel.set("entering", "")}>${t("Cancel")}</button>` : nothing}
    </div></section>`
}

function opinions(panel, report, view) {
  const { me } = panel.meeting
  const given = report.opinions ?? {}
  const order = everybody(view).filter(({ id }) => given[id])
  const waiting = report.missing ?? []
  const live = view.meeting.status === "live"
  return html`<section class="report-part"><h3>${t("Opinions by name")}</h3>
    <ul class="report-list">${order.map(({ id, name }) => {
      const { before = [], ...now } = given[id]
      return html`<li class="report-card"><p class="report-said">${name}${now.by ? html` · ${t("entered by the secretary")}` : nothing}</p>
        ${before.map((each) => html`<p class="report-before">${t("at first: {said}", { said: sentence(report, each) })}</p>`)}
        <p class="report-text">${before.length ? html`${t("later:")} ` : nothing}${sentence(report, now)}</p></li>`
    })}</ul>
    ${order.length ? nothing : html`<p class="report-none">${t("Nobody has given an opinion yet.")}</p>`}
    ${
      waiting.length
        ? html`<p class="report-missing">${icon("hourglass")}<span>${t("Not yet:")} ${waiting.map((id) =>
            isSecretary(me)
              ? html`<button type="button" class="button compact quiet" @click=${() => panel.set("entering", id)}>${icon("pen-line")}${nameOf(view, id)}</button>`
              : html`<span class="badge">${nameOf(view, id)}</span>`,
          )}</span></p>`
        : nothing
    }
    ${
      live && presides(me)
        ? html`<button type="button" class="button compact ${report.names ? "primary" : ""}" aria-pressed=${Boolean(report.names)} @click=${() => panel.send("show_opinion_names", { on: !report.names })}>${icon("projector")}${report.names ? t("Hide the names on the big screen") : t("Show the names on the big screen")}</button>`
        : nothing
    }</section>`
}

const sentence = (report, each) => [stanceWord(report, each), each.text].filter(Boolean).join(": ")

function reserved(panel, report, view) {
  const { me } = panel.meeting
  const kept = report.reserved ?? []
  const open = !isTechnician(me) && !isFrozen(view.meeting.status)
  return html`<section class="report-part"><h3>${t("Reserved opinions")}</h3>
    <ul class="report-list">${kept.map(
      ({ person, text, at }) =>
        html`<li class="report-card kept"><p class="report-said">${icon("bookmark")}${nameOf(view, person)} · ${moment(at)}</p><p class="report-text verbatim">${text}</p></li>`,
    )}</ul>
    ${
      open
        ? html`<details class="report-more"><summary class="button compact">${icon("bookmark")}${t("Reserve my opinion")}</summary>
      <form class="report-form" @submit=${(event) => {
        event.preventDefault()
        panel.send(
          "reserve_opinion",
          { text: panel.text("kept") },
          { takes: ["kept"], says: t("Your opinion is kept in your own words.") },
        )
      }}>
        ${panel.field("kept", { label: t("My opinion, word for word"), limit: 10000, rows: 4 })}
        <p class="help">${t("It stands in the record as you write it. Nobody can change or remove it, you neither.")}</p>
        <button type="submit" class="button primary">${t("Reserve it")}</button></form></details>`
        : nothing
    }</section>`
}
