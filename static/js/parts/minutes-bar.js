/** Above the minutes: whether everything is saved, and the documents to take away. */

import { html, nothing } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { t } from "../lib/t.js"
import { Part } from "./part.js"
import { saving } from "./minutes-saving.js"

const SIGNS = { saved: "circle-check", typing: "pen-line", saving: "loader-circle", waiting: "cloud-off", failed: "circle-alert", conflict: "triangle-alert" }

export class MinutesBar extends Part {
  watches = ["meeting"]

  get #writes() {
    return this.hasAttribute("writes")
  }

  started(meeting) {
    const { signal } = this
    saving.addEventListener("state", () => this.redraw(), { signal })
    meeting.addEventListener("lamp", ({ detail: { state } }) => {
      saving.offline = state === "offline"
      if (state === "live") saving.retry()
      this.redraw()
    }, { signal })
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saving.save() }, { signal })
    window.addEventListener("pagehide", () => saving.save(), { signal })
  }

  draw(view, meeting) {
    const api = `/api/meetings/${meeting.id}`
    return html`
      ${this.#writes ? html`
        <p class="minutes-state ${saving.state}" role="status">${icon(SIGNS[saving.state])}<span>${saving.words}</span>
          ${saving.state === "failed" ? html`<button type="button" class="button" @click=${() => saving.retry()}>${t("Try again")}</button>` : nothing}</p>
        <div class="switch minutes-switch" role="group" aria-label=${t("What is shown")}>
          <button type="button" aria-pressed=${this.#shown === "write"} @click=${() => this.#show("write")}>${t("Write")}</button>
          <button type="button" aria-pressed=${this.#shown === "read"} @click=${() => this.#show("read")}>${t("Preview")}</button>
        </div>` : nothing}
      <div class="buttons minutes-files">
        <a class="button primary" href="${api}/minutes.pdf" target="_blank" rel="noopener" @click=${this.#fresh}>${icon("file-text")}PDF</a>
        <a class="button" href="${api}/minutes.docx" download @click=${this.#fresh}>${icon("download")}DOCX</a>
        <details class="menu">
          <summary class="button">${icon("users")}${t("Attendance list")}${icon("chevron-down")}</summary>
          <div class="menu-list">
            <a href="${api}/attendance.pdf" target="_blank" rel="noopener">${t("In order of rank")}</a>
            <a href="${api}/attendance.pdf?order=name" target="_blank" rel="noopener">${t("By given name")}</a>
          </div>
        </details>
      </div>`
  }

  get #shown() {
    return document.querySelector(".minutes")?.dataset.show
  }

  #show(what) {
    document.querySelector(".minutes").dataset.show = what
    this.redraw()
  }

  /** What was typed a second ago belongs into the file as well. */
  #fresh = async (event) => {
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
