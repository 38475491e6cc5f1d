/** <media-tools>: what the presenter of a recording presses: play, the second, five back and on, the speed, on which screens. */

import { durationOf, rateOf } from "../../case/media-time.js"
import { myCases } from "../../case/my-cases.js"
import { endOf, hasEnded, startOf, targetOf } from "../../case/playing-rule.js"
import { readyScreensOf } from "../../case/ready-screens.js"
import { ask } from "../../lib/ask.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { presides } from "../../meeting/rights.js"
import { Part } from "../core/part.js"
import { ZoomFrame } from "../stage/zoom-frame.js"
import * as hand from "./media-hand.js"

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2]
const CLOCK = 250

export class MediaTools extends Part {
  watches = ["stage", "meeting"]
  emptyAtFirst = true

  #timer
  #frame
  #dragged = false
  #role = { case: "", edits: false }

  started(meeting) {
    this.listensTo(readyScreensOf(meeting), "change")
    this.#timer = setInterval(() => this.#tell(), CLOCK)
    this.signal.addEventListener("abort", () => {
      clearInterval(this.#timer)
      this.#frame?.end()
    })
  }

  draw({ stage }, meeting) {
    const { media } = stage
    this.hidden = !media || !(meeting.holding || presides(meeting.me))
    if (this.hidden) return nothing
    if (!meeting.holding)
      return media.kind === "photo" ? nothing : html`<div class="media-row">${this.#where(media)}</div>`
    return html`
      ${media.kind === "photo" ? nothing : this.#line(media)}
      <div class="media-row">
        ${stage.map ? html`<button type="button" class="button primary" @click=${() => hand.back(meeting)}>${icon("undo-2")}${t("Back to the map")}</button>` : nothing}
        ${media.kind === "video" && !media.playing && this.#edits(media.case) ? html`<button type="button" class="button" @click=${() => this.#keep(media)}>${icon("image")}${t("Keep a still of this moment")}</button>` : nothing}
        ${media.kind === "photo" ? this.#zoom(stage) : html`${this.#rate()}${this.#where(media)}`}
        ${this.#ready()}
      </div>`
  }

  drawn() {
    this.#tell()
  }

  #line(media) {
    const { meeting } = this
    const runs = media.playing && !hasEnded(media, meeting.now())
    const button = (word, sign, act, more = "") =>
      html`<button type="button" class="button ${more}" title=${word} aria-label=${word} @click=${act}>${icon(sign)}</button>`
    return html`<div class="media-row">
      ${button(runs ? t("Pause") : t("Play"), runs ? "pause" : "play", () => hand.toggle(meeting), "primary media-play")}
      ${button(t("Five seconds back"), "rewind", () => hand.skip(meeting, -5))}
      ${button(t("Five seconds on"), "fast-forward", () => hand.skip(meeting, 5))}
      <input type="range" class="media-scrub" aria-label=${t("Moment of the recording")} min=${startOf(media)} max=${endOf(media)} step="0.1"
        @input=${() => {
          this.#dragged = true
          this.#tell()
        }} @change=${({ target }) => {
          this.#dragged = false
          attempt(meeting.send("seek", { position: Number(target.value) }))
        }}>
      <output class="media-now"></output></div>`
  }

  #rate() {
    const now = hand.rateOf(this.meeting)
    const rates = RATES.includes(now) ? RATES : [...RATES, now].sort((a, b) => a - b)
    return html`<label class="media-rate">${icon("gauge")}<span class="visually-hidden">${t("Speed")}</span>
      <select class="input" @change=${({ target }) => hand.setRate(this.meeting, Number(target.value))}>${rates.map(
        (rate) => html`<option value=${rate} ?selected=${rate === now}>${rateOf(rate)}</option>`,
      )}</select></label>`
  }

  #where(media) {
    const choose = (where) => () => attempt(this.meeting.send("play_on", { where }))
    return html`<span class="media-where" role="group" aria-label=${t("Where it runs")}>
      <button type="button" class="button" aria-pressed=${!media.everywhere} @click=${choose("screens")}>${icon("projector")}${t("On the big screens")}</button>
      <button type="button" class="button" aria-pressed=${Boolean(media.everywhere)} @click=${choose("everywhere")}>${icon("tablet-smartphone")}${t("On every device")}</button></span>`
  }

  /** Whether I may add to the case; asked once. */
  #edits(case_) {
    if (this.#role.case !== case_) {
      this.#role = { case: case_, edits: false }
      myCases().then((mine) => {
        this.#role.edits = mine.some(({ id, role }) => id === case_ && ["owner", "helper"].includes(role))
        this.redraw()
      })
    }
    return this.#role.edits
  }

  /** The still picture becomes a photo of the case. */
  async #keep(media) {
    const { position: at } = targetOf(media, this.meeting.now())
    const url = `/api/cases/${encodeURIComponent(media.case)}/media/${encodeURIComponent(media.media)}/stills`
    const { ok, body } = await ask(url, { method: "POST", json: { at } })
    if (ok) toast(t("The picture at {moment} is now a photo of the case.", { moment: durationOf(at) }))
    else toast(body?.error?.message || t("No connection. Try again in a moment."), { kind: "bad" })
  }

  #zoom(stage) {
    if (stage.rect)
      return html`<button type="button" class="button" @click=${() => attempt(this.meeting.send("zoom"))}>${icon("zoom-out")}${t("Whole photo")}</button>`
    return html`<button type="button" class="button" aria-pressed=${Boolean(this.#frame)} @click=${() => this.#cut()}>${icon("zoom-in")}${t("Zoom in")}</button>`
  }

  #cut() {
    if (this.#frame) return this.#frame.end()
    const page = document.querySelector("stage-media case-page")
    if (!page) return undefined
    this.#frame = new ZoomFrame(page, (rect) => {
      this.#frame = undefined
      if (rect) attempt(this.meeting.send("zoom", { rect }))
      this.redraw()
    })
    return this.redraw()
  }

  /** "3/4 screens have it", and which big ones are not heard. */
  #ready() {
    const counts = readyScreensOf(this.meeting).counts
    if (!counts) return nothing
    const { shown, all, big, silent } = counts
    const { media } = this.meeting.view.stage
    const alone = media.kind !== "photo" && !media.everywhere && !big.all
    return html`<span class="media-ready ${shown < all ? "lacking" : ""}">${icon(shown < all ? "loader-circle" : "circle-check")}${t("{shown}/{all} screens ready", { shown, all })}</span>
      ${alone ? html`<span class="media-ready lacking">${icon("triangle-alert")}${t("No big screen is here: it runs before you alone")}</span>` : nothing}
      ${silent.length ? html`<span class="media-ready lacking">${icon("volume-x")}${t("No sound yet: {names}", { names: silent.map((name) => name || t("Big screen")).join(", ") })}</span>` : nothing}`
  }

  #tell() {
    const media = this.meeting?.view?.stage.media
    /** @type {HTMLInputElement | null} */
    const scrub = this.querySelector(".media-scrub")
    if (!media || !scrub) return
    const now = this.meeting.now()
    if (!this.#dragged) scrub.value = String(targetOf(media, now).position)
    const words = `${durationOf(Number(scrub.value))} / ${durationOf(endOf(media))}`
    scrub.setAttribute("aria-valuetext", words)
    const place = this.querySelector(".media-now")
    if (place) place.textContent = words
    // Its end comes without a word from the server.
    const ended = this.querySelector(".media-play")?.getAttribute("aria-label") === t("Pause") && hasEnded(media, now)
    if (ended) this.redraw()
  }
}

customElements.define("media-tools", MediaTools)
