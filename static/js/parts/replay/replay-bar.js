/** <replay-bar>: the line of time with its marks, and what moves it: play, back, on, how fast, over silence or not. */

/** @import { ReplayLine } from "../../meeting/replay-line.js" */

import { html, nothing, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { local } from "../../lib/storage.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { t } from "../../lib/t.js"
import { second } from "../../lib/time.js"
import { FASTEST, markAfter, markBefore, SLOWEST } from "../../meeting/playback.js"
import { Part } from "../core/part.js"
import { isLarge, signOf, wordsOf } from "./mark-words.js"

const KEPT = "replay"
const GRACE = 1500 // ms of the reader's time: just after a mark, "back" is the one before
const NEAR = 8 // px: who presses beside a mark means it
const APART = 30 // px between two marks over the line
const MINUTE = 60000
const SAID_FOR = 2500

export const STEP = 30000
export const remembered = () => {
  const { speed = 10, leaps = true } = local.read(KEPT) ?? {}
  return { speed: Number(speed), leaps: leaps !== false }
}

export class ReplayBar extends Part {
  // What is dragged here moves the time itself.
  waitsForTouch = false
  waitsForEditing = false

  /** @type {ReplayLine} */
  line = undefined

  #left = 0
  #saying

  started() {
    this.listensTo(this.line, "time")
    this.listensTo(this.line, "leap", ({ detail: { left } }) => this.#leapt(left))
    const resized = new ResizeObserver(() => this.redraw())
    resized.observe(this)
    this.signal.addEventListener("abort", () => resized.disconnect())
  }

  waiting() {
    return nothing
  }

  draw() {
    const { playback, marks } = this.line
    if (!playback) return nothing
    const { at, from, until, playing, speed, leaps } = playback
    const length = Math.max(1000, until - from)
    return html`
      <div class="replay-line">
        <svg class="replay-ticks" aria-hidden="true">${this.#ticks(marks, from, length)}</svg>
        <input type="range" class="replay-range" min="0" max=${length} step="100" .value=${String(at - from)}
          aria-label=${t("Time of the meeting")} aria-valuetext=${second(at)}
          @input=${({ target }) => this.line.seek(from + Number(target.value))}
          @change=${({ target }) => this.#snap(from + Number(target.value), length)}
          @keydown=${(event) => this.#keyed(event)}>
        <div class="replay-marks">${marks.filter(isLarge).map(
          (mark) => html`
          <button type="button" class="replay-mark ${mark.kind}" data-at=${mark.at} tabindex="-1"
            title=${`${second(mark.at)} · ${wordsOf(mark)}`} aria-label=${wordsOf(mark)}
            @click=${() => this.line.seek(mark.at)}>${mark.kind === "item" ? mark.n : icon(signOf(mark))}</button>`,
        )}</div>
      </div>
      <div class="replay-acts">
        <button type="button" class="button icon-only" title=${withKey(t("Previous mark"), "[")} aria-label=${t("Previous mark")}
          aria-keyshortcuts=${keyOf("[")} @click=${() => this.back()}>${icon("chevrons-left")}</button>
        <button type="button" class="button primary icon-only replay-play" title=${playing ? t("Pause") : t("Play")}
          aria-label=${playing ? t("Pause") : t("Play")} aria-keyshortcuts="Space" @click=${() => this.toggle()}>${icon(playing ? "pause" : "play")}</button>
        <button type="button" class="button icon-only" title=${withKey(t("Next mark"), "]")} aria-label=${t("Next mark")}
          aria-keyshortcuts=${keyOf("]")} @click=${() => this.on()}>${icon("chevrons-right")}</button>
        <p class="replay-time"><time>${second(at)}</time><small>/ ${second(until)}</small></p>
        <p class="replay-said" role="status">${this.#left ? html`${icon("hourglass")}<span>${said(this.#left)}</span>` : nothing}</p>
        <label class="replay-speed"><span class="visually-hidden">${t("Speed")}</span>
          <input type="range" min=${SLOWEST} max=${FASTEST} step="1" .value=${String(speed)} aria-valuetext=${`${speed}×`}
            title=${withKey(t("Speed"), "+ −")} @input=${({ target }) => this.hasten(Number(target.value))}><output>${speed}×</output></label>
        <button type="button" class="button replay-leaps" aria-pressed=${leaps} title=${t("Where nothing happens for half a minute or longer, go on to what comes next")}
          @click=${() => this.#setLeaps(!leaps)}>${icon(leaps ? "check" : "x")}<span>${t("Skip silence")}</span></button>
      </div>`
  }

  /** Where the marks over the line stand; where two would lie on each other, the later one is a tick alone. */
  drawn() {
    const { playback } = this.line
    const box = this.querySelector(".replay-marks")
    if (!playback || !box?.clientWidth) return
    const length = Math.max(1000, playback.until - playback.from)
    let free = -APART
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(".replay-mark"))) {
      const x = ((Number(mark.dataset.at) - playback.from) / length) * box.clientWidth
      mark.hidden = x - free < APART
      if (mark.hidden) continue
      mark.style.left = `${x}px`
      free = x
    }
  }

  toggle() {
    if (this.line.playback?.playing) this.line.pause()
    else this.line.play()
  }

  back() {
    const { playback, marks } = this.line
    if (!playback) return
    const grace = playback.playing ? GRACE * playback.speed : 0
    this.line.seek((markBefore(marks.filter(isLarge), playback.at, grace) ?? { at: playback.from }).at)
  }

  on() {
    const { playback, marks } = this.line
    if (playback) this.line.seek((markAfter(marks.filter(isLarge), playback.at) ?? { at: playback.until }).at)
  }

  /** To the page shown before or after. */
  page(by) {
    const { playback, marks } = this.line
    if (!playback) return
    const pages = marks.filter(({ kind }) => kind === "page")
    const grace = playback.playing ? GRACE * playback.speed : 0
    const found = by > 0 ? markAfter(pages, playback.at) : markBefore(pages, playback.at, grace)
    if (found) this.line.seek(found.at)
  }

  step(ms) {
    const { playback } = this.line
    if (playback) this.line.seek(playback.at + ms)
  }

  hasten(speed) {
    this.line.playback?.hasten(speed)
    this.#keep()
  }

  #setLeaps(leaps) {
    this.line.playback.leaps = leaps
    this.#keep()
  }

  #keep() {
    const { speed, leaps } = this.line.playback ?? {}
    local.write(KEPT, { speed, leaps })
    this.redraw()
  }

  #ticks(marks, from, length) {
    return marks.map((mark) => {
      const x = `${(((mark.at - from) / length) * 100).toFixed(3)}%`
      return svg`<line class=${mark.kind} x1=${x} x2=${x} y1="0" y2="100%"></line>`
    })
  }

  /** Let go beside a mark, the line goes to it. */
  #snap(at, length) {
    const range = this.querySelector(".replay-range")
    const reach = (NEAR / Math.max(1, range.clientWidth)) * length
    const near = this.line.marks
      .filter((mark) => Math.abs(mark.at - at) <= reach)
      .sort((a, b) => Number(isLarge(b)) - Number(isLarge(a)) || Math.abs(a.at - at) - Math.abs(b.at - at))[0]
    if (near) this.line.seek(near.at)
  }

  /** On the line itself the arrows go as far as they do elsewhere on the page. */
  #keyed(event) {
    const act = {
      ArrowRight: () => this.step(STEP),
      ArrowUp: () => this.step(STEP),
      ArrowLeft: () => this.step(-STEP),
      ArrowDown: () => this.step(-STEP),
      PageDown: () => this.page(1),
      PageUp: () => this.page(-1),
      " ": () => this.toggle(),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  #leapt(left) {
    if (left < 10000) return
    this.#left = left
    clearTimeout(this.#saying)
    this.#saying = setTimeout(() => {
      this.#left = 0
      this.redraw()
    }, SAID_FOR)
    this.redraw()
  }
}

function said(ms) {
  if (ms < MINUTE) return t("{n} seconds of silence skipped", { n: Math.round(ms / 1000) })
  return t("{length} of silence skipped", { length: spokenLength(ms / MINUTE) })
}

customElements.define("replay-bar", ReplayBar)
