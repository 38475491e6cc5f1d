/** <case-media>: photos, audio and video of a case, each with what is said of it; one is looked at by oneself alone. */

import { boot, caseData } from "../../case/case-data.js"
import { api, NOTHING } from "../../lib/api.js"
import { copy } from "../../lib/copy.js"
import { confirm } from "../../lib/dialog.js"
import { html, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { size } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { fields } from "./case-volumes.js"
import { lookAt } from "./media-player.js"
import { durationOf } from "../../case/media-time.js"

const BUSY = 1500
const QUIET = 30000
const isListing = shaped({ media: "list" })
const ICONS = { photo: "image", audio: "headphones", video: "tv" }
const STATES = { waiting: () => t("waiting to be prepared"), working: () => t("being converted") }

class CaseMedia extends HTMLElement {
  #timer
  #found

  connectedCallback() {
    this.path = `/api/cases/${encodeURIComponent(boot.case)}/media`
    // What was confirmed above the list is in it at once.
    caseData().addEventListener("change", () => this.refresh())
    this.refresh()
  }

  async refresh() {
    clearTimeout(this.#timer)
    const found = await api("GET", this.path, undefined, isListing).catch(() => null)
    if (found) this.#found = found
    this.#draw()
    const busy = this.#found?.media.some((one) => one.state in STATES) && document.visibilityState === "visible"
    this.#timer = setTimeout(() => this.refresh(), busy ? BUSY : QUIET)
  }

  #draw() {
    if (!this.#found) return render(html`<p class="help" role="status">${t("Loading…")}</p>`, this)
    const { media, ffmpeg, worker } = this.#found
    const waiting = media.some((one) => one.state in STATES)
    render(
      html`${!ffmpeg && boot.edit ? html`<p class="notice warn">${icon("triangle-alert")}<span>${t("Audio and video are kept, but cannot be prepared to be shown: ffmpeg is not installed on the server. Please tell the administrator.")}</span></p>` : nothing}
      ${waiting && worker === false ? html`<p class="notice warn">${icon("triangle-alert")}<span>${t("Files are taken, but nothing is prepared at the moment. Please tell the administrator.")}</span></p>` : nothing}
      ${media.length ? html`<ul class="media-list plain">${repeat(media, (one) => one.id, this.#row)}</ul>` : nobody()}`,
      this,
    )
  }

  #row = (one) => html`<li class="card media-row" data-media=${one.id}>
    <button type="button" class="media-poster" ?disabled=${one.state !== "ready"} @click=${() => this.#look(one)} aria-label=${t("Look at {title}", one)}>
      ${hasPoster(one) ? html`<img src="/cases/${boot.case}/media/${one.id}/poster.webp" alt="" loading="lazy">` : icon(ICONS[one.kind], { kind: "large" })}
      ${one.seconds ? html`<span class="media-length">${durationOf(one.seconds)}</span>` : nothing}
    </button>
    <div class="media-words">
      <h3>${one.title}</h3>
      <p class="media-badges">${one.bl ? html`<span class="badge" translate="no">BL ${one.bl}</span>` : nothing}
        ${one.label ? html`<span class="badge">${icon("info")}${one.label}</span>` : nothing}
        <span class="help">${[kindOf(one), one.width && `${one.width} × ${one.height}`, size(one.bytes)].filter(Boolean).join(" · ")}</span></p>
      ${one.caption ? html`<p class="media-caption">${one.caption}</p>` : nothing}
      ${one.source ? html`<p class="help">${this.#sourceOf(one)}</p>` : nothing}
      ${this.#stateOf(one)}
      ${one.clips.length ? html`<ul class="media-clips plain">${one.clips.map((clip) => this.#clip(one, clip))}</ul>` : nothing}
      <details class="media-more"><summary>${t("Original")} <code translate="no">${one.sha256.slice(0, 12)}…</code></summary>
        <p><span class="file-name">${one.filename}</span></p>
        <p>SHA-256 <code class="file-name" translate="no">${one.sha256}</code>
          <button type="button" class="button quiet compact" @click=${() => copy(one.sha256)}>${icon("copy")}${t("Copy")}</button></p>
        ${boot.edit ? html`<a class="button compact" href="/cases/${boot.case}/media/${one.id}/original" download>${icon("download")}${t("Download the original")}</a>` : nothing}
      </details>
    </div>
    ${boot.edit ? this.#acts(one) : nothing}
  </li>`

  #clip(one, clip) {
    const still = one.state !== "ready"
    return html`<li class="media-clip"><button type="button" class="link-button" ?disabled=${still} @click=${() => this.#look(one, clip)}>${icon("scissors")}${clip.title}</button>
      <span class="help">${durationOf(clip.from)}–${durationOf(clip.to)}</span>
      ${
        boot.edit
          ? html`<span class="buttons"><button type="button" class="button quiet icon-only" aria-label=${t("Change the part {title}", clip)} ?disabled=${still} @click=${() => this.#look(one, clip)}>${icon("pencil")}</button>
        <button type="button" class="button quiet icon-only" aria-label=${t("Remove the part {title}", clip)} ?disabled=${still} @click=${() => this.#removePart(one, clip)}>${icon("trash-2")}</button></span>`
          : nothing
      }</li>`
  }

  #acts(one) {
    return html`<div class="media-acts">
      ${one.state in STATES ? html`<button type="button" class="button compact" @click=${() => this.#send("POST", one, { at: "/cancel" })}>${icon("x")}${t("Cancel")}</button>` : nothing}
      ${one.error?.again ? html`<button type="button" class="button compact" @click=${() => this.#send("POST", one, { at: "/retry" })}>${icon("refresh-cw")}${t("Try again")}</button>` : nothing}
      <button type="button" class="button quiet icon-only" aria-label=${t("Change {title}", one)} @click=${() => this.#change(one)}>${icon("pencil")}</button>
      <button type="button" class="button quiet icon-only" aria-label=${t("Remove {title}", one)} @click=${() => this.#remove(one)}>${icon("trash-2")}</button>
    </div>`
  }

  #stateOf(one) {
    if (one.error) return html`<span class="error">${icon("circle-alert")}<span>${one.error.message}</span></span>`
    if (one.missing) return html`<p class="notice warn">${icon("triangle-alert")}<span>${lacking(one)}</span></p>`
    const words = STATES[one.state]?.()
    if (!words) return nothing
    return html`<progress max="100" .value=${one.percent} aria-label=${words}></progress><p class="help" role="status">${words}${one.percent ? ` · ${one.percent} %` : ""}</p>`
  }

  #sourceOf(one) {
    const source = this.#found.media.find((each) => each.id === one.source)
    const at = durationOf(one.second)
    return source
      ? t("Still of “{title}” at {at}", { title: source.title, at })
      : t("Still of a video that was removed, at {at}", { at })
  }

  #look(one, clip = undefined) {
    lookAt({ one, clip, path: this.path, edit: boot.edit, changed: () => this.refresh() })
  }

  async #change(one) {
    const found = await fields(t("Photo or recording"), [
      ["title", t("Title"), one.title],
      ["caption", t("Caption"), one.caption],
      ["bl", t("File page numbers (BL)"), one.bl],
    ])
    if (found) this.#send("PATCH", one, { json: found })
  }

  async #remove(one) {
    const sure = await confirm({
      title: t("Remove {title}?", one),
      text: t("The original, what is shown of it and its parts are deleted from the case. Stills that were kept stay."),
      yes: t("Remove"),
      danger: true,
    })
    if (sure) this.#send("DELETE", one, { proof: NOTHING })
  }

  async #removePart(one, clip) {
    const sure = await confirm({
      title: t("Remove the part {title}?", clip),
      text: t("Only its mark goes: the recording stays as it is, and what a script or a map shows of it as well."),
      yes: t("Remove"),
      danger: true,
    })
    if (sure) this.#send("DELETE", one, { at: `/clips/${clip.id}` })
  }

  /** @param {string} method @param {any} one @param {{ at?: string, json?: any, proof?: any }} more */
  async #send(method, one, { at = "", json, proof } = {}) {
    try {
      await api(method, `${this.path}/${one.id}${at}`, json, proof)
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.refresh()
  }
}

const hasPoster = (one) => one.state === "ready" && one.kind !== "audio"

const lacking = ({ seconds, missing }) =>
  t("Something is missing: the file says that it lasts {said}, and only {found} of it could be read.", {
    said: durationOf(seconds + missing),
    found: durationOf(seconds),
  })

const kindOf = (one) => ({ photo: t("Photo"), audio: t("Audio"), video: t("Video") })[one.kind]

const nobody = () =>
  html`<section class="state">${icon("images")}<h3>${t("No photo, audio or video in this case yet")}</h3><p>${t("Photos of the scene, recordings of calls and of cameras come in above. The original is kept as it came.")}</p></section>`

customElements.define("case-media", CaseMedia)
