/** Strokes that are under way: this hand's at once, somebody else's as their points come. */

import { inPage, sized, same } from "./bitmap.js"
import { colourOf } from "./outline.js"
import { joined, boxOf, widthAt } from "./strokes.js"

const SEE_THROUGH = 0.45
const GONE_AFTER = 5000
/** In how much of the time until the next points those at hand are played: a little rest is not seen, a delay is. */
const PLAYED = 0.7

export class LiveStrokes {
  #canvas
  #frame
  #draw
  /** @type {Map<string, any>} */
  #strokes = new Map()
  #playing = 0
  #dirty = false

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas
  }

  get empty() {
    return this.#strokes.size === 0
  }

  /** Where the page lies now; another page ends all that is under way. */
  show(frame) {
    if (this.#frame && same(this.#frame, frame)) return
    if (this.#frame?.key !== frame.key) this.#strokes.clear()
    this.#frame = frame
    this.#draw = undefined
    if (!this.empty || this.#dirty) this.#redraw()
  }

  clear() {
    this.#strokes.clear()
    this.#frame = this.#draw = undefined
    sized(this.#canvas)
  }

  /** Somebody is about to write: making the canvas costs the first stroke nothing. */
  warm() {
    if (this.#frame) this.#context()
  }

  has(id) {
    return this.#strokes.has(id)
  }

  /** Points of a stroke of this hand: drawn before this returns. `ahead`: where it will probably be, not kept. */
  add(look, points) {
    const stroke = this.#stroke(look)
    for (const point of points) {
      stroke.points.push(point)
      this.#segment(stroke)
    }
  }

  /** In place of what was drawn so far: a straight line that is still being pulled. */
  replace(look, points) {
    const stroke = this.#stroke(look)
    this.#wipe(stroke)
    stroke.points = [...points]
    this.#redraw()
  }

  /** Points of somebody else's stroke, played over the time in which the next ones come; `at` is the first one's number. */
  hear(look, at, points, ms) {
    const stroke = this.#stroke(look)
    stroke.heard = performance.now()
    const known = stroke.points.length + stroke.coming.length
    const fresh = at < known ? points.slice(known - at) : points
    stroke.coming.push(...fresh)
    stroke.pace = Math.max(1, stroke.coming.length) / Math.max(16, ms * PLAYED)
    this.#play()
  }

  /** It is kept now, or was nothing. */
  end(id) {
    const stroke = this.#strokes.get(id)
    if (!stroke) return
    this.#strokes.delete(id)
    if (!this.#frame) return
    if (!this.empty) return this.#redraw()
    // The only one: its place is wiped, not the whole canvas.
    this.#wipe(stroke)
    this.#dirty = false
  }

  #stroke(look) {
    let stroke = this.#strokes.get(look.id)
    if (!stroke) {
      stroke = { ...look, points: [], coming: [], pace: 0, drawn: 0, heard: performance.now() }
      this.#strokes.set(look.id, stroke)
    }
    return stroke
  }

  #context() {
    if (this.#draw) return this.#draw
    sized(this.#canvas, this.#frame)
    // The only canvas that may show before the page's next frame is put together. Such a one is wiped and never made
    // small: Chromium goes on showing what stood on it.
    const draw = this.#canvas.getContext("2d", { desynchronized: true })
    this.#draw = inPage(draw, this.#frame)
    return this.#draw
  }

  /** The newest piece of a stroke, up to the middle between its last two points. */
  #segment(stroke) {
    if (!this.#frame) return
    this.#dirty = true
    if (stroke.t !== "pen") return this.#whole(stroke)
    const draw = this.#context()
    const { points } = stroke
    const n = points.length - 1
    const here = points[n]
    draw.lineCap = draw.lineJoin = "round"
    draw.strokeStyle = draw.fillStyle = colourOf(stroke)
    draw.lineWidth = widthAt(stroke.w, here[2])
    draw.beginPath()
    if (n === 0) {
      draw.arc(here[0], here[1], draw.lineWidth / 2, 0, 2 * Math.PI)
      return draw.fill()
    }
    const before = points[n - 1]
    const from = n === 1 ? before : middle(points[n - 2], before)
    const to = middle(before, here)
    draw.moveTo(from[0], from[1])
    draw.quadraticCurveTo(before[0], before[1], to[0], to[1])
    draw.lineTo(here[0], here[1])
    return draw.stroke()
  }

  /** A highlighter and a straight line are one line in one go: what was drawn of them goes first. */
  #whole(stroke) {
    const draw = this.#context()
    this.#wipe(stroke)
    const { points } = stroke
    if (!points.length) return
    draw.save()
    draw.globalAlpha = stroke.t === "hl" ? SEE_THROUGH : 1
    draw.lineCap = points.length === 1 ? "round" : stroke.t === "hl" ? "butt" : "round"
    draw.lineJoin = "round"
    draw.strokeStyle = colourOf(stroke)
    draw.lineWidth = stroke.w
    draw.beginPath()
    draw.moveTo(points[0][0], points[0][1])
    const shown = stroke.t === "line" ? [points[points.length - 1]] : points
    for (const [x, y] of shown) draw.lineTo(x, y + 0.01)
    draw.stroke()
    draw.restore()
    stroke.box = boxOf(points, stroke.w)
  }

  #wipe(stroke) {
    const draw = this.#context()
    const box = stroke.box ?? (stroke.points.length ? boxOf(stroke.points, 2 * stroke.w) : undefined)
    if (!box) return
    const [left, top, right, bottom] = joined(box, boxOf(stroke.points, 2 * stroke.w))
    draw.clearRect(left, top, right - left, bottom - top)
  }

  #redraw() {
    const { width, height } = this.#canvas
    const draw = this.#context()
    draw.save()
    draw.setTransform(1, 0, 0, 1, 0, 0)
    draw.clearRect(0, 0, width, height)
    draw.restore()
    this.#dirty = !this.empty
    for (const stroke of this.#strokes.values()) {
      if (stroke.t !== "pen") {
        if (stroke.points.length) this.#whole(stroke)
        continue
      }
      const { points } = stroke
      stroke.points = []
      for (const point of points) {
        stroke.points.push(point)
        this.#segment(stroke)
      }
    }
  }

  #play() {
    if (this.#playing) return
    let last = performance.now()
    const frame = (now) => {
      this.#playing = 0
      const passed = Math.max(0, now - last)
      last = now
      let more = false
      for (const stroke of [...this.#strokes.values()]) {
        if (!stroke.pace) continue
        const count = Math.min(stroke.coming.length, Math.max(1, Math.round(passed * stroke.pace)))
        for (const point of stroke.coming.splice(0, count)) {
          stroke.points.push(point)
          this.#segment(stroke)
        }
        if (performance.now() - stroke.heard > GONE_AFTER) this.end(stroke.id)
        else more = true
      }
      if (more) this.#playing = requestAnimationFrame(frame)
    }
    this.#playing = requestAnimationFrame(frame)
  }
}

const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
