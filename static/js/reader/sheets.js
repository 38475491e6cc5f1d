/**
 * The pages of a paper in their window: one, two, or all below one another. It knows places, canvases and scrolling; what
 * stands around it (bars, panels) is the reader's.
 */

import { putOff } from "../ink/pen-down.js"
import { between, laid, LEAST, MOST, pageAt, spreads } from "./layout.js"
import { PageBox } from "./page-box.js"
import { CanvasPool } from "./canvas-pool.js"

const CANVASES = 4
const MOST_CANVASES = 8
const MARGIN = 0.6
const REST = 200
// Screens a second: faster, only small pictures are drawn.
const FLING = 3
const NEAR = 1.5
const WIDEST = 4096

/** Events: `page` {page} when another page is read; `status` {page, status} of a picture that did not come; `drawn`. */
export class Sheets extends EventTarget {
  pool = new CanvasPool()
  page = 1
  /** one | scroll | two */
  mode = "scroll"
  fit = "read"
  zoom = 1
  /** Does a scrolled page stand alone because it is magnified? */
  near = false
  /** Pages fetched ahead count as opened: not where each opening is noted. */
  ahead = true

  #paper
  #window
  #content
  #layout = { w: 0, h: 0, rows: [] }
  #laidFor = 0 // the width of the window when the pages were laid out
  /** @type {{ n: number, box?: number[] } | undefined} the place that was asked for while nothing was to be seen */
  #unseen
  /** @type {Map<number, PageBox>} */
  #boxes = new Map()
  #layers = []
  #resting
  #last = { top: 0, at: 0 }
  #fast = false
  #asleep = false
  #asked = false
  #jumped = false

