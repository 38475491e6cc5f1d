/**
 * One who writes on a page: the tool in hand, the stroke under way, and what of it can be undone. Where the strokes go is
 * for `store` to say ({sheet, do, hold, wave?, waveEnd?, point?, words?, penMs}): shared ink has one, private marks have another,
 * each with a writer and a history of its own.
 */

import { runUnder } from "../reader/selection.js"
import { uid } from "../lib/uid.js"
import { local } from "../lib/storage.js"
import { Hand, guardFromScribble } from "./hand.js"
import { HandRules } from "./hand-rules.js"
import { History, opposite } from "./history.js"
import { cut, touches } from "./hit.js"
import { penIs } from "./pen-down.js"
import { distance, placed, Stroke, strokesOf } from "./strokes.js"
import { encode } from "./codec.js"

export const PEN_SEEN = "ink/pen"
export const FINGERS = "ink/fingers"
const LOOK = "ink/look"
const FREE = "ink/free"
const STILL = 500
const SHAKES = 40
const LONG_ENOUGH = 400
const RUBBER = 120
const TIP = 18
const PAGES = 20
const RESTORES = 50000
const ERASERS = ["erase", "cut"]
/** How wide each tool draws, thin to thick, in 1/10,000 of the page's width. */
export const WIDTHS = { pen: [14, 28, 56], line: [14, 28, 56], hl: [160, 240, 360] }
export const COLOURS = ["red", "blue", "black", "green", "yellow", "pink"]

/** Event `change` when the tool, its look or what can be undone is another. */
export class Writer extends EventTarget {
  /** "", or pen | hl | line | erase | cut | point. */
  tool = ""
  /** What was drawn with last: an eraser rubs only that. */
  draws = "pen"
  rules = new HandRules()
  /** When something of this hand was last seen on its page. */
  wrote = 0

  #layer
  #store
  #mayWrite
  #hand
  #looks
  #histories = new Map()
  #stroke
  #points = []
  #sent = 0
  #wave
  #still
  #anchor
  #moved = 0
  #rubbed
  #pointed = 0

  /**
   * `page` is the page-view with its `ink` layer, `store` where strokes go, `mayWrite()` whether that is allowed now;
   * `name` tells what this device remembers of it.
   */
  constructor(page, store, { mayWrite, name = "shared", signal }) {
    super()
    this.#layer = page.ink
    this.#store = store
    this.#mayWrite = mayWrite
    this.#looks = looks(local.read(`${LOOK}/${name}`))
    this.name = name
    this.rules.penSeen = local.get(PEN_SEEN) === "1"
    this.rules.fingersToo = local.get(FINGERS) === "1"
    const on = {
      begin: (how) => this.#begin(how),
      points: (points) => this.#go(points),
      end: () => this.#end(),
      cancel: () => this.#cancel(),
      hover: (point) => this.tool === "point" && this.#point(point),
      undo: () => this.undo(),
    }
    this.#hand = new Hand(page, this.rules, () => this.#layer.frame, on, signal)
    this.#hand.even = local.get(`${LOOK}/even`) === "1"
    // The canvas stands there once the page has been drawn.
    let guarded
    page.addEventListener(
      "pointerover",
      () => {
        const { glass } = this.#layer
        if (!glass || glass === guarded) return
        guarded = glass
        guardFromScribble(glass, () => this.on, signal)
      },
      { signal },
    )
  }

  get on() {
    return this.tool !== ""
  }

  /** Nothing but the pen moves anything now. */
  get holds() {
    return this.on && this.#hand.holds
  }

  get even() {
    return this.#hand.even
  }

  /** Does a highlighter stay as it is drawn, and not follow the words? */
  get free() {
    return local.get(FREE) === "1"
  }

  setFree(free) {
    local.set(FREE, free ? "1" : "0")
    this.#say()
  }

  /** {c, w} of the tool that draws. */
  get look() {
    return this.#looks[this.draws]
  }

