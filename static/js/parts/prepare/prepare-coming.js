/** A file that is not a paper yet: being sent, being processed, or failed; each with what can be done about it. */

import { prompt } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { size } from "../../lib/time.js"
import { openPaper } from "../page/paper-viewer.js"

const THUMBS = 8

/** The rows of what is not a paper yet: documents on the server, then files that leave this machine. */
export function incomingRows(coming, sending, documents, { write, retry, remove }) {
  return html`${repeat(
    coming,
    (one) => one.id,
    (one) => comingRow(one, { write, worker: documents.worker, retry: () => retry(one), remove: () => remove(one) }),
  )}${repeat(
    sending,
    (one) => one.key,
    (one) => sendingRow(one, documents),
  )}`
}

/** A document the server is working on, or could not make pages of. */
export function comingRow(one, { write, worker, retry, remove }) {
  const title = one.title || one.filename
  if (one.status === "failed") return failedRow(one, title, { write, retry, remove })
  const done = one.ready_pages || 0
  return html`
    <li class="paper-row coming">
      <span class="paper-sign">${icon("loader-circle", { kind: "spin" })}</span>
      <div class="grow">
        <b>${title}</b>
        <progress max="1" .value=${one.progress || 0} aria-label=${t("Processing “{title}”", { title })}></progress>
        ${
          worker
            ? html`<span class="help">${stageWords(one, done)}</span>`
            : html`<span class="why">${t("Nothing is being processed at the moment: the program that does it is not running. Please tell the administrator.")}</span>`
        }
        ${done ? thumbs(one, done, title) : nothing}
      </div>
      ${write ? html`<div class="item-tools"><button class="button quiet icon-only" type="button" aria-label=${t("Remove: {title}", { title })} @click=${remove}>${icon("x")}</button></div>` : nothing}
    </li>`
}

function failedRow(one, title, { write, retry, remove }) {
  return html`
    <li class="paper-row failed" role="alert">
      <span class="paper-sign">${icon("file-warning")}</span>
      <div class="grow"><b>${title}</b><span class="why">${one.error?.message || t("This file could not be made into pages.")}</span></div>
      ${
        write
          ? html`
        <div class="buttons">
          ${one.may_retry === false ? nothing : html`<button class="button" type="button" @click=${retry}>${icon("refresh-cw")}${t("Try again")}</button>`}
          <button class="button quiet" type="button" @click=${remove}>${icon("trash-2")}${t("Remove")}</button>
        </div>`
          : nothing
      }
    </li>`
}

/** A file leaving this machine. */
function sendingRow(one, documents) {
  if (one.problem) {
    return html`
      <li class="paper-row failed" role="alert">
        <span class="paper-sign">${icon("file-warning")}</span>
        <div class="grow"><b>${one.name}</b><span class="why">${one.problem}</span></div>
        <div class="buttons">
          ${
            one.stamp
              ? html`<button class="button" type="button" @click=${() => justify(one, documents)}>${t("It is not secret…")}</button>`
              : one.final
                ? nothing
                : html`<button class="button" type="button" @click=${() => documents.again(one)}>${icon("refresh-cw")}${t("Try again")}</button>`
          }
          <button class="button quiet" type="button" @click=${() => documents.drop(one)}>${icon("trash-2")}${t("Remove")}</button>
        </div>
      </li>`
  }
  return html`
    <li class="paper-row coming">
      <span class="paper-sign">${icon("upload")}</span>
      <div class="grow">
        <b>${one.name}</b>
        <progress max="1" .value=${one.sent} aria-label=${t("Sending “{title}”", { title: one.name })}></progress>
        <span class="help">${one.waiting ? t("Waiting to be sent") : t("Being sent: {percent} % of {size}", { percent: Math.floor(one.sent * 100), size: size(one.size) })}</span>
      </div>
      <div class="item-tools"><button class="button quiet icon-only" type="button" aria-label=${t("Do not send: {title}", { title: one.name })} @click=${() => documents.drop(one)}>${icon("x")}</button></div>
    </li>`
}

/** A name that looks like a stamp may mislead; who says so is written down with the reason. */
async function justify(one, documents) {
  const reason = await prompt({
    title: t("Why is this file not secret?"),
    text: t("“{title}” carries the word of a secrecy stamp in its name. Your name and reason are recorded.", {
      title: one.name,
    }),
    label: t("Reason, at least 10 characters"),
    multiline: true,
    yes: t("Send the file"),
  })
  if (reason) documents.again(one, reason)
}

function stageWords({ stage, pages }, done) {
  switch (stage) {
    case "checking":
      return t("The file is being checked")
    case "unpacking":
      return t("The files in it are being taken out")
    case "converting":
      return t("Being converted to pages")
    case "rendering":
      return pages ? t("{done} of {pages} pages ready", { done, pages }) : t("Pages are being made ready")
    default:
      return t("Waiting its turn")
  }
}

/** The pages that are ready can be looked at while the rest is in work. */
function thumbs(one, done, title) {
  const first = Array.from({ length: Math.min(done, THUMBS) }, (_, n) => n + 1)
  const paper = { title, document: one.id, pages: done, shape: one.shape || [], download: false }
  return html`
    <button class="ready-pages" type="button" @click=${() => openPaper(paper)} aria-label=${t("Look at the pages that are ready")}>
      ${first.map((n) => html`${thumb(one.id, n, { lazy: true, width: 40, height: 54 })}`)}
      ${done > THUMBS ? html`<span class="help">+${done - THUMBS}</span>` : nothing}
    </button>`
}