  /** @param {HTMLElement} window_ what scrolls @param {any} paper {document, pages, shape, title, t} @param {AbortSignal} signal */
  constructor(window_, paper, signal) {
    super()
    this.#paper = paper
    this.#window = window_
    this.#content = document.createElement("div")
    this.#content.className = "reader-sheets"
    window_.append(this.#content)
    window_.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true })
    const sized = new ResizeObserver(() => this.#resized())
    sized.observe(window_)
    // A tab in the background is killed for its canvases; one that comes back may have lost what was in them.
    window.addEventListener("pagehide", () => this.sleep(), { signal })
    window.addEventListener("pageshow", () => this.wake(), { signal })
    signal.addEventListener("abort", () => {
      sized.disconnect()
      clearTimeout(this.#resting)
      this.#empty()
    })
  }

  get paged() {
    return this.mode !== "scroll"
  }

  get content() {
    return this.#content
  }

  /** The pages that are in the window now. @returns {PageBox[]} */
  get visible() {
    const { scrollTop, clientHeight } = this.#window
    return [...this.#boxes.values()].filter(
      ({ place }) => place.y < scrollTop + clientHeight && place.y + place.h > scrollTop,
    )
  }

  /** @param {number} n */
  box(n) {
    return this.#boxes.get(n)
  }

  addLayer(layer) {
    this.#layers = [...this.#layers, layer].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    for (const box of this.#boxes.values()) box.mount(layer)
    return () => {
      this.#layers = this.#layers.filter((one) => one !== layer)
      for (const box of this.#boxes.values()) box.unmount(layer)
    }
  }

  /** Lay the pages out so; the place that is read stays. @param {{ mode?: string, fit?: string, zoom?: number }} how @param {{x: number, y: number}} [point] */
  set(how, point) {
    const place = this.#anchor(point)
    if (how.mode) this.near = false
    Object.assign(this, how)
    this.zoom = Math.min(MOST, Math.max(LEAST, this.zoom))
    // Much nearer, the page under the fingers stands alone: a few large canvases are more than a tablet has.
    if (this.mode === "scroll" && this.zoom > NEAR) {
      this.mode = "one"
      this.near = true
      if (place) this.page = place.n
    } else if (this.near && this.zoom <= NEAR) {
      this.mode = "scroll"
      this.near = false
    }
    this.#lay()
    if (place) this.#bring(place)
    this.#look()
  }

  /** @param {number} n @param {{ box?: number[] }} how a place on the page to be in sight, in fractions */
  go(n, { box } = {}) {
    const page = Math.min(Math.max(1, n), this.#paper.pages)
    this.#become(page)
    const { clientHeight, clientWidth } = this.#window
    this.#unseen = clientWidth && clientHeight ? undefined : { n: page, box }
    if (this.#unseen) return
    if (this.paged || this.#laidFor !== clientWidth) this.#lay()
    const place = this.#placeOf(page)
    if (!place) return
    this.#jumped = true
    if (box) {
      this.#window.scrollTop = place.y + box[1] * place.h - clientHeight / 3
      this.#window.scrollLeft = place.x + (box[0] + box[2] / 2) * place.w - clientWidth / 2
    } else {
      this.#window.scrollTop = this.paged ? 0 : place.y - 8
      this.#window.scrollLeft = Math.max(0, (this.#layout.w - clientWidth) / 2)
    }
    this.#look()
  }

  /** By so many rows; false at an end. */
  turn(by) {
    const rows = spreads(this.#paper.pages, this.mode === "two")
    const at = rows.findIndex((row) => row.includes(this.page))
    const next = rows[at + by]
    if (!next) return false
    this.go(next[0])
    return true
  }

  /** Is everything across in sight? Then a finger that slips sideways turns the page. */
  get fits() {
    return this.#window.scrollWidth <= this.#window.clientWidth + 1
  }

  repaint(n) {
    for (const box of this.#boxes.values()) if (n === undefined || box.n === n) this.#paint(box, true)
  }

  retry() {
    for (const box of this.#boxes.values()) if (box.state === "failed") this.#paint(box, true)
  }

  /** The text has another revision now. */
  renewText() {
    for (const box of this.#boxes.values()) box.renew()
    this.#rest()
  }

  sleep() {
    this.#asleep = true
    for (const box of this.#boxes.values()) box.let(this.pool)
  }

  /** The paper may not be read any more: neither pictures nor words stay. */
  forget() {
    this.#asleep = true
    this.#empty()
  }

  wake() {
    this.#asleep = false
    this.#look()
  }

  /** The page and the place on it at a point of the window. */
  at({ x, y }) {
    const frame = this.#window.getBoundingClientRect()
    const [left, top] = [x - frame.left + this.#window.scrollLeft, y - frame.top + this.#window.scrollTop]
    for (const box of this.#boxes.values()) {
      const { place } = box
      const [across, down] = [(left - place.x) / place.w, (top - place.y) / place.h]
      if (across >= 0 && across <= 1 && down >= 0 && down <= 1) return { box, x: across, y: down }
    }
    return undefined
  }

  #rows() {
    const rows = spreads(this.#paper.pages, this.mode === "two")
    return this.paged ? rows.filter((row) => row.includes(this.page)) : rows
  }

  #lay() {
    const box = { w: this.#window.clientWidth, h: this.#window.clientHeight }
    this.#laidFor = box.w
    const { shape } = this.#paper
    // One that only stands alone because it is near goes on from the size it had.
    const fit = this.paged && !this.near && this.fit === "read" ? "whole" : this.fit
    this.#layout = laid({ shape, rows: this.#rows(), box, fit, zoom: this.zoom })
    this.#content.style.width = `${this.#layout.w}px`
    this.#content.style.height = `${this.#layout.h}px`
    this.#window.style.touchAction = this.#layout.w > box.w + 1 ? "pan-x pan-y" : "pan-y"
  }

  #placeOf(n) {
    for (const row of this.#layout.rows) for (const page of row.pages) if (page.n === n) return page
    return undefined
  }

  #anchor(point) {
    const frame = this.#window.getBoundingClientRect()
    const where = point ?? { x: frame.left + frame.width / 2, y: frame.top + frame.height / 4 }
    const found = this.at(where)
    return found && { n: found.box.n, x: found.x, y: found.y, at: { x: where.x - frame.left, y: where.y - frame.top } }
  }

  #bring({ n, x, y, at }) {
    const place = this.#placeOf(n)
    if (!place) return
    this.#jumped = true
    this.#window.scrollLeft = place.x + x * place.w - at.x
    this.#window.scrollTop = place.y + y * place.h - at.y
  }

  #resized() {
    if (!this.#window.clientWidth) return
    const asked = this.#unseen
    if (asked) this.go(asked.n, asked)
    else this.set({})
  }

  #scrolled() {
    const now = performance.now()
    const { scrollTop, clientHeight } = this.#window
    const ms = Math.max(1, now - this.#last.at)
    const screens = Math.abs(scrollTop - this.#last.top) / Math.max(1, clientHeight)
    this.#fast = !this.#jumped && ms < 300 && (screens / ms) * 1000 > FLING
    this.#jumped = false
    this.#last = { top: scrollTop, at: now }
    if (this.#asked) return
    this.#asked = true
    requestAnimationFrame(() => {
      this.#asked = false
      if (!this.paged) this.#become(pageAt(this.#layout, this.#window.scrollTop, this.#window.clientHeight))
      this.#look()
    })
  }

  #become(page) {
    if (!page || page === this.page) return
    this.page = page
    this.dispatchEvent(new CustomEvent("page", { detail: { page } }))
  }

  /** Boxes for what is near, canvases for what is in sight and its neighbours, text when all has come to rest. */
  #look() {
    const { scrollTop: top, clientHeight: height } = this.#window
    if (!height || this.#asleep) return
    const { rows } = this.#layout
    const [first, end] = between(rows, top - height, top + 2 * height)
    const near = new Map(rows.slice(first, end).flatMap((row) => row.pages.map((page) => [page.n, page])))
    for (const [n, box] of [...this.#boxes]) {
      if (near.has(n)) continue
      box.close(this.pool)
      this.#boxes.delete(n)
    }
    for (const [n, place] of near) {
      const box = this.#boxes.get(n)
      if (box) box.put(place)
      else this.#open(n, place)
    }
    this.#draw(top, height)
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.#rest(), REST)
    this.dispatchEvent(new CustomEvent("drawn"))
  }

  #open(n, place) {
    const box = new PageBox(this.#paper, n, place)
    this.#boxes.set(n, box)
    const after = [...this.#boxes.keys()].filter((other) => other > n).sort((a, b) => a - b)[0]
    this.#content.insertBefore(box.element, after ? this.#boxes.get(after).element : null)
    for (const layer of this.#layers) box.mount(layer)
  }

  #draw(top, height) {
    const far = ({ place }) => Math.max(0, top - (place.y + place.h), place.y - (top + height))
    const margin = this.ahead ? height * MARGIN : 0
    const wanted = [...this.#boxes.values()].filter((box) => far(box) <= margin).sort((a, b) => far(a) - far(b))
    const seen = wanted.filter((box) => far(box) === 0).length
    const most = Math.min(MOST_CANVASES, Math.max(this.paged ? seen : CANVASES, seen))
    const chosen = new Set(wanted.slice(0, most))
    for (const box of this.#boxes.values()) if (!chosen.has(box)) box.let(this.pool)
    for (const box of chosen) this.#paint(box)
  }

  async #paint(box, force = false) {
    const count = this.paged ? Math.max(1, this.visible.length) : CANVASES
    const widest = this.paged && this.zoom > 1 ? WIDEST : undefined
    const status = await box.paint(this.pool, { canvases: count, widest, small: this.#fast, force })
    if (status !== undefined) this.dispatchEvent(new CustomEvent("status", { detail: { page: box.n, status } }))
  }

  #rest() {
    if (putOff(() => this.#rest())) return
    if (this.#fast) {
      this.#fast = false
      this.#look()
      return
    }
    const here = this.visible.slice(0, 2)
    for (const box of this.#boxes.values()) {
      if (here.includes(box)) box.read()
      else if (!box.text?.element.contains(getSelection()?.anchorNode)) box.unread()
    }
    this.dispatchEvent(new CustomEvent("rest"))
  }

  #empty() {
    for (const box of this.#boxes.values()) box.close(this.pool)
    this.#boxes.clear()
  }
}
