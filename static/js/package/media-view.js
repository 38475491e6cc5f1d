/** A recording or a photograph, the same second in both windows: who presents plays, the audience's window follows. */

import { t } from "../lib/t.js"
import { media } from "./data.js"
import { el } from "./el.js"

const APART = 0.35 // seconds that the windows may be apart before one jumps

export class MediaView {
  element = el("div", { class: "medium" })
  #player
  #id = ""

  /** `tell({position, playing, rate})` is called when who presents plays, stops or seeks; without it this window follows. */
  constructor(tell) {
    this.say = tell
  }

  show({ medium, from, play }) {
    const about = media[medium]
    if (!about) return
    if (this.#id !== medium) {
      this.#id = medium
      this.#player = this.#make(about, from)
      this.element.replaceChildren(
        this.#player,
        el("p", { class: "medium-caption" }, [
          el("b", {}, about.bl ? `BL ${about.bl}` : about.title),
          el(
            "span",
            {},
            [about.bl && about.title, about.caption, about.transcoded && t("a copy for viewing")]
              .filter(Boolean)
              .join(" · "),
          ),
        ]),
      )
    }
    if (!this.say && play) this.#follow(play)
  }

  stop() {
    this.#id = ""
    this.element.replaceChildren()
  }

  set muted(quiet) {
    if (this.#player && "muted" in this.#player) this.#player.muted = quiet
  }

  #make(about, from = 0) {
    if (about.kind === "photo") return el("img", { src: about.file, alt: about.title, class: "medium-picture" })
    const player = el(about.kind === "audio" ? "audio" : "video", {
      src: about.file,
      poster: about.poster,
      controls: Boolean(this.say),
      preload: "auto",
      playsinline: true,
    })
    if (from)
      player.addEventListener(
        "loadedmetadata",
        () => {
          player.currentTime = from
        },
        { once: true },
      )
    for (const event of this.say ? ["play", "pause", "seeked", "ratechange"] : [])
      player.addEventListener(event, () =>
        this.say({ position: player.currentTime, playing: !player.paused, rate: player.playbackRate, at: Date.now() }),
      )
    return player
  }

  #follow({ position, playing, rate, at }) {
    const player = this.#player
    if (!player || !("play" in player)) return
    const target = position + (playing ? ((Date.now() - at) / 1000) * rate : 0)
    player.playbackRate = rate
    if (Math.abs(player.currentTime - target) > (playing ? APART : 0.04)) player.currentTime = target
    if (playing) player.play().catch(() => {})
    else player.pause()
  }
}
