/** Whose touch draws, whose moves the page, and whose is a resting palm. Pure: said of events, it says what they are. */

const QUIET = 500
const SECOND_FINGER = 250
const TAP = 300
const SLIP = 14
const ERASES = 32

/**
 * `down`, `move` and `up` take {id, type: "pen"|"touch"|"mouse", buttons, at, x, y} (ms, px) and answer
 * {means: "draw"|"erase"|"pass"|"ignore", cancels?, undo?}: `pass` is for the gestures of the page, `ignore` for nobody;
 * `cancels`: the stroke under way was none. A finger that draws is said to the gestures as well, for the second finger may
 * come and make a pinch of it.
 */
export class HandRules {
  /** Is a tool on? */
  on = false
  /** Was there ever a pen on this device? From then on fingers move the page. */
  penSeen = false
  /** Fingers draw all the same. */
  fingersToo = false
  /** Is the page large enough to be written on with a finger? */
  roomy = true

  /** @type {{ id: number, type: string, at: number } | undefined} */
  #stroke
  #quietUntil = -Infinity
  #ignored = new Set()
  #taps = new Map()
  #tapped = 0

  get drawing() {
    return Boolean(this.#stroke)
  }

  /** The id of the pointer that draws. */
  get pointer() {
    return this.#stroke?.id
  }

  /** Is a pen down, or was it a moment ago? Then nothing that a palm does counts. */
  isQuiet(at) {
    return this.#stroke?.type === "pen" || at < this.#quietUntil
  }

  /** Does a finger draw, and not move the page? */
  get fingersDraw() {
    return (!this.penSeen || this.fingersToo) && this.roomy
  }

  down({ id, type, buttons = 1, at, x = 0, y = 0 }) {
    if (!this.on) return { means: "pass" }
    if (type === "pen") {
      this.penSeen = true
      const cancels = this.drawing && this.#stroke.type !== "pen"
      if (this.drawing && !cancels) return { means: "ignore" }
      this.#taps.clear()
      return { ...this.#begin({ id, type, at }, buttons), cancels }
    }
    if (type === "mouse")
      return this.drawing || buttons !== 1 ? { means: "ignore" } : this.#begin({ id, type, at }, buttons)
    if (this.isQuiet(at)) {
      this.#ignored.add(id)
      return { means: "ignore" }
    }
    this.#tapBegins(id, { at, x, y })
    if (this.#stroke?.type === "touch") {
      if (at - this.#stroke.at < SECOND_FINGER) {
        this.#stroke = undefined
        return { means: "pass", cancels: true }
      }
      this.#ignored.add(id)
      return { means: "ignore" }
    }
    if (this.drawing) {
      this.#ignored.add(id)
      return { means: "ignore" }
    }
    if (this.fingersDraw && this.#taps.size === 1) return this.#begin({ id, type, at }, 1)
    return { means: "pass" }
  }

  move({ id, type, at, x = 0, y = 0 }) {
    if (this.#stroke?.id === id) return { means: "draw" }
    if (this.#ignored.has(id)) return { means: "ignore" }
    const tap = this.#taps.get(id)
    if (tap && Math.hypot(x - tap.x, y - tap.y) > SLIP) tap.slipped = true
    if (this.on && type !== "pen" && this.isQuiet(at)) return { means: "ignore" }
    return { means: "pass" }
  }

  /** `up` also for a pointer that was called off. */
  up({ id, at }) {
    const undo = this.#tapEnds(id, at)
    if (this.#stroke?.id === id) {
      if (this.#stroke.type === "pen") this.#quietUntil = at + QUIET
      this.#stroke = undefined
      return { means: "draw", undo }
    }
    if (this.#ignored.delete(id)) return { means: "ignore" }
    return { means: "pass", undo }
  }

  /** The stroke under way is none any more (the page was turned). */
  drop() {
    this.#stroke = undefined
  }

  #begin(stroke, buttons) {
    this.#stroke = stroke
    return { means: stroke.type === "pen" && buttons & ERASES ? "erase" : "draw" }
  }

  #tapBegins(id, { at, x, y }) {
    if (!this.#taps.size) this.#tapped = 0
    this.#taps.set(id, { at, x, y, slipped: false })
  }

  /** Two fingers that touch and go together take the last step back. */
  #tapEnds(id, at) {
    const tap = this.#taps.get(id)
    this.#taps.delete(id)
    if (!tap || tap.slipped || at - tap.at > TAP || !this.on) {
      this.#tapped = -2
      return false
    }
    this.#tapped += 1
    return this.#tapped === 2 && this.#taps.size === 0
  }
}
