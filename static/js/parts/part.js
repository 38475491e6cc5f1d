/** What every part of a screen is: it watches slices of the view and draws. */

import { render } from "../lib/html.js"
import { entered } from "../meeting/meeting.js"
import "./line-watch.js"
import { error, loading, noRight, offline, signedOut } from "./states.js"

const LONGEST_TOUCH = 5000

/**
 * A subclass says which slices it `watches` and what to `draw(view, meeting)`; it may have
 * `started(meeting)` for what it listens to (with `this.signal`, so that one call ends everything).
 * It is drawn at most once a frame, and not while a finger or a text field inside it is in use.
 */
export class Part extends HTMLElement {
  watches = []
  /** Set to false in a part that has text fields and must still follow the meeting while one is in use. */
  waitsForEditing = true
  /** Set to false in a part that must follow while a finger moves in it (a page under a pinch). */
  waitsForTouch = true

  #meeting
  #life
  #asked = false
  #touchedAt = 0

  /** Another meeting than the page's own (for tests, and for a screen with two). */
  set meeting(meeting) { this.#meeting = meeting }
  get meeting() { return this.#meeting }

  /** Ends when the part leaves the page. */
  get signal() { return this.#life.signal }

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.addEventListener("pointerdown", () => { this.#touchedAt = performance.now() }, { signal, capture: true })
    // A click is the end of its touch: what it changes is drawn at once.
    this.addEventListener("click", () => { this.#touchedAt = 0 }, { signal, capture: true })
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => this.#released(), { signal, capture: true })
    }
    this.addEventListener("focusout", () => this.redraw(), { signal })
    if (this.#meeting) this.#start(this.#meeting)
    else {
      this.redraw()
      entered.then((meeting) => { if (!signal.aborted) this.#start(meeting) })
    }
  }

  disconnectedCallback() {
    this.#life.abort()
  }

  /** Draw soon; as often as you like, it is done once. */
  redraw() {
    if (this.#asked) return
    this.#asked = true
    queueMicrotask(() => {
      this.#asked = false
      if (this.isConnected) this.#draw()
    })
  }

  /** Override: the template for this view. */
  draw() {}

  /** Override: called after each drawing, for what a template cannot do (a canvas). */
  drawn() {}

  /** Override: called once the part is on the page and the meeting is known. */
  started() {}

  #start(meeting) {
    this.#meeting = meeting
    const { signal } = this.#life
    meeting.watch(this.watches, () => this.redraw(), { signal })
    meeting.addEventListener("lamp", () => { if (!meeting.view || this.watches.includes("lamp")) this.redraw() }, { signal })
    this.started(meeting)
    this.redraw()
  }

  #draw() {
    if (this.#inUse()) return
    try {
      render(this.#picture(), this)
      this.drawn()
    } catch (problem) {
      // One part that stumbles must not take the others with it.
      console.error(this.localName, problem)
      render(error(undefined, () => this.redraw()), this)
    }
  }

  #picture() {
    const meeting = this.#meeting
    if (meeting?.view) return this.draw(meeting.view, meeting)
    return this.waiting(meeting)
  }

  /** What stands here before the first view has come. */
  waiting(meeting) {
    switch (meeting?.lamp.state) {
      case "offline": return offline()
      case "signed_out": return signedOut()
      case "removed": return noRight()
      default: return loading()
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
    setTimeout(() => { this.#touchedAt = 0; this.redraw() })
  }
}

function isEditing(part) {
  const field = document.activeElement
  return Boolean(field && part.contains(field) && field.matches("textarea, select, [contenteditable], input:not([type=button], [type=checkbox], [type=radio], [type=range], [type=file])"))
}
