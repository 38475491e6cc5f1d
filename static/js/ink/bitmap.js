/**
 * The finished strokes of the page in one bitmap. It is drawn in slices, so that a pen is heard in between; while the page
 * is moved under two fingers the bitmap moves with it, and is drawn anew when they have come to rest.
 */

import { drawRoughly, drawStroke } from "./outline.js"
import { putOff } from "./pen-down.js"
import { joined, meet } from "./strokes.js"

const SLICE = 8
const ROUGH_SLICE = 40
const REST = 150
const MARGIN = 4
const MANY = 150
const ROUGHLY = 50
const FLUSHED = 10

/** @typedef {{ key: string, k: number, x: number, y: number, height: number, box: { w: number, h: number }, ratio: number }} Frame */

export class Bitmap {
  /** Called when all strokes are drawn. */
  done = () => {}

  #canvas
  #frame
  #wanted
  /** @type {() => Iterable<any>} */
  #strokes = () => []
  #run = 0
  #drawing = false
  /** What is being drawn aside, while what stands on the canvas is right already. */
  #aside
  #timer

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas
  }

  /** Is everything drawn where it belongs? */
  get still() {
    return !this.#drawing && this.#frame === this.#wanted
  }

  /**
   * Show these strokes where the page lies now.
   * @param {Frame} frame
   * @param {() => Iterable<any>} strokes
   */
  show(frame, strokes) {
    this.#strokes = strokes
    const before = this.#wanted
    this.#wanted = before && same(before, frame) ? before : frame
    if (this.#wanted === before) return
    clearTimeout(this.#timer)
    if (this.#frame?.key !== frame.key) return this.redraw()
    const s = frame.k / this.#frame.k
    const [dx, dy] = [frame.x - this.#frame.x * s, frame.y - this.#frame.y * s]
    this.#canvas.style.transform = `matrix(${s}, 0, 0, ${s}, ${dx}, ${dy})`
    this.#timer = setTimeout(() => this.redraw(), REST)
  }

  /** Nothing is shown any more. */
  clear() {
    clearTimeout(this.#timer)
    this.#run += 1
    this.#drawing = false
    this.#aside = undefined
    this.#frame = this.#wanted = undefined
    // Safari counts a canvas until it is collected; one without size costs nothing.
    Object.assign(this.#canvas, { width: 0, height: 0 })
    this.#canvas.style.transform = ""
  }

  /** Strokes came or went. */
  change(added, removed) {
    if (!this.#wanted) return
    const stands = this.#frame === this.#wanted && this.#canvas.width > 0
    if (!stands || (this.#drawing && (removed.length || !this.#aside))) return this.redraw()
    // Seen at once; what is being drawn aside gets it, too.
    this.#aside?.push(...added.filter(({ t }) => t !== "hl"))
    if (removed.length) this.#mend(removed)
    const draw = this.#into(this.#canvas, this.#frame)
    for (const stroke of added) if (stroke.t !== "hl") drawStroke(draw, stroke)
    draw.restore()
    if (!this.#drawing) this.done()
  }

  /** All of it, in slices: on a fresh page before everybody's eyes, else aside and then in one go. */
  redraw() {
    clearTimeout(this.#timer)
    const frame = this.#wanted
    if (!frame) return
    const run = ++this.#run
    const fresh = this.#frame?.key !== frame.key || !this.#canvas.width
    const strokes = [...this.#strokes()].filter(({ t }) => t !== "hl")
    if (!strokes.length) {
      this.clear()
      this.#frame = this.#wanted = frame
      return this.done()
    }
    const target = fresh ? this.#canvas : document.createElement("canvas")
    if (fresh) {
      this.#canvas.style.transform = ""
      this.#frame = frame
    }
    sized(target, frame)
    // Aside it is drawn as it is said, not all in the one frame in which it is shown.
    if (!fresh) target.getContext("2d", { willReadFrequently: true })
    this.#drawing = true
    this.#aside = !fresh && this.#frame === frame ? strokes : undefined
    // At a new place many are seen at once, and then as they are.
    const roughly = strokes.length > MANY && !this.#aside
    let n = 0
    const slice = () => {
      if (run !== this.#run) return void (fresh || sized(target))
      const until = performance.now() + (roughly ? ROUGH_SLICE : SLICE)
      const draw = this.#into(target, frame)
      while (n < strokes.length && performance.now() < until) {
        if (roughly) drawRoughly(draw, strokes.slice(n, n + ROUGHLY))
        else drawStroke(draw, strokes[n])
        n += roughly ? ROUGHLY : 1
        if (!fresh && (roughly || n % FLUSHED === 0)) draw.getImageData(0, 0, 1, 1)
      }
      draw.restore()
      if (n < strokes.length) return void ((!fresh && putOff(slice)) || setTimeout(slice))
      this.#drawing = false
      this.#aside = undefined
      if (!fresh) {
        sized(this.#canvas, frame)
        this.#canvas.style.transform = ""
        this.#canvas.getContext("2d").drawImage(target, 0, 0)
        sized(target)
      }
      this.#frame = frame
      this.done()
      if (roughly) this.#timer = setTimeout(() => this.redraw(), REST)
    }
    slice()
  }

  /** What stood under the strokes that went is drawn again. */
  #mend(removed) {
    const gone = removed.filter(({ t }) => t !== "hl")
    if (!gone.length) return
    const box = gone.map((stroke) => stroke.box).reduce(joined)
    const grown = [box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN]
    const draw = this.#into(this.#canvas, this.#frame)
    draw.beginPath()
    draw.rect(grown[0], grown[1], grown[2] - grown[0], grown[3] - grown[1])
    draw.clip()
    draw.clearRect(grown[0], grown[1], grown[2] - grown[0], grown[3] - grown[1])
    for (const stroke of this.#strokes()) if (stroke.t !== "hl" && meet(stroke.box, grown)) drawStroke(draw, stroke)
    draw.restore()
  }

  #into(canvas, frame) {
    return inPage(canvas.getContext("2d"), frame)
  }
}

/** The context in the units of the page, and no farther than the page goes; `restore()` it. */
export function inPage(draw, { k, x, y, height, ratio }) {
  draw.save()
  draw.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio)
  draw.beginPath()
  draw.rect(0, 0, 10000, height)
  draw.clip()
  return draw
}

/** A canvas as large as the box, empty; without a frame it costs nothing. */
export function sized(canvas, frame) {
  const width = frame ? Math.round(frame.box.w * frame.ratio) : 0
  const height = frame ? Math.round(frame.box.h * frame.ratio) : 0
  Object.assign(canvas, { width, height })
}

export const same = (a, b) =>
  a.key === b.key &&
  a.k === b.k &&
  a.x === b.x &&
  a.y === b.y &&
  a.box.w === b.box.w &&
  a.box.h === b.box.h &&
  a.ratio === b.ratio
