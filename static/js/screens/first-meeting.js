/** The first meeting of the guided start: made, its paper sent and watched until it is ready, then into the room. */

import "./admin-forms.js"
import { ask, unanswered } from "../lib/ask.js"
import { toast } from "../lib/toast.js"
import { Uploads } from "../parts/prepare/uploads.js"
import { html, nothing, render, repeat } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { pageUrl, SMALL } from "../pages/page-files.js"
import { shaped } from "../lib/proof.js"
import { t, tn } from "../lib/t.js"
import { openPaper } from "../parts/page/paper-viewer.js"
import { warningsOf } from "../parts/prepare/paper-warnings.js"
import { incomingRows } from "../parts/prepare/prepare-coming.js"

const page = document.querySelector("[data-first-meeting]")
/** @type {(name: string) => any} */
const find = (name) => page.querySelector(`[data-${name}]`)
const form = find("make")
const isMade = shaped({ meeting: "string" })

if (page.dataset.made) ready(JSON.parse(page.dataset.made))
form?.addEventListener("submit", make)
form?.addEventListener("change", follow)
if (form) follow()
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload()
})

/** A secret meeting has no title and no paper here. */
function follow(event) {
  if (event?.target.name) mended(event.target.name)
  const shell = ["secret", "unsure"].includes(form.elements.secrecy.value)
  find("shell").hidden = !shell
  find("open").hidden = shell
  find("label").textContent = shell ? t("Make the neutral shell") : t("Make the meeting ready")
}

async function make(event) {
  event.preventDefault()
  const button = form.querySelector("[type=submit]")
  if (button.getAttribute("aria-busy") === "true") return
  button.setAttribute("aria-busy", "true")
  const { secrecy, title, chair, secretary, invite } = form.elements
  const shell = ["secret", "unsure"].includes(secrecy.value)
  const answer = await ask("/api/start/meeting", {
    method: "POST",
    json: {
      secrecy: secrecy.value,
      title: shell ? "" : title.value,
      chair: chair?.value || "",
      secretary: secretary?.value || "",
      invite: Boolean(invite?.checked),
    },
    proof: isMade,
  })
  button.removeAttribute("aria-busy")
  if (!answer.ok) return complain(answer)
  if (answer.body.shell) return window.location.assign(`/meetings/${encodeURIComponent(answer.body.meeting)}`)
  /** @type {HTMLInputElement} */
  const field = form.querySelector("#file")
  const files = [...field.files]
  find("title").textContent = title.value
  find("problem").hidden = true
  form.hidden = true
  ready(answer.body, files)
  find("room").scrollIntoView({ block: "nearest" })
}

/** What is being mended is not complained of any more. */
function mended(field) {
  const error = form.querySelector(`#${field}-error`)
  if (error) error.hidden = true
  for (const input of form.querySelectorAll(`[name="${field}"]`)) input.removeAttribute("aria-invalid")
  if (!form.querySelector(".error[id$='-error']:not([hidden])")) find("problem").hidden = true
}

function complain(answer) {
  const { message, fields = {} } = answer.body?.error || {}
  const notice = find("problem")
  notice.hidden = false
  notice.querySelector("span").textContent = message || unanswered(answer)
  for (const error of form.querySelectorAll(".error[id$='-error']")) {
    const field = error.id.slice(0, -"-error".length)
    error.hidden = !fields[field]
    error.querySelector("span").textContent = fields[field] || ""
    for (const input of form.querySelectorAll(`[name="${field}"]`)) {
      if (fields[field]) {
        input.setAttribute("aria-invalid", "true")
        input.setAttribute("aria-describedby", error.id)
      } else {
        input.removeAttribute("aria-invalid")
        input.removeAttribute("aria-describedby")
      }
    }
  }
  const [first] = Object.keys(fields)
  const input = first && form.querySelector(`[name="${first}"]`)
  if (input) input.focus()
  else notice.scrollIntoView({ block: "nearest" })
}

function ready({ meeting, item, chairs, before }, files = []) {
  const documents = new Uploads(meeting)
  /** @type {HTMLInputElement} */
  const more = page.querySelector("#more")
  let again
  find("room").hidden = false
  find("go-label").textContent = chairs ? t("Enter the meeting room") : t("Publish the meeting")
  more.addEventListener("change", () => {
    documents.add(item, [...more.files])
    more.value = ""
  })
  // Dropped on the area: the field takes it without a word.
  more
    .closest("[data-drop]")
    .addEventListener("drop", () => setTimeout(() => more.files.length && more.dispatchEvent(new Event("change")), 0))
  documents.addEventListener("change", draw)
  draw()
  if (files.length) send()

  /** Made before, from another tab or by a request whose answer was lost: its paper may be here already. */
  async function send() {
    if (before) await documents.refresh()
    if (!documents.all.length) documents.add(item, files)
  }

  function draw() {
    const all = documents.all.filter((one) => one.item === item)
    const papers = all.filter((one) => one.attached)
    const coming = all.filter((one) => !one.attached)
    const { sending } = documents
    render(
      html`
      ${
        all.length || sending.length
          ? html`
        <ul class="paper-list plain">
          ${repeat(papers, (one) => one.id, paperRow)}
          ${incomingRows(coming, sending, documents, {
            write: true,
            retry: ({ id }) => documents.retry(id).catch(failed),
            remove: ({ id }) => documents.remove(id).catch(failed),
          })}
        </ul>`
          : nothing
      }`,
      find("papers"),
    )
    const busy = sending.some((one) => !one.problem) || coming.some((one) => one.status !== "failed")
    find("more").hidden = busy || papers.length > 0
    find("go").disabled = papers.length === 0
    find("without").hidden = papers.length > 0 || busy
    find("hint").textContent = papers.length
      ? chairs
        ? t("The meeting opens with the first page on every screen.")
        : t("The chair opens the meeting in the room.")
      : busy
        ? t("The paper is being made ready. This page may stay open; the work goes on without it, too.")
        : t("Add the paper that is to be shown.")
    clearTimeout(again)
    // Ready, and in a moment a paper of the meeting.
    if (coming.some((one) => one.status === "ready")) again = setTimeout(() => documents.refresh(), 600)
  }
}

function paperRow(one) {
  const paper = { title: one.title, document: one.id, pages: one.pages, shape: one.shape || [], download: false }
  return html`
    <li class="paper-row">
      <button class="paper-open" type="button" @click=${() => openPaper(paper)} aria-label=${t("Open “{title}”", { title: one.title })}>
        <img src=${pageUrl(one.id, 1, SMALL)} alt="" width="40" height="54">
        <span class="grow"><b>${one.title}</b><span class="help">${tn("{n} page", "{n} pages", one.pages)}</span></span>
      </button>
      <span class="badge good">${icon("circle-check")}${t("ready")}</span>
      ${warningsOf(paper, one.warnings)}
    </li>`
}

function failed(error) {
  toast(error.message, { kind: "bad" })
}
