/** Questions on a case and their answers, as a tab of the report. */

import { blWord, placeWord, questionsOf } from "../../case/report-words.js"
import { confirm } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { clock } from "../../lib/time.js"
import { nameOf } from "../../meeting/people.js"
import { conducts, isOver, isSecretary, isTechnician } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { ownPlace } from "../../case/own-place.js"
import { smallButton } from "./report-small.js"

export function askTab(panel, report, view) {
  const { me } = panel.meeting
  const open = !isOver(view.meeting.status) && !isTechnician(me)
  const questions = questionsOf(report)
  return html`
    ${open ? askForm(panel) : nothing}
    <ol class="report-list">${repeat(
      questions,
      ({ id }) => id,
      (question) => questionCard(panel, question, report, view, open),
    )}</ol>
    ${questions.length ? nothing : html`<p class="state empty">${icon("circle-question-mark")}<span>${t("Nobody has asked anything yet.")}</span></p>`}`
}

function askForm(panel) {
  const ask = () =>
    panel.send(
      "ask_question",
      { text: panel.text("ask"), bl: panel.text("ask-bl"), place: ownKey() },
      { takes: ["ask", "ask-bl"], says: t("Your question is in the list.") },
    )
  return html`<form class="report-form" @submit=${(event) => {
    event.preventDefault()
    ask()
  }}>
    ${panel.field("ask", { label: t("Your question"), limit: 3000 })}
    <div class="report-row">
      ${panel.field("ask-bl", { label: t("On BL"), limit: 200, optional: true, line: true })}
      <button type="submit" class="button primary">${icon("send")}${t("Ask")}</button>
    </div></form>`
}

/** Where this screen looks alone; "" while it follows the stage. */
function ownKey() {
  const page = ownPlace.place?.page
  return page ? `ev:${page.document}/${page.page}` : ""
}

function questionCard(panel, question, report, view, open) {
  const { me } = panel.meeting
  const { id, number, text, answers, person, before = [] } = question
  const answering = panel.typed.answering === id
  const shown = report.shown === id
  const live = view.meeting.status === "live"
  const mayEdit = isSecretary(me) && view.record?.minutes?.state !== "approved"
  return html`<li class="report-card">
    <p class="report-said">${said(question, view)}</p>
    <p class="report-text"><b>${t("Question {n}", { n: number })}.</b> ${text}</p>
    ${before.length ? html`<p class="report-before">${t("As it was asked: {text}", before[0])}</p>` : nothing}
    ${answers.map(
      (
        answer,
      ) => html`<div class="report-answer"><p class="report-said">${said(answer, view)}</p><p class="report-text">${answer.text}</p>
      ${mayEdit ? smallButton("pencil", t("Edit the wording"), () => edit(panel, id, answer.text, answer.id)) : nothing}</div>`,
    )}
    ${panel.typed.editing?.question === id ? editForm(panel) : nothing}
    ${answering ? answerForm(panel, id) : nothing}
    <p class="report-acts">
      ${open && !answering ? html`<button type="button" class="button compact" @click=${() => panel.set("answering", id)}>${icon("message-square")}${t("Answer")}</button>` : nothing}
      ${live && conducts(me) ? html`<button type="button" class="button compact ${shown ? "primary" : ""}" aria-pressed=${shown} @click=${() => panel.send("show_question", { question: shown ? "" : id })}>${icon("projector")}${shown ? t("Take it off the big screen") : t("Show on the big screen")}</button>` : nothing}
      ${mayEdit ? smallButton("pencil", t("Edit the wording"), () => edit(panel, id, text)) : nothing}
      ${open && !answers.length && person === me.id ? smallButton("undo-2", t("Take the question back"), () => takeBack(panel, id)) : nothing}
    </p></li>`
}

/** "Nguyễn Văn An · 14:32 · BL 84, tập 3 · thư ký nhập". */
function said({ person, at, bl, where, by }, view) {
  const parts = [nameOf(view, person), clock(at), blWord(bl) || placeWord(where), by && t("entered by the secretary")]
  return parts.filter(Boolean).join(" · ")
}

function answerForm(panel, question) {
  const send = async () => {
    const args = { question, text: panel.text("answer"), bl: panel.text("answer-bl") }
    if (await panel.send("answer_question", args, { takes: ["answer", "answer-bl"] })) panel.set("answering", "")
  }
  return html`<form class="report-form" @submit=${(event) => {
    event.preventDefault()
    send()
  }}>
    ${panel.field("answer", { label: t("The answer") })}
    <div class="report-row">${panel.field("answer-bl", { label: t("On BL"), limit: 200, optional: true, line: true })}
      <button type="submit" class="button primary">${icon("send")}${t("Answer")}</button>
      <button type="button" class="button" @click=${() => panel.set("answering", "")}>${t("Cancel")}</button></div></form>`
}

function edit(panel, question, text, answer = "") {
  panel.typed.wording = text
  panel.set("editing", { question, answer })
}

function editForm(panel) {
  const { question, answer } = panel.typed.editing
  const save = async () => {
    const args = { question, text: panel.text("wording"), ...(answer ? { answer } : {}) }
    if (await panel.send("edit_question", args, { takes: ["wording"] })) panel.set("editing", undefined)
  }
  return html`<form class="report-form" @submit=${(event) => {
    event.preventDefault()
    save()
  }}>
    ${panel.field("wording", { label: t("As the record shall have it") })}
    <div class="report-row"><button type="submit" class="button primary">${t("Save")}</button>
      <button type="button" class="button" @click=${() => panel.set("editing", undefined)}>${t("Cancel")}</button></div></form>`
}

async function takeBack(panel, question) {
  if (await confirm({ title: t("Take the question back?"), yes: t("Take the question back") }))
    await panel.send("withdraw_question", { question })
}
