/** <stage-media>: a recording or a photo of a case. On big screens it runs in step; tablets have a still and the time. */

import { takePlayer, takeStill } from "../../case/media-ahead.js"
import { photoPicture } from "../../case/page-pictures.js"
import { durationOf, rateOf } from "../../case/media-time.js"
import { nameOfMedia, posterUrl, SIGNS, viewUrl } from "../../case/media-places.js"
import { MediaSync } from "../../case/media-sync.js"
import { endOf, startOf, targetOf } from "../../case/playing-rule.js"
import { soundOf } from "../../case/sound.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import "./case-page.js"

const CLOCK = 250

/**
 * `what` is {meeting, media, rect?, plays, big, passive, alone?, scrubs?}: `media` as the stage has it; `plays`: it runs on
 * this screen; `big`: this is one that may be heard; `alone`: its reader plays it by hand; `scrubs`: its presenter moves it. Events: `painted` once it can be seen
 * (or played from where it stands), `unpainted` when it cannot.
 */
export class StageMedia extends HTMLElement {
  #what
  #sync
  #player
  #poster = "coming"
  /** The still that lay ready. @type {HTMLImageElement | undefined} */
  #early
  #broken = false
  #life
  #timer
  /** The last {drift, seekTime} in seconds, for whoever measures. */
  drift
  #name = ""

