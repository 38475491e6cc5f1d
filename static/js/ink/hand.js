/** The hand over a page: its events as points of the page, by the rules of hand-rules.js. */

import { boxOf, placed, pressureOf } from "./strokes.js"

const OUTSIDE = 200
const SHORT = 95
const EVENTS = ["pointerdown", "pointermove", "pointerup", "pointercancel"]

/**
 * `frame()` says where the page lies in `element` ({k, x, y, height} in its pixels); `on` is said
 * `begin({erases, type, point})`, `points(points, event)`, `end()`, `cancel()`, `hover(point)`, `undo()`.
 */
export class Hand {
  /** One width, however hard the pen is pressed. */
  even = false

  #element
  #rules
  #frame
  #on
  #points = []
  #begun = false
  #box

  constructor(element, rules, frame, on, signal) {
    this.#element = element
    this.#rules = rules
    this.#frame = frame
    this.#on = on
    for (const kind of EVENTS) element.addEventListener(kind, (event) => this.#hear(event), { signal, capture: true })
  }

  get drawing() {
    return this.#begun
  }

  /** Is a pen at work, or was it a moment ago, or is a finger drawing? Then nothing else moves the page. */
  get holds() {
    return this.#begun || this.#rules.isQuiet(performance.now())
  }

  /** The page is another one now. */
  drop() {
    if (this.#begun) this.#on.cancel()
    this.#begun = false
    this.#rules.drop()
  }

  /** @param {PointerEvent} event */
  #hear(event) {
    const { target } = event
    if (event.type === "pointerdown" && target instanceof Element && target.closest("button, a, .zoom-cover")) return
    const said = {
      id: event.pointerId,
      type: event.pointerType,
      buttons: event.buttons,
      at: event.timeStamp,
      x: event.clientX,
      y: event.clientY,
    }
    if (event.type === "pointerdown") return this.#down(event, said)
    if (event.type === "pointermove") return this.#move(event, said)
    return this.#up(event, said)
  }

  #down(event, said) {
    const { means, cancels } = this.#rules.down(said)
    if (cancels && this.#begun) this.#drop()
    if (means === "pass") return
    // A finger may still become half of a pinch: the gestures hear of it, and are said that they hold still.
    if (means === "ignore" || event.pointerType !== "touch") event.stopImmediatePropagation()
    if (means === "ignore") return
    this.#box = this.#element.getBoundingClientRect()
    const point = this.#place(event, event.pointerType)
    if (!point) return this.#rules.drop()
    // Else a quick tap with a pen scrolls, selects or is taken for handwriting.
    if (event.pointerType !== "touch") {
      event.preventDefault()
      capture(this.#element, event.pointerId)
    }
    this.#points = [point]
    this.#begun = true
    this.#on.begin({ erases: means === "erase", type: event.pointerType, point })
  }

  #move(event, said) {
    const { means } = this.#rules.move(said)
    if (means === "ignore") return event.stopImmediatePropagation()
    if (means === "pass") {
      if (this.#rules.on && event.pointerType !== "touch") this.#on.hover(this.#place(event, event.pointerType, true))
      return
    }
    if (!this.#begun) return
    if (event.pointerType !== "touch") event.stopImmediatePropagation()
    const all = event.getCoalescedEvents?.() ?? []
    const points = (all.length ? all : [event])
      .map((each) => this.#place(each, event.pointerType, true))
      .filter(Boolean)
    this.#points.push(...points)
    this.#on.points(points, event)
  }

  #up(event, said) {
    const { means, undo } = this.#rules.up(said)
    if (means === "ignore") return event.stopImmediatePropagation()
    if (means === "draw" && this.#begun) {
      if (event.pointerType !== "touch") event.stopImmediatePropagation()
      // The system called the pen off: what was clearly a stroke stays one.
      if (event.type === "pointercancel" && !(event.pointerType === "pen" && this.#isStroke)) this.#drop()
      else {
        this.#begun = false
        this.#on.end()
      }
    }
    if (undo && event.type === "pointerup") this.#on.undo()
  }

  get #isStroke() {
    const [left, top, right, bottom] = boxOf(this.#points)
    return this.#points.length >= 3 && Math.hypot(right - left, bottom - top) >= SHORT
  }

  #drop() {
    this.#begun = false
    this.#on.cancel()
  }

  /** The event as a point of the page; nothing for one that begins beside it. `wide`: brought back to its edge. */
  #place({ clientX, clientY, pressure }, pointerType, wide = false) {
    const frame = this.#frame()
    if (!frame) return undefined
    // Looked up once for a stroke: nothing moves the page while one is drawn.
    const { left, top } = this.#begun && this.#box ? this.#box : this.#element.getBoundingClientRect()
    const [x, y] = [(clientX - left - frame.x) / frame.k, (clientY - top - frame.y) / frame.k]
    const beside = x < -OUTSIDE || y < -OUTSIDE || x > 10000 + OUTSIDE || y > frame.height + OUTSIDE
    if (beside && !wide) return undefined
    return placed(x, y, pressureOf({ pointerType, pressure }, this.even), frame.height)
  }
}

/** Scribble and the loupe of iPadOS take every second quick tap of a pencil: not on the canvas that is written on. */
export function guardFromScribble(canvas, isOn, signal) {
  const guard = (event) => {
    const [touch] = event.changedTouches
    if (isOn() && touch && touch.touchType === "stylus") event.preventDefault()
  }
  for (const kind of ["touchstart", "touchmove"]) canvas.addEventListener(kind, guard, { signal, passive: false })
}

function capture(element, id) {
  try {
    element.setPointerCapture(id)
  } catch {
    /* it is gone already */
  }
}