  get canUndo() {
    return Boolean(this.#history?.canUndo)
  }

  get canRedo() {
    return Boolean(this.#history?.canRedo)
  }

  take(tool) {
    if (this.#hand.drawing) this.#hand.drop()
    if (this.tool === "point" && tool !== "point") this.#point(undefined)
    if (tool !== this.tool) this.#store.flush?.()
    this.tool = tool
    if (tool in WIDTHS) this.draws = tool
    this.rules.on = this.on
    if (tool in WIDTHS) this.#layer.live?.warm()
    this.#readWords()
    this.#say()
  }

  /** Another colour or width for the tool that draws. */
  choose(look) {
    this.#looks[this.draws] = { ...this.look, ...look }
    local.write(`${LOOK}/${this.name}`, this.#looks)
    if (!(this.tool in WIDTHS)) return this.take(this.draws)
    return this.#say()
  }

  /** The same tool in the same hand on another page (the right one of a pair). */
  follow({ tool, draws, look, even, rules }) {
    const other = tool !== this.tool
    this.draws = draws
    this.#looks[draws] = { ...look }
    this.#hand.even = even
    Object.assign(this.rules, { fingersToo: rules.fingersToo, penSeen: rules.penSeen, roomy: rules.roomy })
    if (other) this.take(tool)
  }

  setEven(even) {
    this.#hand.even = even
    local.set(`${LOOK}/even`, even ? "1" : "0")
    this.#say()
  }

  letFingers(draw) {
    this.rules.fingersToo = draw
    local.set(FINGERS, draw ? "1" : "0")
    this.#say()
  }

  undo() {
    const step = this.#history?.undo()
    if (step) this.#do(step.restore && performance.now() - step.at > RESTORES ? { draw: step.strokes } : step)
  }

  redo() {
    const step = this.#history?.redo()
    if (step) this.#do(step)
  }

  /** All that is written on the page goes; true if there was something. */
  clear() {
    const strokes = [...(this.#layer.sheet?.strokes.values() ?? [])]
    if (!strokes.length) return false
    this.#keep({ clear: true }, { restore: true, strokes, at: performance.now() })
    this.#do({ clear: true })
    return true
  }

  /** The page is another one now. */
  turned() {
    this.#hand.drop()
    this.#store.flush?.()
    this.#readWords()
    this.#say()
  }

  /** They are there when the first highlight is drawn. */
  #readWords() {
    if (this.tool === "hl" && this.#layer.frame) this.#store.words?.(this.#place)
  }

  get #place() {
    const { paper, document, page } = this.#layer.frame
    return { paper, document, page }
  }

  get #history() {
    return this.#histories.get(this.#layer.frame?.key)
  }

  #begin({ erases, type, point }) {
    if (!this.#mayWrite()) return
    if (type === "pen" && local.get(PEN_SEEN) !== "1") {
      local.set(PEN_SEEN, "1")
      this.#say()
    }
    penIs(true)
    if (this.tool === "point") return this.#point(point)
    this.#points = [point]
    if (erases || ERASERS.includes(this.tool)) {
      // It rubs only what is of the kind that was drawn last: a highlight stays under a correction, and the other way round.
      const marks = this.draws === "hl"
      const strokes = [...this.#layer.sheet.strokes.values()].filter(({ t }) => (t === "hl") === marks)
      this.#rubbed = { cuts: this.tool === "cut" && !erases, strokes, gone: new Map(), seen: undefined }
      return this.#rub(point, point)
    }
    const { c, w } = this.look
    this.#stroke = { id: uid(16), t: this.draws, c, w }
    this.#sent = 0
    this.#anchor = point
    this.#moved = performance.now()
    this.#store.hold()
    this.#layer.live.add(this.#stroke, [point])
    this.#wave = setInterval(() => this.#tell(), this.#store.penMs ?? 50)
    this.#watchForRest()
  }

  #go(points) {
    const last = points[points.length - 1]
    if (!last) return
    if (this.tool === "point") return this.#point(last)
    const before = this.#points[this.#points.length - 1]
    if (this.#rubbed) {
      this.#points = [last]
      return this.#rub(before, last)
    }
    if (!this.#stroke) return
    if (this.#stroke.straight) {
      this.#points = [this.#points[0], last]
      return this.#layer.live.replace(this.#stroke, this.#points)
    }
    this.#points.push(...points)
    this.#layer.live.add(this.#stroke, points)
    if (distance(last, this.#anchor) > SHAKES) {
      this.#anchor = last
      this.#moved = performance.now()
    }
  }

  #end() {
    penIs(false)
    this.#rest()
    if (this.tool === "point") return this.#point(undefined)
    if (this.#rubbed) return this.#rubbedOut()
    if (!this.#stroke) return
    this.#tell()
    const { id, t, c, w } = this.#stroke
    const place = this.#place
    const draw = this.#overWords(this.#stroke) ?? strokesOf({ id, t, c, w }, this.#points, () => uid(16))
    this.#stroke = undefined
    this.#keep({ draw }, { erase: draw.map((stroke) => stroke.id) })
    this.#store.do(place, { draw })
    this.#store.waveEnd?.(place, id)
    // Seen in the bitmap by now, under the same id.
    this.#layer.live?.end(id)
  }

  /** A highlighter that went over words, as a straight stroke over each of their lines; undefined for anything else. */
  #overWords({ id, t, c }) {
    const words = t === "hl" && !this.free && this.#store.words?.(this.#place)
    if (!words?.length) return undefined
    const { page, height } = this.#layer.frame
    const points = this.#points.map(([x, y]) => [x / 10000, y / height])
    return runUnder(words, page, points)?.boxes.map(([x, y, wide, h], n) => {
      const ends = [x, x + wide].map((at) => placed(at * 10000, (y + h / 2) * height, 50, height))
      const look = { id: n ? uid(16) : id, t, c, w: Math.min(1000, Math.max(40, Math.round(h * height))) }
      return new Stroke({ ...look, d: encode(ends) })
    })
  }

  #cancel() {
    penIs(false)
    this.#rest()
    if (this.#rubbed?.seen) this.#layer.sheet?.settle(this.#rubbed.seen)
    this.#rubbed = undefined
    if (this.#stroke) {
      this.#layer.live?.end(this.#stroke.id)
      if (this.#layer.frame) this.#store.waveEnd?.(this.#place, this.#stroke.id)
    }
    this.#stroke = undefined
  }

  #rest() {
    clearInterval(this.#wave)
    clearTimeout(this.#still)
  }

  /** What has been drawn since the last word goes to the others. */
  #tell() {
    if (!this.#stroke || !this.#store.wave) return
    const fresh = this.#stroke.straight ? [] : this.#points.slice(this.#sent)
    if (!fresh.length) return
    this.#store.wave(this.#place, this.#stroke, this.#sent, fresh.slice(-600))
    this.#sent = this.#points.length
  }

  /** A hand that rests at the end of a line wants it straight. */
  #watchForRest(after = STILL) {
    clearTimeout(this.#still)
    this.#still = setTimeout(() => {
      if (!this.#stroke || this.#stroke.straight) return
      const left = this.#moved + STILL - performance.now()
      if (left > 1) return this.#watchForRest(left)
      if (this.#points.length < 3) return
      const [first, last] = [this.#points[0], this.#points[this.#points.length - 1]]
      if (distance(first, last) < LONG_ENOUGH) return
      this.#stroke.straight = true
      if (this.#stroke.t === "pen") this.#stroke.t = "line"
      this.#points = [first, last]
      this.#layer.live.end(this.#stroke.id)
      this.#layer.live.replace(this.#stroke, this.#points)
    }, after)
  }

  /** The eraser goes from one point to the next: what it touches is gone at once, and in one step of undo. */
  #rub(from, to) {
    const { sheet, frame } = this.#layer
    const { cuts, strokes, gone, seen } = this.#rubbed
    const radius = Math.max(RUBBER / 3, Math.min(RUBBER, TIP / frame.k))
    let touched = false
    for (const stroke of strokes) {
      if (!cuts) {
        if (gone.has(stroke) || !touches(stroke, from, to, radius)) continue
        gone.set(stroke, [])
        touched = true
        continue
      }
      const left = (gone.get(stroke) ?? [stroke.points]).map((run) => ({
        run,
        pieces: cut(run, stroke.w, from, to, radius),
      }))
      if (!left.some(({ pieces }) => pieces)) continue
      gone.set(
        stroke,
        left.flatMap(({ run, pieces }) => pieces ?? [run]),
      )
      touched = true
    }
    if (!touched) return
    this.#rubbed.seen = sheet.add(this.#rubbedSoFar(true))
    if (seen) sheet.settle(seen)
  }

  /** The operation of the eraser; while it goes, its pieces have names that nobody keeps. */
  #rubbedSoFar(preview = false) {
    const erase = []
    const draw = []
    for (const [stroke, runs] of this.#rubbed.gone) {
      erase.push(stroke.id)
      for (const run of runs) {
        const { t, c, w } = stroke
        const id = preview ? `piece-${uid(12)}` : uid(16)
        if (preview) draw.push(new Stroke({ id, t, c, w, d: encode(run) }))
        // A straight line that was cut in two is two of them.
        else draw.push(...strokesOf({ id, t, c, w }, run, () => uid(16)))
      }
    }
    return { erase, ...(draw.length && { draw }) }
  }

  #rubbedOut() {
    const { seen, gone } = this.#rubbed
    if (gone.size) {
      const operation = this.#rubbedSoFar()
      const before = new Map([...gone.keys()].map((stroke) => [stroke.id, stroke]))
      this.#keep(operation, opposite(operation, before))
      this.#do(operation)
    }
    if (seen) this.#layer.sheet.settle(seen)
    this.#rubbed = undefined
  }

  /** Where this hand points, at most as often as a pen says where it is. */
  #point(point) {
    const { frame } = this.#layer
    if (!frame) return
    const place = point && { x: point[0] / 10000, y: point[1] / frame.height }
    this.#layer.point(place ? { ...this.#place, ...place } : { off: true })
    const now = performance.now()
    if (place && now - this.#pointed < this.#store.penMs) return
    this.#pointed = now
    this.#store.point?.(this.#place, place)
  }

  #do(operation) {
    const { restore, strokes, at, ...plain } = operation
    this.#store.do(this.#place, restore ? { restore } : plain)
    this.#say()
  }

  #keep(did, back) {
    const { key } = this.#layer.frame
    if (!this.#histories.has(key)) this.#histories.set(key, new History())
    this.#histories.get(key).add(did, back)
    this.wrote = performance.now()
    for (const old of this.#histories.keys())
      if (this.#histories.size > PAGES && old !== key) this.#histories.delete(old)
    this.#say()
  }

  #say() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}

/** What stands in a browser may be anybody's. */
function looks(kept) {
  const found = { pen: { c: "red", w: 28 }, line: { c: "red", w: 28 }, hl: { c: "yellow", w: 240 } }
  for (const tool of Object.keys(found)) {
    const { c, w } = kept?.[tool] ?? {}
    if (COLOURS.includes(c)) found[tool].c = c
    if (WIDTHS[tool].includes(w)) found[tool].w = w
  }
  return found
}
