/** A new version in the place of a paper, for whoever prepares: uploaded, compared, looked at, and only then replaced. */

import { hasPage } from "../../meeting/on-stage.js"
import { api, NOTHING } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { belongsTo } from "../../lib/page-owner.js"
import { shaped, understood } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { uid } from "../../lib/uid.js"
import { nameOf } from "../../meeting/people.js"
import { compareVersions } from "./version-compare.js"
import { openPaper } from "./paper-viewer.js"
import { versionOf } from "../../pages/versions.js"

const ASK_AGAIN = 900

/** Opens the versions of a paper: its history, and a new one in its place. Resolves when it is closed. */
export async function openVersions(meeting, id) {
  const desk = new VersionDesk(meeting, id)
  const closed = show((close) => html`<div class="versions" data-versions=${desk.named(close)}></div>`, {
    wide: true,
    label: t("Versions of “{title}”", { title: meeting.view.papers[id].title }),
  })
  desk.draw()
  await closed
  desk.end()
}

class VersionDesk {
  #meeting
  #id
  #close
  #state = "" // "" | sending | processing | comparing | ready | replacing
  #sent = 0
  #problem = ""
  #stamp = false
  #file
  #document = ""
  #match
  #over = false
  #name = uid()

  constructor(meeting, id) {
    this.#meeting = meeting
    this.#id = id
  }

  named(close) {
    this.#close = close
    return this.#name
  }

