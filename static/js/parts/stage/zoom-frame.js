/** Drawing the part of the page that everybody shall see large: with a finger, or one of three ready-made parts. */

import { html, render } from "../../lib/html.js"
import { t } from "../../lib/t.js"

/** A rectangle smaller than this part of the page is a slip of the finger. */
const SMALLEST = 0.05
const THIRDS = [
  [0, 0, 1, 0.4],
  [0, 0.3, 1, 0.4],
  [0, 0.6, 1, 0.4],
]

export class ZoomFrame {
  #page
  #done
  #cover = document.createElement("div")
  #mark = document.createElement("div")
  #words = document.createElement("div")
  #from = undefined
  #stop = new AbortController()

  /** `page` is the page-view; `done(rect | undefined)` ends it; `words`: what the frame is for. */
  constructor(page, done, words = t("Draw a frame round the part that everybody shall see.")) {
    this.#page = page
    this.#done = done
    const { signal } = this.#stop
    this.#cover.className = "zoom-cover"
    this.#mark.className = "zoom-mark"
    this.#words.className = "zoom-words"
    render(
      html`
      <p role="status">${words}</p>
      <div class="zoom-ready">${[t("Upper part"), t("Middle part"), t("Lower part")].map(
        (word, i) => html`
        <button class="button" @click=${() => this.#end(THIRDS[i])}>${word}</button>`,
      )}
        <button class="button outline" @click=${() => this.end()}>${t("Cancel")}</button></div>`,
      this.#words,
    )
    this.#cover.append(this.#mark, this.#words)
    page.append(this.#cover)
    this.#cover.addEventListener("pointerdown", (event) => this.#down(event), { signal })
    this.#cover.addEventListener("pointermove", (event) => this.#move(event), { signal })
    this.#cover.addEventListener("pointerup", (event) => this.#up(event), { signal })
    this.#cover.addEventListener("pointercancel", () => this.#reset(), { signal })
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        this.end()
      },
      { signal, capture: true },
    )
  }

  end() {
    this.#end()
  }

  #down(event) {
    if (event.target.closest("button") || !event.isPrimary) return
    event.preventDefault()
    event.stopPropagation()
    this.#cover.setPointerCapture(event.pointerId)
    this.#from = this.#at(event)
    // The words must not stand where the frame is being drawn.
    this.#words.hidden = true
  }

  #move(event) {
    if (!this.#from) return
    event.stopPropagation()
    const { box } = this.#from
    const [x, y, width, height] = this.#rect(event)
    const cover = this.#cover.getBoundingClientRect()
    Object.assign(this.#mark.style, {
      display: "block",
      left: `${box.left - cover.left + x * box.width}px`,
      top: `${box.top - cover.top + y * box.height}px`,
      width: `${width * box.width}px`,
      height: `${height * box.height}px`,
    })
  }

  #up(event) {
    if (!this.#from) return
    event.stopPropagation()
    const rect = this.#rect(event)
    if (rect[2] < SMALLEST || rect[3] < SMALLEST) return this.#reset()
    this.#end(rect)
  }

  #reset() {
    this.#from = undefined
    this.#words.hidden = false
    this.#mark.style.display = "none"
  }

  #rect(event) {
    const a = this.#from
    const b = this.#at(event)
    return [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y)]
  }

  /** Where the finger is, in fractions of the page; never beyond its edges. */
  #at(event) {
    const box = this.#from?.box ?? pageBox(this.#page)
    const within = (value) => Math.min(1, Math.max(0, value))
    return { box, x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) }
  }

  #end(rect) {
    if (this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#cover.remove()
    this.#done(rect)
  }
}

/** Where the page is painted on this screen, px: whole, or as the holder reads it. */
function pageBox(view) {
  const { size } = view.shown
  const { left, top } = view.getBoundingClientRect()
  const { scale, x, y } = view.camera
  return { left: left + x, top: top + y, width: size.w * scale, height: size.h * scale }
}
