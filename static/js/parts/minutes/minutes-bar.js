/** Above the minutes: what they are (a draft until the chair approves), whether all is saved, the documents. */

import { attempt } from "../../lib/attempt.js"
import { confirm, prompt } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isApproved, isFinalFor, isSealed, stateWords } from "./minutes-state.js"
import { isStaff, presides } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { withDoubts } from "./minutes-doubts.js"
import { saving } from "./minutes-saving.js"
import { source } from "./minutes-source.js"
import { SAVING_SIGNS } from "./saving-signs.js"

export class MinutesBar extends Part {
  watches = ["meeting", "record"]
  #source

  get #writes() {
    return this.hasAttribute("writes")
  }

  started(meeting) {
    source.then((it) => {
      this.#source = it
      this.listensTo(it, "minutes")
    })
    this.listensTo(saving, "state")
    this.listensTo(meeting, "lamp", ({ detail: { state } }) => {
      saving.offline = state === "offline"
      if (state === "live") saving.retry()
      this.redraw()
    })
    this.listensTo(document, "visibilitychange", () => {
      if (document.visibilityState === "hidden") saving.save()
    })
    this.listensTo(window, "pagehide", () => saving.save())
  }

  draw(view, meeting) {
    const api = `/api/meetings/${meeting.id}`
    const sealed = isSealed(view)
    return html`
      <div class="minutes-standing"><p class="minutes-approval ${isApproved(view) ? "approved" : "draft"}" role="status">${icon(isApproved(view) ? "circle-check" : "square-pen")}<b>${stateWords(view)}</b></p>
      ${
        this.#writes && (!sealed || saving.state !== "saved")
          ? html`
        <p class="minutes-state ${saving.state}" role="status">${icon(SAVING_SIGNS[saving.state])}<span>${saving.words}</span>
          ${saving.state === "failed" ? html`<button type="button" class="button" @click=${() => saving.retry()}>${t("Try again")}</button>` : nothing}</p>`
          : nothing
      }</div>
      ${
        this.#writes
          ? html`
        <div class="switch minutes-switch" role="group" aria-label=${t("What is shown")}>
          <button type="button" aria-pressed=${this.#shown === "write"} @click=${() => this.#show("write")}>${t("Write")}</button>
          <button type="button" aria-pressed=${this.#shown === "read"} @click=${() => this.#show("read")}>${t("Preview")}</button>
        </div>`
          : nothing
      }
      ${
        isStaff(meeting.me) || isFinalFor(view, meeting.me)
          ? html`<div class="buttons minutes-files">
        ${this.#decision(view, meeting)}
        <a class="button" href="${api}/minutes.pdf" target="_blank" rel="noopener" @click=${this.#saveFirst}>${icon("file-text")}${isFinalFor(view, meeting.me) ? "PDF" : t("PDF, draft")}</a>
        <a class="button" href="${api}/minutes.docx" download @click=${this.#saveFirst}>${icon("download")}${isFinalFor(view, meeting.me) ? "DOCX" : t("DOCX, draft")}</a>
        <details class="menu">
          <summary class="button">${icon("users")}${t("Attendance list")}${icon("chevron-down")}</summary>
          <div class="menu-list">
            <a href="${api}/attendance.pdf" target="_blank" rel="noopener">${t("In order of rank")}</a>
            <a href="${api}/attendance.pdf?order=name" target="_blank" rel="noopener">${t("By given name")}</a>
          </div>
        </details>
      </div>`
          : nothing
      }`
  }

  /** The chair's word, once the meeting is closed. */
  #decision(view, meeting) {
    if (view.meeting.status !== "closed" || !presides(meeting.me)) return nothing
    if (view.review?.standing === "issued") return nothing // they are replaced, on the road below
    if (isApproved(view))
      return html`<button type="button" class="button unlock-minutes" @click=${() => this.#unlock()}>${icon("lock-open")}${t("Unlock the minutes")}</button>`
    return html`<button type="button" class="button primary approve-minutes" ?disabled=${!this.#source?.minutes || !["saved", undefined].includes(saving.state)}
      @click=${() => this.#approve()}>${icon("stamp")}${t("Approve the minutes")}</button>`
  }

  /** What is approved is the text that the sheet beside shows: if it is another one by now, the server says so. */
  async #approve() {
    const { version, digest } = this.#source.minutes.approval
    this.#show("read")
    const yes = await confirm({
      title: t("Approve the minutes?"),
      text: withDoubts(
        this.#source.minutes,
        t(
          "The text as shown becomes final: the word DRAFT goes, everybody of the meeting can read it, and nothing in it is changed any more. To change it, you have to unlock it.",
        ),
      ),
      yes: t("Approve the minutes"),
      no: t("Look at them first"),
    })
    if (!yes) return
    const done = await attempt(this.meeting.send("approve_minutes", { version, digest }))
    if (done) toast(t("The minutes are approved."), { kind: "good" })
    else this.#source.ask()
  }

  async #unlock() {
    const reason = await prompt({
      title: t("Unlock the minutes?"),
      text: t("They become a draft again: only the staff can read them until you approve the next version."),
      label: t("Reason"),
      multiline: true,
      yes: t("Unlock the minutes"),
    })
    if (reason) await attempt(this.meeting.send("unlock_minutes", { reason }))
  }

  get #shown() {
    return document.querySelector(".minutes")?.dataset.show
  }

  #show(what) {
    document.querySelector(".minutes").dataset.show = what
    this.redraw()
  }

  /** What was typed a second ago belongs into the file as well. */
  #saveFirst = async (event) => {
    if (saving.state !== "typing") return
    event.preventDefault()
    const { href, target } = event.currentTarget
    const page = target ? window.open("", target) : undefined
    await saving.save()
    if (page) page.location = href
    else window.location = href
  }
}

customElements.define("minutes-bar", MinutesBar)