  connectedCallback() {
    this.#life = new AbortController()
    // Any finger will do: the browser asks that somebody has touched the screen.
    const touched = () => this.#sync && (this.#sync.refused || this.#sync.silent) && this.#touch()
    document.addEventListener("click", touched, { signal: this.#life.signal })
  }

  disconnectedCallback() {
    this.#life.abort()
    clearInterval(this.#timer)
    this.#end()
  }

  set what(what) {
    const before = this.#what
    // Said at every drawing of the stage: only what is new is followed.
    if (before && Object.keys(what).every((name) => what[name] === before[name])) return
    this.#what = what
    if (what.big && before?.meeting !== what.meeting)
      soundOf(what.meeting).addEventListener("change", () => this.#heard(), { signal: this.#life.signal })
    const name = `${what.media.media} ${what.plays} ${Boolean(what.alone)}`
    if (name !== this.#name) this.#begin(name)
    this.#sync?.follow(what.media)
    this.#draw()
    clearInterval(this.#timer)
    if (what.media.playing) this.#timer = setInterval(() => this.#tell(), CLOCK)
  }

  get what() {
    return this.#what
  }

  /** Is what the stage wants of this screen there? */
  get ready() {
    if (!this.#what) return false
    const { kind } = this.#what.media
    if (kind === "photo") return Boolean(this.#page?.ready)
    if (this.#sync) return this.#sync.ready
    return kind === "audio" || this.#poster !== "coming"
  }

  get silent() {
    return Boolean(this.#sync?.silent)
  }

  get #page() {
    return /** @type {any} */ (this.querySelector("case-page"))
  }

  #begin(name) {
    this.#end()
    this.#name = name
    this.#poster = "coming"
    const { media, meeting, plays, alone } = this.#what
    if (media.kind === "photo") return
    if (!(plays || alone)) return this.#takeStill(media)
    const player = takePlayer(media)
    this.#player = player
    Object.assign(player, { preload: "auto", controls: Boolean(alone), muted: true })
    player.setAttribute("aria-label", media.title)
    player.setAttribute("playsinline", "")
    if (alone) {
      const begin = () => {
        player.currentTime = targetOf(media, meeting.now()).position
      }
      if (player.readyState) begin()
      else player.addEventListener("loadedmetadata", begin)
      return
    }
    player.setAttribute("disablepictureinpicture", "")
    const sync = new MediaSync(player, () => meeting.now())
    this.#sync = sync
    sync.addEventListener("ready", () => this.#say("painted"))
    for (const kind of ["refused", "silent"])
      sync.addEventListener(kind, () => {
        this.#say(sync.ready ? "painted" : "unpainted")
        this.#draw()
      })
    sync.addEventListener("drift", (/** @type {any} */ { detail }) => {
      this.drift = detail
    })
    player.addEventListener("error", () => this.#failed())
    player.addEventListener("canplay", () => this.#came())
    this.#heard()
  }

  #takeStill(media) {
    this.#early = takeStill(media)
    if (!this.#early) return
    Object.assign(this.#early, { className: "media-still", alt: "" })
    this.#poster = "there"
    requestAnimationFrame(() => this.#say("painted"))
  }

  #end() {
    this.#early = undefined
    this.#sync?.stop()
    this.#sync = undefined
    this.#player = undefined
    this.#broken = false
    this.#name = ""
  }

  /** A line that broke: once more, after a moment, for as long as it is on the stage. */
  #failed() {
    const player = this.#player
    this.#broken = true
    this.#draw()
    this.#say("unpainted")
    setTimeout(() => {
      if (player && player === this.#player) player.load()
    }, 2000)
  }

  #came() {
    if (!this.#broken) return
    this.#broken = false
    this.#draw()
    this.#say(this.ready ? "painted" : "unpainted")
  }

  #heard() {
    if (!this.#what?.big) return
    this.#sync?.sounds(soundOf(this.#what.meeting).wanted)
    this.#draw()
  }

  #touch() {
    this.#sync.touched()
    this.#draw()
    this.#say(this.ready ? "painted" : "unpainted")
  }

  #say(type) {
    if (this.isConnected) this.dispatchEvent(new CustomEvent(type, { bubbles: true }))
  }

  #draw() {
    if (!this.isConnected) return
    const { media } = this.#what
    render(
      html`
        <div class="media-picture ${media.kind}">${this.#picture(media)}</div>
        ${this.#asks()}
        <div class="bl-strip"><b>${nameOfMedia(media)}</b>
          ${media.label && media.title ? html`<span>${media.title}</span>` : nothing}
          ${media.caption ? html`<small>${media.caption}</small>` : nothing}
          ${media.transcoded ? html`<small class="tag">${t("viewing copy")}</small>` : nothing}
          ${this.#tellsTime ? nothing : html`<small class="media-time"></small>`}</div>`,
      this,
    )
    const page = this.#page
    if (page) page.place = this.#place(media)
    this.#tell()
  }

  /** Does something else than the line below it tell the second, or is there none? */
  get #tellsTime() {
    const { media, plays, alone, scrubs } = this.#what
    return media.kind !== "video" || alone || !plays || scrubs
  }

  #place(media) {
    const url = viewUrl(media)
    return {
      document: media.media,
      page: 1,
      picture: () => photoPicture(media),
      rect: this.#what.rect,
      name: media.title || url,
    }
  }

  #picture(media) {
    const { passive, plays, alone } = this.#what
    if (media.kind === "photo") return html`<case-page ?passive=${passive}></case-page>`
    if (media.kind === "video" && (plays || alone)) return this.#player
    return html`
      ${media.kind === "audio" ? (this.#player ?? nothing) : this.#still(media)}
      <div class="media-card">${icon(SIGNS[media.kind])}<p>${media.title}</p>
        ${alone ? nothing : html`<b class="media-big-time"></b><div class="media-line"><i></i></div>`}
        ${plays || alone ? nothing : html`<small>${t("Please watch it on the big screen.")}</small>`}</div>`
  }

  #still(media) {
    if (this.#poster === "none") return nothing
    if (this.#early) return this.#early
    const came = (how) => () => {
      this.#poster = how
      this.#draw()
      this.#say("painted")
    }
    return html`<img class="media-still" src=${posterUrl(media)} alt="" @load=${came("there")} @error=${came("none")}>`
  }

  /** What a person has to do before the browser plays, or lets itself be heard. */
  #asks() {
    const sync = this.#sync
    if (!sync) return nothing
    if (this.#broken)
      return html`<p class="media-card media-ask" role="status">${icon("wifi-off")}${t("The recording does not arrive. It is tried again by itself.")}</p>`
    if (sync.refused)
      return html`<button type="button" class="button primary big media-ask">${icon("play")}${t("Touch to see it")}</button>`
    if (!this.#what.big) return nothing
    const sound = soundOf(this.#what.meeting)
    if (sound.wanted && sync.silent)
      return html`<button type="button" class="button primary big media-ask">${icon("volume-2")}${t("Touch to hear it")}</button>`
    const word = sound.wanted ? t("No sound from this screen") : t("Sound from this screen")
    return html`<button type="button" class="button compact media-sound" aria-pressed=${sound.wanted} @click=${() => {
      sound.choose(!sound.wanted)
    }}>${icon(sound.wanted ? "volume-2" : "volume-x")}${word}</button>`
  }

  /** The running time, without drawing anything else anew. */
  #tell() {
    const { media, meeting } = this.#what
    if (media.kind === "photo") return
    const { position } = targetOf(media, meeting.now())
    const [from, to] = [startOf(media), endOf(media)]
    const words = `${durationOf(position)} / ${durationOf(to)}${media.rate === 1 ? "" : ` · ${rateOf(media.rate)}`}`
    for (const place of this.querySelectorAll(".media-time, .media-big-time")) place.textContent = words
    /** @type {HTMLElement | null} */
    const line = this.querySelector(".media-line i")
    if (line) line.style.transform = `scaleX(${to > from ? (position - from) / (to - from) : 0})`
  }
}

customElements.define("stage-media", StageMedia)

/** `what` of the recording on the stage, for the part that shows it: who presents sees it run as well, without a sound. */
export function whatPlays(place, own) {
  const { meeting } = place
  const [big, passive] = ["big", "passive"].map((name) => place.hasAttribute(name))
  if (own) return { meeting, media: own.media, passive, alone: true, plays: false, big: false }
  const { media, rect } = meeting.view.stage
  const { holding } = meeting
  const plays = big || holding || Boolean(media.everywhere)
  return { meeting, media, rect, passive, big, plays, scrubs: holding && !passive }
}
