/** One page in the reader: its place, its canvas, its words, and what others lay over it. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"
import { t } from "../lib/t.js"
import { wordsUrl } from "../pages/page-words.js"
import { dotsOf } from "./layout.js"
import { buildText } from "./text-layer.js"

const NONE = { words: [], flat: false, source: "pdf" }

/**
 * What a layer gets: `document`, `n`, `element` (what stands in it lies over the picture), `width` and `height` in CSS
 * pixels, `words()`.
 */
export class PageBox {
  canvas
  text
  place
  /** "", painting, ready, failed */
  state = ""
  /** The text record of the page, once it has come. */
  record

  #paper
  #asked
  #run = new AbortController()
  #drawn = ""
  #mounted = new Map()

  constructor(paper, n, place) {
    this.#paper = paper
    this.n = n
    this.document = paper.document
    this.element = document.createElement("div")
    this.element.className = "reader-page"
    this.element.dataset.page = String(n)
    this.put(place)
  }

  get width() {
    return this.place.w
  }

  get height() {
    return this.place.h
  }

  put(place) {
    const before = this.place
    this.place = place
    const { style } = this.element
    style.transform = `translate(${place.x}px, ${place.y}px)`
    style.width = `${place.w}px`
    style.height = `${place.h}px`
    if (before?.w === place.w && before?.h === place.h) return
    this.text?.resize(place.w)
    for (const mounted of this.#mounted.values()) mounted?.resize?.(this)
  }

  mount(layer) {
    if (!this.#mounted.has(layer)) this.#mounted.set(layer, layer.mount?.(this))
  }

  unmount(layer) {
    this.#mounted.get(layer)?.close?.()
    this.#mounted.delete(layer)
  }

  /** The words of the page: {words, flat, source}; empty when they cannot be had. */
  recordOf() {
    this.#asked ??= ask(wordsUrl(this.document, this.n, this.#paper.t), {
      proof: shaped({ words: "list" }),
      cache: "default",
    }).then(({ ok, body }) => {
      if (!ok) {
        this.#asked = undefined
        return NONE
      }
      this.record = body
      this.element.classList.toggle("flat", body.flat === true)
      return body
    })
    return this.#asked
  }

  async words() {
    return (await this.recordOf()).words
  }

  /** Draws the picture if it is not there at this size; `status` of the file, or undefined when there was nothing to do. */
  async paint(pool, { canvases, widest, small, force = false }) {
    const dots = dotsOf(this.place, Math.min(window.devicePixelRatio || 1, 3), canvases, widest)
    const [w, h] = [Math.max(1, Math.round(this.place.w * dots)), Math.max(1, Math.round(this.place.h * dots))]
    const wanted = `${w}×${h}${small ? " small" : ""}`
    if (wanted === this.#drawn && this.state !== "failed" && !force) return undefined
    this.#drawn = wanted
    this.#run.abort()
    this.#run = new AbortController()
    const { signal } = this.#run
    const fresh = !this.canvas
    if (fresh) {
      this.canvas = pool.take()
      this.element.prepend(this.canvas)
    }
    this.canvas.setAttribute("aria-label", t("Page {page} of {pages}: {title}", { ...this.#paper, page: this.n }))
    if (this.state !== "ready") this.#become("painting")
    const onto = (draw) => {
      for (const layer of this.#mounted.keys()) layer.under?.(draw, this, { x: 0, y: 0, w, h })
    }
    const { document, n } = this
    const status = await pool.paint(this.canvas, { document, n, w, h, signal, fresh, small, onto })
    if (signal.aborted) return undefined
    this.#become(status === 200 ? "ready" : this.state === "ready" ? "ready" : "failed")
    return status
  }

  /** The canvas is needed elsewhere. */
  let(pool) {
    this.#run.abort()
    this.#drawn = ""
    if (this.canvas) pool.give(this.canvas)
    this.canvas = undefined
    this.#become("")
  }

  async read() {
    if (this.text) return
    const record = await this.recordOf()
    if (this.text || !this.element.isConnected || !record.words.length) return
    this.text = buildText(record.words, this.n, { w: this.place.w, h: this.place.h })
    this.text.resize(this.place.w)
    this.element.append(this.text.element)
  }

  /** Its words were read anew. */
  renew() {
    this.#asked = undefined
    this.record = undefined
    this.unread()
  }

  unread() {
    this.text?.element.remove()
    this.text = undefined
  }

  close(pool) {
    this.let(pool)
    for (const mounted of this.#mounted.values()) mounted?.close?.()
    this.#mounted.clear()
    this.element.remove()
  }

  #become(state) {
    this.state = state
    this.element.dataset.state = state
    this.element.setAttribute("aria-busy", String(state === "painting"))
  }
}
