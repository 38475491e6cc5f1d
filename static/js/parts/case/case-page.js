/** <case-page>: a page of a case, whole, with the part that is pointed out or the excerpts over it. */

import { around, isNear, kept, moved, sizeOf, whole, zoomed } from "../../pages/camera.js"
import { excerptAt, layCallouts, markIn } from "../../case/callout-layout.js"
import { pagePicture } from "../../case/page-pictures.js"
import { readMarks } from "../../case/mark-frames.js"
import { html, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { listen } from "../../pages/gestures.js"
import { t } from "../../lib/t.js"

const MOST_PIXELS = 9e6
const DOUBLE_TAP = 2.2
const COLOURS = ["#f2b63c", "#57b6ff", "#7ee0a3"]
const WHOLE = [0, 0, 1, 1]
const MARKED = "#ffe14a" // multiplied: black letters stay black

/**
 * `place` is {document, page, pages, shape, rect?, callouts?, marks?, label?, title?}, or of a photo {document, page: 1, picture,
 * name, …} with what fetches it. Events: `painted` once it is on the glass; `missing` where it cannot be had;
 * `turn` {by} where somebody swipes; `camera` when it lies otherwise.
 */
export class CasePage extends HTMLElement {
  #place
  #bitmap
  #failed = false
  #camera
  #life
  #drawing
  #asked = ""
  /** Is the picture on the glass? */
  seen = false
  /** What the canvas shows: the picture, how large, where, with what over it. @type {any[]} */
  #drawn = []
  #canvas = document.createElement("canvas")
  #note = document.createElement("div")

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.#note.className = "case-page-note"
    this.append(this.#canvas, this.#note)
    const resized = new ResizeObserver(() => this.#paint())
    resized.observe(this)
    signal.addEventListener("abort", () => resized.disconnect())
    if (this.hasAttribute("passive")) return
    const zoom = (factor, point) => this.#move((camera) => zoomed(camera, factor, point))
    listen(
      this,
      {
        canPan: () => Boolean(this.#camera),
        scrolls: () => false,
        pan: (dx, dy) => this.#camera && this.#move((camera) => moved(camera, dx, dy)),
        zoom,
        double: (point) => (this.#camera ? this.showWhole() : zoom(DOUBLE_TAP, point)),
        swipe: (by) => this.dispatchEvent(new CustomEvent("turn", { detail: { by }, bubbles: true })),
        end: () => {},
      },
      signal,
    )
  }

  disconnectedCallback() {
    this.#life.abort()
    this.#drawn = []
    Object.assign(this.#canvas, { width: 0, height: 0 })
  }

  set place(place) {
    const before = this.#place
    this.#place = place
    const name = `${place.document}/${place.page}`
    if (before?.document !== place.document || before.page !== place.page) this.#camera = undefined
    if (this.#asked !== name || this.#failed) this.#load(name)
    else this.#paint()
  }

  get place() {
    return this.#place
  }

  /** As zoom-frame asks of a page. */
  get shown() {
    return { size: this.#size }
  }

  /** Where the page lies in this element. */
  get camera() {
    if (this.#camera) return this.#camera
    const { rect } = this.#place
    return rect ? around(this.#box, this.#size, rect) : whole(this.#box, this.#size)
  }

  showWhole() {
    this.#camera = undefined
    this.#paint()
  }

  /** Marks that are being drawn stand there instead of those of the place, until undefined is set. */
  set drawing(marks) {
    this.#drawing = marks
    this.#paint()
  }

  /** The excerpt at a point of this element, px: {n, box}; undefined beside them. */
  excerptAt(point) {
    return excerptAt(layCallouts(this.#box, this.#size, this.camera, this.#place.callouts ?? []), point)
  }

  /** A point of the page, in fractions, as pixels of this element. @param {number[]} point */
  pointAt([x, y]) {
    const { camera } = this
    return [camera.x + x * this.#size.w * camera.scale, camera.y + y * this.#size.h * camera.scale]
  }

  get #box() {
    return { w: this.clientWidth, h: this.clientHeight }
  }

  /** By the picture once it is there: a scan lies as it lies. */
  get #size() {
    const bitmap = this.#bitmap
    if (bitmap) return { w: bitmap.width, h: bitmap.height }
    return sizeOf(this.#place?.shape, this.#place?.page ?? 1) ?? { w: 210, h: 297 }
  }

  async #load(name) {
    const { document, page } = this.#place
    this.#asked = name
    this.#failed = false
    this.seen = false
    this.#bitmap = undefined
    this.#paint()
    const bitmap = await (this.#place.picture?.() ?? pagePicture(document, page))
    if (this.#asked !== name) return
    this.#bitmap = bitmap
    this.#failed = !bitmap
    this.#paint()
    if (!bitmap) this.dispatchEvent(new CustomEvent("missing", { bubbles: true }))
    if (bitmap && this.isConnected)
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (this.#asked !== name) return
          this.seen = true
          this.dispatchEvent(new CustomEvent("painted", { detail: { name }, bubbles: true }))
        }),
      )
  }

  /** Is the picture of this page there? */
  get ready() {
    return Boolean(this.#bitmap)
  }

  #move(next) {
    const camera = kept(next(this.camera), this.#box, this.#size)
    this.#camera = isNear(camera, this.#box, this.#size) ? camera : undefined
    this.#paint()
  }

  #paint() {
    const place = this.#place
    if (!place || !this.isConnected) return
    render(this.#words(), this.#note)
    this.#canvas.setAttribute("role", "img")
    this.#canvas.setAttribute("aria-label", place.name ?? nameOfPage(place))
    this.#canvas.setAttribute("aria-busy", String(!this.#bitmap))
    const box = this.#box
    if (!box.w || !box.h) return
    const dots = Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (box.w * box.h)))
    // Said at every drawing of the stage, and by the browser once it stands there: what is the same is drawn once.
    const over = JSON.stringify([place.callouts, this.#drawing ?? place.marks])
    const { camera } = this
    const size = this.#size
    const now = [this.#bitmap, dots, box.w, box.h, size.w, size.h, camera.x, camera.y, camera.scale, over]
    if (now.every((each, n) => each === this.#drawn[n])) return
    this.#drawn = now
    const canvas = this.#canvas
    Object.assign(canvas, { width: Math.round(box.w * dots), height: Math.round(box.h * dots) })
    const draw = canvas.getContext("2d")
    if (!draw) return
    draw.setTransform(dots, 0, 0, dots, 0, 0)
    const [w, h] = [size.w * camera.scale, size.h * camera.scale]
    draw.fillStyle = "#fff"
    draw.fillRect(camera.x, camera.y, w, h)
    if (!this.#bitmap) return
    draw.imageSmoothingQuality = "high"
    draw.drawImage(this.#bitmap, camera.x, camera.y, w, h)
    const marks = readMarks(this.#drawing ?? place.marks)
    if (place.callouts?.length) this.#excerpts(draw, box, camera, place.callouts, marks)
    else highlight(draw, { x: camera.x, y: camera.y, w, h }, WHOLE, marks)
    this.dispatchEvent(new CustomEvent("camera", { bubbles: true }))
  }

  /** The page goes dark, its excerpts stand over it, each joined by two lines to the place it comes from. */
  #excerpts(draw, box, camera, rects, marks) {
    const size = this.#size
    draw.fillStyle = "rgba(10, 12, 16, 0.62)"
    draw.fillRect(camera.x, camera.y, size.w * camera.scale, size.h * camera.scale)
    const laid = layCallouts(box, size, camera, rects)
    const cut = ([x, y, rw, rh], { x: left, y: top, w, h }) =>
      draw.drawImage(this.#bitmap, x * size.w, y * size.h, rw * size.w, rh * size.h, left, top, w, h)
    for (const [n, { source, at }] of laid.entries()) {
      const colour = COLOURS[n % COLOURS.length]
      cut(rects[n], source)
      highlight(draw, source, rects[n], marks)
      Object.assign(draw, { strokeStyle: colour, lineWidth: 2.5 })
      draw.strokeRect(source.x, source.y, source.w, source.h)
      const under = at.y > source.y
      const [from, to] = under ? [source.y + source.h, at.y] : [source.y, at.y + at.h]
      draw.beginPath()
      for (const [a, b] of [
        [source.x, at.x],
        [source.x + source.w, at.x + at.w],
      ]) {
        draw.moveTo(a, from)
        draw.lineTo(b, to)
      }
      draw.stroke()
    }
    for (const [n, { at }] of laid.entries()) {
      draw.fillStyle = "#fff"
      draw.fillRect(at.x, at.y, at.w, at.h)
      cut(rects[n], at)
      highlight(draw, at, rects[n], marks)
      Object.assign(draw, { strokeStyle: COLOURS[n % COLOURS.length], lineWidth: 4 })
      draw.strokeRect(at.x, at.y, at.w, at.h)
    }
  }

  #words() {
    if (this.#failed)
      return html`<div class="state error" role="alert">${icon("image")}<p>${this.#place.name ? t("The photo has not arrived.") : t("Page {page} has not arrived.", { page: this.#place.page })}</p>
        <button class="button" type="button" @click=${() => this.#load(this.#asked)}>${icon("refresh-cw")}${t("Try again")}</button></div>`
    // Whoever waits for the first picture is told so; one that comes at once covers the words before they show.
    return this.#bitmap
      ? html``
      : html`<p class="state loading">${icon("loader-circle")}${this.#place.name ? t("The photo is coming …") : t("The page is coming …")}</p>`
  }
}

/** The words that are marked of a part of the page, which stands at `box`. */
function highlight(draw, box, rect, marks) {
  draw.save()
  Object.assign(draw, { globalCompositeOperation: "multiply", fillStyle: MARKED })
  draw.beginPath() // of all: where two lines touch, nothing is darker
  for (const mark of marks) {
    const at = markIn(box, rect, mark)
    if (at) draw.rect(at.x, at.y, at.w, at.h)
  }
  draw.fill()
  draw.restore()
}

/** `BL 84 (tập 3)`, or the title with the page where it has no number. */
export function nameOfPage({ label, volume, title, page }) {
  if (!label) return title ? t("“{title}”, page {page}", { title, page }) : t("page {page}", { page })
  return volume ? t("BL {label} (volume {volume})", { label, volume }) : `BL ${label}`
}

customElements.define("case-page", CasePage)
