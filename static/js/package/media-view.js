/** A recording or a photograph, the same second in both windows: who presents plays, the audience's window follows. */

import { t } from "../lib/t.js"
import { media } from "./data.js"
import { el, icon } from "./el.js"

const APART = 0.35 // seconds that the windows may be apart before one jumps

export class MediaView {
  element = el("div", { class: "medium" })
  #player
  #id = ""
  #showing = 0
  /** Where the part ends that is shown, until it has ended once: whoever goes on hears the rest. */
  #to
  #ask

  /** `tell({position, playing, rate})` is called when who presents plays, stops or seeks; without it this window follows. */
  constructor(tell) {
    this.say = tell
    if (!tell) for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, () => this.#touched())
  }

  /** `showing` is another number each time it is shown: also the same recording begins then, at its part. */
  show({ medium, from = 0, to, play, showing, covered }) {
    const about = media[medium]
    if (!about) return
    const isNew = this.#showing !== showing || this.#id !== medium
    if (this.#id !== medium) this.#make(medium, about, from)
    else if (isNew) this.#begin(from)
    this.#showing = showing
    if (isNew) this.#to = to
    if (covered && this.#plays) this.#player.pause()
    else if (!this.say && play) this.#follow(play)
  }

  stop() {
    this.#id = ""
    this.#player = undefined
    this.#ask = undefined
    this.element.replaceChildren()
  }

  set muted(quiet) {
    if (this.#plays) this.#player.muted = quiet
  }

  /** Plays, or stops. */
  toggle() {
    if (!this.#plays) return
    if (this.#player.paused) this.#player.play().catch(() => {})
    else this.#player.pause()
  }

  /** @param {number} by seconds */
  skip(by) {
    if (this.#plays) this.#player.currentTime = Math.max(0, this.#player.currentTime + by)
  }

  /** A photo does not. */
  get #plays() {
    return Boolean(this.#player && "play" in this.#player)
  }

  #make(medium, about, from) {
    this.#id = medium
    this.#ask = undefined
    this.#player =
      about.kind === "photo"
        ? el("img", { src: about.file, alt: about.title, class: "medium-picture" })
        : this.#recording(about, from)
    const more = [about.bl && about.title, about.caption, about.transcoded && t("a copy for viewing")]
    this.element.replaceChildren(
      this.#player,
      el("p", { class: "medium-caption" }, [
        el("b", {}, about.bl ? `BL ${about.bl}` : about.title),
        el("span", {}, more.filter(Boolean).join(" · ")),
      ]),
    )
  }

  #recording(about, from) {
    const player = el(about.kind === "audio" ? "audio" : "video", {
      src: about.file,
      poster: from ? undefined : about.poster,
      controls: Boolean(this.say),
      preload: "auto",
      playsinline: true,
    })
    const begin = () => {
      player.currentTime = from
    }
    if (from) player.addEventListener("loadedmetadata", begin, { once: true })
    if (!this.say) return player
    player.addEventListener("timeupdate", () => this.#end(player))
    for (const event of ["play", "pause", "seeked", "ratechange"])
      player.addEventListener(event, () =>
        this.say({ position: player.currentTime, playing: !player.paused, rate: player.playbackRate, at: Date.now() }),
      )
    return player
  }

  #begin(from) {
    if (!this.#plays) return
    this.#player.pause()
    this.#player.currentTime = from
  }

  #end(player) {
    if (!this.#to || player.currentTime < this.#to) return
    this.#to = undefined
    player.pause()
  }

  #follow({ position, playing, rate, at }) {
    if (!this.#plays) return
    const player = this.#player
    const target = position + (playing ? ((Date.now() - at) / 1000) * rate : 0)
    player.playbackRate = rate
    if (Math.abs(player.currentTime - target) > (playing ? APART : 0.04)) player.currentTime = target
    if (playing) this.#play(player)
    else player.pause()
  }

  /** A window that nobody has touched may only play without sound. */
  async #play(player) {
    try {
      await player.play()
    } catch (problem) {
      if (problem.name !== "NotAllowedError" || player.muted) return
      player.muted = true
      this.#ask = el("button", { type: "button", class: "button primary medium-ask" }, [
        icon("volume-2"),
        t("Touch to hear it"),
      ])
      this.element.append(this.#ask)
      player.play().catch(() => {})
    }
  }

  #touched() {
    if (!this.#ask) return
    this.#ask.remove()
    this.#ask = undefined
    this.muted = false
  }
}
