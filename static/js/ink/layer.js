/**
 * The ink over a page: highlighters in the picture itself, finished strokes in one bitmap, what is under way on a canvas
 * above. It knows no tool; whoever writes (writer.js) takes its hand.
 */

import { html } from "../lib/html.js"
import { clock } from "../lib/time.js"
import { nameOf } from "../meeting/people.js"
import { t, tn } from "../lib/t.js"
import { Bitmap } from "./bitmap.js"
import { LiveStrokes } from "./live.js"
import { drawStroke, multiply } from "./outline.js"
import { key } from "./shared.js"

const MOST_PIXELS = 4e6
const TAIL = 400
const TOLD = 2500
const NAMED = 300

export class InkLayer {
  /** What is under way here. */
  live
  /** Where the page lies now: {key, document, page, paper, k, x, y, height, box, ratio}, in pixels of the element. */
  frame

  #view
  #ink
  #sheet
  #bitmap
  #kept
  #top
  #laser
  #fading
  #telling
  #naming
  #heard = new AbortController()

  /** @param {any} view a page-view @param {any} ink sharedInk() @param {AbortSignal} signal */
  constructor(view, ink, signal) {
    this.#view = view
    this.#ink = ink
    ink.addEventListener("live", ({ detail }) => this.#hear(detail), { signal })
    ink.addEventListener("pointer", ({ detail }) => this.point(detail), { signal })
    signal.addEventListener("abort", () => this.clear())
  }

  /** The sheet of the page that is shown. */
  get sheet() {
    return this.#sheet
  }

  /** Is everything that is known drawn, and drawn where it belongs? */
  get still() {
    return Boolean(this.#bitmap?.still)
  }

  /** The canvas that is written on. */
  get glass() {
    return this.#top
  }

  canvases() {
    return html`<canvas class="ink-kept" role="img" aria-hidden="true"></canvas><canvas class="ink-live" aria-hidden="true"></canvas><div class="ink-laser" aria-hidden="true" hidden><i></i><i></i><i></i></div>`
  }

  /** The page lies so now: {document, page, paper, camera, size, box, dots}. Called after each drawing. */
  show({ document, page, paper, camera, size, box, dots }) {
    if (!this.#take()) return
    const ratio = Math.min(dots, 2, Math.sqrt(MOST_PIXELS / Math.max(1, box.w * box.h)))
    const name = key(document, page)
    const k = (size.w * camera.scale) / 10000
    const height = Math.round((size.h / size.w) * 10000)
    const [x, y] = [Math.round(camera.x * dots) / dots, Math.round(camera.y * dots) / dots]
    this.frame = { key: name, document, page, paper, k, x, y, height, box, ratio }
    this.#follow(document, page)
    this.live.show(this.frame)
    this.#bitmap.show(this.frame, () => this.#sheet.strokes.values())
  }

  /** It may be turned to this page next. */
  prefetch(document, page) {
    this.#ink.prefetch(document, page)
  }

  /** The highlighters of the page, multiplied into its picture; `at` {x, y, w} is where it lies in the canvas, in dots. */
  under(draw, document, page, { x, y, w }, size) {
    const sheet = this.#ink.revOf(document, page) || this.#sheet?.waits ? this.#ink.sheet(document, page) : undefined
    if (!sheet?.strokes.size) return
    multiply(draw, sheet.strokes.values(), { k: w / 10000, x, y, height: (size.h / size.w) * 10000 })
  }

  /** Everything that is written on the page, on a canvas of its own (for print). */
  onto(draw, { document, page }, at, size) {
    this.under(draw, document, page, at, size)
    const sheet = this.#ink.sheet(document, page)
    draw.save()
    draw.setTransform(at.w / 10000, 0, 0, at.w / 10000, at.x, at.y)
    for (const stroke of sheet.strokes.values()) if (stroke.t !== "hl") drawStroke(draw, stroke)
    draw.restore()
  }

  clear() {
    this.#heard.abort()
    this.#heard = new AbortController()
    this.#sheet = this.frame = undefined
    this.#bitmap?.clear()
    this.live?.clear()
    clearTimeout(this.#telling)
    clearTimeout(this.#naming)
    if (this.#laser) this.#laser.hidden = true
  }

  /** Where somebody points: {document, page, x, y} in fractions of the page, or {off}. */
  point({ document, page, x, y, off }) {
    if (!this.#laser || !this.frame) return
    const here = !off && (document === undefined || key(document, page) === this.frame.key)
    clearTimeout(this.#fading)
    if (!here) {
      this.#laser.classList.add("fading")
      return
    }
    const { k, height, box } = this.frame
    const [left, top] = [this.frame.x + x * 10000 * k, this.frame.y + y * height * k]
    // As large as the page is: on a wall it is seen from the last row.
    const size = Math.max(14, Math.min(box.w, 10000 * k) * 0.016)
    const fresh = this.#laser.hidden || this.#laser.classList.contains("fading")
    this.#laser.hidden = false
    this.#laser.classList.toggle("at-once", fresh)
    this.#laser.classList.remove("fading")
    for (const dot of /** @type {NodeListOf<HTMLElement>} */ (this.#laser.querySelectorAll("i"))) {
      dot.style.width = dot.style.height = `${size}px`
      dot.style.transform = `translate(${left - size / 2}px, ${top - size / 2}px)`
    }
    this.#fading = setTimeout(() => this.#laser.classList.add("fading"), TAIL)
  }

  /** The canvases stand in the part's own drawing: they are there once it has been drawn. */
  #take() {
    const kept = this.#view.querySelector(":scope > .ink-kept")
    if (!kept) return false
    if (kept !== this.#kept) {
      this.clear()
      this.#kept = kept
      this.#top = this.#view.querySelector(":scope > .ink-live")
      this.#laser = this.#view.querySelector(":scope > .ink-laser")
      this.#bitmap = new Bitmap(kept)
      this.#bitmap.done = () => this.#tell()
      this.live = new LiveStrokes(this.#top)
    }
    return true
  }

  #follow(document, page) {
    const sheet = this.#ink.sheet(document, page)
    if (sheet === this.#sheet) return
    this.#heard.abort()
    this.#heard = new AbortController()
    this.#sheet = sheet
    const { signal } = this.#heard
    sheet.addEventListener("change", ({ detail }) => this.#changed(detail), { signal })
    this.#name()
    if (sheet.strokes.size) this.#view.redraw()
  }

  #changed({ added, removed }) {
    this.#bitmap.change(added, removed)
    for (const { id } of added) this.live.end(id)
    this.#name()
    // What is in the picture itself is drawn with it.
    if ([...added, ...removed].some((stroke) => stroke.t === "hl")) this.#view.redraw()
  }

  /** What stands on the bitmap, in words. */
  #name() {
    clearTimeout(this.#naming)
    // Not at the end of every stroke: whoever listens hears it once the hand has come to rest.
    this.#naming = setTimeout(() => {
      const words = this.#words
      this.#kept.setAttribute("aria-hidden", words ? "false" : "true")
      this.#kept.setAttribute("aria-label", words)
    }, NAMED)
  }

  #hear({ document, page, s, t: kind, c, w, i, points, end }) {
    if (!this.frame || key(document, page) !== this.frame.key || end) return
    if (this.#sheet?.strokes.has(s)) return
    if (points.length) this.live.hear({ id: s, t: kind, c, w }, i, points, this.#ink.penMs)
  }

  /** After a while the chair hears that this screen has everything that is written on the page. */
  #tell() {
    const { frame } = this
    const sheet = this.#sheet
    if (!frame || !sheet || sheet.rev <= 0) return
    clearTimeout(this.#telling)
    this.#telling = setTimeout(
      () => {
        if (this.frame?.key === frame.key && this.#bitmap.still)
          this.#view.meeting?.inked?.(frame.paper, frame.page, sheet.rev)
      },
      TOLD * (0.4 + Math.random()),
    )
  }

  /** `12 nét của Nguyễn Văn An, 09:14`, for those who do not see them. */
  get #words() {
    const sheet = this.#sheet
    if (!sheet?.strokes.size) return ""
    const by = new Map()
    for (const stroke of sheet.strokes.values()) {
      const one = by.get(stroke.by) ?? { n: 0, at: 0 }
      by.set(stroke.by, { n: one.n + 1, at: Math.max(one.at, stroke.at ?? 0) })
    }
    const { view } = this.#view.meeting ?? {}
    return [...by]
      .map(([person, { n, at }]) =>
        view?.roll?.people?.[person] && at
          ? t("{strokes} by {name}, {time}", {
              strokes: tn("{n} stroke", "{n} strokes", n),
              name: nameOf(view, person),
              time: clock(at),
            })
          : tn("{n} stroke", "{n} strokes", n),
      )
      .join("; ")
  }
}
