/** What every part of a screen is: it watches slices of the view and draws. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { nothing, render } from "../../lib/html.js"
import { wait } from "../../meeting/backoff.js"
import { entered } from "../../meeting/meeting.js"
import "./line-watch.js"
import { putOff } from "../../ink/pen-down.js"
import { keepFocus } from "../../lib/focus.js"
import { error, loading, noRight, offline, signedOut } from "./states.js"

const LONGEST_TOUCH = 5000
const SLICE = 12

/**
 * A subclass says which slices it `watches` and what to `draw(view, meeting)`; it may have
 * `started(meeting)` for what it listens to (with `this.listensTo`, which ends when the part leaves the page).
 * It is drawn at most once a frame, and not while a finger or a text field inside it is in use.
 */
export class Part extends HTMLElement {
  watches = []
  /** Set to false in a part that has text fields and must still follow the meeting while one is in use. */
  waitsForEditing = true
  /** Set to false in a part that must follow while a finger moves in it (a page under a pinch). */
  waitsForTouch = true
  /** Set to true in a part that is drawn also while a pen is down (the page that is written on). */
  followsPen = false
  /** Set to true in a part that is drawn before the others when the screen comes (the page). */
  comesFirst = false
  /** Set to true in a part that shows nothing until the first view has come. */
  emptyAtFirst = false

  #meeting
  #life
  #asked = false
  #touchedAt = 0

  /** Another meeting than the page's own (for tests, and for a screen with two). */
  set meeting(meeting) {
    this.#meeting = meeting
  }
  get meeting() {
    return this.#meeting
  }

  /** Ends when the part leaves the page. */
  get signal() {
    return this.#life.signal
  }

  /**
   * Hears what `source` says for as long as the part is on the page; without `heard`, it is drawn anew.
   * @param {EventTarget} source
   * @param {string} type
   * @param {(event: any) => unknown} heard
   */
  listensTo(source, type = "change", heard = () => this.redraw()) {
    source.addEventListener(type, heard, { signal: this.signal })
  }

  /**
   * For what comes only when the meeting is known (following.js, my-status.js): taken, heard, and drawn with.
   * @template {EventTarget} Source
   * @param {Promise<Source>} coming
   * @param {(source: Source) => void} take
   */
  async drawsWith(coming, take) {
    const { signal } = this
    const source = await coming
    if (signal.aborted) return
    take(source)
    this.listensTo(source)
    this.redraw()
  }

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.addEventListener(
      "pointerdown",
      () => {
        this.#touchedAt = performance.now()
      },
      { signal, capture: true },
    )
    // A click is the end of its touch: what it changes is drawn at once.
    this.addEventListener(
      "click",
      () => {
        this.#touchedAt = 0
      },
      { signal, capture: true },
    )
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => this.#released(), { signal, capture: true })
    }
    this.listensTo(this, "focusout")
    if (this.#meeting) this.#start(this.#meeting)
    else {
      entered.then((meeting) => {
        if (!signal.aborted) this.#start(meeting)
      })
      // A screen that enters at once has more to show than that it waits.
      setTimeout(() => {
        if (!this.#meeting) this.redraw()
      })
    }
  }

  disconnectedCallback() {
    this.#life.abort()
  }

  /** Draw soon; as often as you like, it is done once. */
  redraw() {
    if (this.#asked) return
    this.#asked = true
    const draw = () => {
      this.#asked = false
      if (this.isConnected) this.#draw()
    }
    if (beginning && !this.comesFirst) beginning.push(draw)
    else queueMicrotask(draw)
  }

  /**
   * Override: the template for this view.
   * @param {any} _view
   * @param {Meeting} _meeting
   * @returns {unknown}
   */
  draw(_view, _meeting) {
    return undefined
  }

  /** Override: called after each drawing, for what a template cannot do (a canvas). */
  drawn() {}

  /**
   * Override: called once the part is on the page and the meeting is known.
   * @param {Meeting} _meeting
   */
  started(_meeting) {}

  #start(meeting) {
    this.#meeting = meeting
    const { signal } = this.#life
    meeting.watch(this.watches, () => this.redraw(), { signal })
    this.listensTo(meeting, "lamp", () => {
      if (!meeting.view || this.watches.includes("lamp")) this.redraw()
    })
    // A button that tells its key tells it only while keys act.
    this.listensTo(document, "letters-switched")
    this.started(meeting)
    this.redraw()
  }

  #draw() {
    if (this.#inUse() || (!this.followsPen && putOff(() => this.isConnected && this.#draw()))) return
    try {
      keepFocus(this, () => render(this.#picture(), this))
      this.drawn()
    } catch (problem) {
      // One part that stumbles must not take the others with it.
      console.error(this.localName, problem)
      render(
        error(undefined, () => this.redraw()),
        this,
      )
    }
  }

  #picture() {
    const meeting = this.#meeting
    if (meeting?.view) return this.draw(meeting.view, meeting)
    return this.emptyAtFirst ? nothing : this.waiting(meeting)
  }

  /**
   * What stands here before the first view has come.
   * @param {Meeting | undefined} meeting
   * @returns {unknown}
   */
  waiting(meeting) {
    switch (meeting?.lamp.state) {
      case "offline":
        return offline()
      case "signed_out":
        return signedOut()
      case "removed":
        return noRight()
      default:
        return loading()
    }
  }

  #inUse() {
    // A button must not move away under a finger; a lost pointerup must not freeze the part for ever.
    if (this.waitsForTouch && this.#touchedAt && performance.now() - this.#touchedAt < LONGEST_TOUCH) {
      setTimeout(() => this.redraw(), LONGEST_TOUCH)
      return true
    }
    return this.waitsForEditing && isEditing(this)
  }

  #released() {
    if (!this.#touchedAt) return
    // After the click that belongs to this touch.
    setTimeout(() => {
      this.#touchedAt = 0
      this.redraw()
    })
  }
}

/** What is drawn once the page is on the glass, in slices: a finger is heard in between. Undefined when all are drawn. */
let beginning = []

const turn = new MessageChannel()
turn.port1.onmessage = drawOn

function drawOn() {
  const until = performance.now() + SLICE
  while (beginning?.length && performance.now() < until) beginning.shift()()
  if (beginning?.length) return turn.port2.postMessage(0)
  beginning = undefined
  return turn.port1.close()
}

let isEntered = false
entered.then(() => {
  isEntered = true
  // No frames come in a hidden window.
  Promise.race([new Promise((seen) => requestAnimationFrame(() => setTimeout(seen))), wait(250)]).then(drawOn)
})
// A screen that waits (for its code) says so.
setTimeout(() => isEntered || drawOn())

function isEditing(part) {
  const field = document.activeElement
  return Boolean(
    field &&
      part.contains(field) &&
      field.matches(
        "textarea, select, [contenteditable], input:not([type=button], [type=checkbox], [type=radio], [type=range], [type=file])",
      ),
  )
}