  get #paper() {
    return this.#meeting.view.papers[this.#id]
  }

  draw() {
    const place = document.querySelector(`[data-versions="${this.#name}"]`)
    if (place instanceof HTMLElement && this.#paper) render(this.#all(), place)
  }

  /** What was uploaded and did not become the paper goes again. */
  end() {
    this.#over = true
    if (this.#document) api("DELETE", `/api/documents/${this.#document}`, undefined, NOTHING).catch(() => undefined)
  }

  #all() {
    const paper = this.#paper
    const ready = this.#state === "ready" || this.#state === "replacing"
    return html`
      <form method="dialog" @submit=${(event) => this.#replace(event)}>
      <div class="dialog-body">
        <h2>${t("Versions of “{title}”", { title: paper.title })}</h2>
        ${this.#history(paper)}
        ${ready ? this.#summary(paper) : this.#upload()}
        ${this.#problem ? html`<p class="why" role="alert">${this.#problem}</p>` : nothing}
        ${this.#stamp ? this.#reason() : nothing}
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => this.#close()}>${ready ? t("Cancel") : t("Close")}</button>
        ${ready ? html`<button class="button primary" type="submit" ?disabled=${this.#state === "replacing"}>${icon("copy")}${t("Replace everywhere")}</button>` : nothing}
      </div>
      </form>`
  }

  #history(paper) {
    const all = paper.versions ?? []
    if (!all.length) return html`<p class="help">${t("This is the first version.")}</p>`
    return html`<ol class="version-list plain" reversed>${all
      .map((one, index) => {
        const n = index + 1
        const by = one.by ? nameOf(this.#meeting.view, one.by) : ""
        return html`<li>
          <span class="grow"><b>${t("Version {n}", { n })}</b>${n === all.length ? html` <span class="badge">${t("in use")}</span>` : nothing}
            <span class="help with-dots"><span>${tn("{n} page", "{n} pages", one.pages)}</span>${one.at ? html`<span>${moment(one.at)}</span>` : nothing}${by ? html`<span>${by}</span>` : nothing}</span>
            ${one.note ? html`<span class="help">${one.note}</span>` : nothing}</span>
          <button class="button quiet" type="button" @click=${() => openPaper(versionOf(paper, n))}>${t("Open this version")}</button>
          ${n > 1 ? html`<button class="button quiet" type="button" @click=${() => compareVersions(paper, all[index - 1].document, one.document)}>${t("What changed")}</button>` : nothing}</li>`
      })
      .reverse()}</ol>`
  }

  #upload() {
    const busy = Boolean(this.#state)
    const words = {
      sending: t("Being sent …"),
      processing: t("Its pages are being drawn …"),
      comparing: t("Being compared with the version in use …"),
    }
    return busy
      ? html`<p role="status">${words[this.#state]}</p><progress max="1" .value=${this.#sent} aria-label=${words[this.#state]}></progress>`
      : html`<label class="button">${icon("upload")}${t("Replace with a new version …")}
          <input class="visually-hidden" type="file" data-first @change=${({ target }) => this.#send(target.files[0])}></label>
        <p class="help">${t("It is compared with the version in use first; nothing changes before you say so.")}</p>`
  }

  #reason() {
    return html`<div class="field"><label for="version-reason">${t("Why it may be uploaded all the same")}</label>
      <input id="version-reason" autocomplete="off" maxlength="500">
      <button class="button" type="button" @click=${() => this.#send(this.#file, this.#field("version-reason"))}>${t("Upload")}</button></div>`
  }

  #field(id) {
    const field = document.getElementById(id)
    return field instanceof HTMLInputElement ? field.value.trim() : ""
  }

  #summary(paper) {
    const { changed, marked } = this.#match
    const onStage = this.#meeting.view.stage.paper === this.#id && hasPage(this.#meeting.view.stage)
    const standing = this.#match.map.some(([old, , count]) => {
      const { page } = this.#meeting.view.stage
      return old <= page && page < old + count
    })
    return html`
      <section class="version-summary" aria-live="polite">
        <p><b>${summaryOf(this.#match)}</b></p>
        ${marked ? html`<p class="help">${tn("{n} person has notes on pages that change.", "{n} people have notes on pages that change.", marked)}</p>` : nothing}
        ${
          changed.length
            ? html`<ul class="plain">${changed
                .slice(0, 8)
                .map(
                  (one) =>
                    html`<li>${one.numbers ? html`<span class="badge">${t("numbers only")}</span> ` : nothing}${t("Page {page}", { page: one.new })}${one.texts[0] ? html`: <del>${one.texts[0][0] || "–"}</del> → <ins>${one.texts[0][1] || "–"}</ins>` : nothing}</li>`,
                )}</ul>`
            : nothing
        }
        <button class="button" type="button" @click=${() => compareVersions(paper, paper.document, this.#document)}>${icon("table-cells-split")}${t("Look at both side by side")}</button>
        <div class="field"><label for="version-note">${t("What is new (may be left out)")}</label>
          <input id="version-note" maxlength="500" autocomplete="off"></div>
        ${
          onStage
            ? html`<fieldset class="field"><legend>${t("This paper is on the screens")}</legend><div class="choices">
            <label class="check"><input type="radio" name="stage" value="keep" checked><span>${t("The screens keep the old page until the presenter goes on")}</span></label>
            <label class="check"><input type="radio" name="stage" value="switch" ?disabled=${!standing}><span>${t("The screens go to the new page now")}</span></label></div></fieldset>`
            : nothing
        }
      </section>`
  }

  async #send(file, reason = "") {
    if (!file) return
    this.#file = file
    this.#begin("sending")
    const { ok, answer } = await upload(this.#meeting.id, file, reason, (part) => this.#now("sending", part))
    if (this.#over) return
    if (!ok) return this.#fail(answer)
    this.#document = answer.id
    this.#now("processing", 0)
    await this.#compare()
  }

  async #compare() {
    const url = `/api/documents/${this.#document}/match?old=${this.#paper.document}`
    // A comparison that has failed is begun anew once, and not with every question how far it is.
    let again = "&again"
    while (!this.#over) {
      const found = await api("GET", url + again, undefined, shaped({ status: "string" })).catch((error) => ({ error }))
      if (this.#over) return
      if (found.error && found.error.name !== "Unanswered") return this.#fail({ message: found.error.message })
      if (found.status === "ready") {
        this.#match = found
        return this.#now("ready", 1)
      }
      if (found.status) again = ""
      if (found.status) this.#now(found.status, found.progress ?? 0.9)
      await new Promise((done) => setTimeout(done, ASK_AGAIN))
    }
  }

  async #replace(event) {
    event.preventDefault()
    if (this.#state !== "ready") return
    const { value = "keep" } = event.target.elements.stage ?? {}
    const note = this.#field("version-note")
    this.#now("replacing", 1)
    const args = { paper: this.#id, document: this.#document, on_stage: value, ...(note && { note }) }
    const done = await attempt(this.#meeting.send("replace_paper", args))
    if (done) {
      this.#document = ""
      this.#close(true)
    } else this.#now("ready", 1)
  }

  #begin(state) {
    this.#problem = ""
    this.#stamp = false
    this.#now(state, 0)
  }

  #now(state, part) {
    this.#state = state
    this.#sent = part
    this.draw()
  }

  #fail({ code = "", message = "" } = {}) {
    this.#problem = message || t("The connection was lost while the file was being sent.")
    this.#stamp = code === "secret_stamp"
    if (this.#document) api("DELETE", `/api/documents/${this.#document}`, undefined, NOTHING).catch(() => undefined)
    this.#document = ""
    this.#now("", 0)
  }
}

/** "12 pages unchanged · page 4 changed · 2 new pages · 1 page left out". */
export function summaryOf({ same, changed, added, removed, moved }) {
  const pages = changed.map((one) => one.new).sort((a, b) => a - b)
  const few = pages.slice(0, 12).join(", ") + (pages.length > 12 ? ", …" : "")
  return [
    tn("{n} page unchanged", "{n} pages unchanged", same),
    pages.length && tn("page {list} changed", "pages {list} changed", pages.length, { list: few }),
    added.length && tn("{n} new page", "{n} new pages", added.length),
    removed.length && tn("{n} page left out", "{n} pages left out", removed.length),
    moved.length && tn("{n} page moved", "{n} pages moved", moved.length),
  ]
    .filter(Boolean)
    .join(" · ")
}

/** With XMLHttpRequest, since fetch does not tell how much has gone. */
function upload(meeting, file, reason, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append("id", uid())
    body.append("single", "1") // a ZIP is many papers, and no version of one
    if (reason) body.append("override_reason", reason)
    body.append("file", file, file.name)
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0)
    request.onerror = () => resolve({ ok: false, answer: {} })
    request.onload = () => {
      const type = request.getResponseHeader("Content-Type") || ""
      const found = understood({ status: request.status, type, text: request.responseText }, shaped({ id: "string" }))
      resolve({ ok: Boolean(found?.ok), answer: (found?.ok ? found.body : found?.body?.error) ?? {} })
    }
    request.open("POST", `/api/meetings/${encodeURIComponent(meeting)}/documents`)
    request.setRequestHeader("X-Meetingroom", "1")
    if (belongsTo()) request.setRequestHeader("X-Meetingroom-As", belongsTo())
    request.send(body)
  })
}
