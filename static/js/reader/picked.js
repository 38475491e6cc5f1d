/**
 * The words that are picked in the reader: by a finger or a pen our own way, since Safari's is broken over such a text; by
 * a mouse the browser's.
 */

import { t } from "../lib/t.js"
import { nearestWord, runOf, wordAt, wordOfOffset } from "./selection.js"

/** Event `change`; `run` is what is picked (selection.js), with `document`, or undefined. */
export class Picked extends EventTarget {
  run

  #sheets
  #signal
  #ends = [0, 0]
  #box
  #words = []
  #layer

  /** @param {any} sheets @param {AbortSignal} signal */
  constructor(sheets, signal) {
    super()
    this.#sheets = sheets
    this.#signal = signal
    document.addEventListener("selectionchange", () => this.#native(), { signal })
    sheets.addEventListener("drawn", () => this.#draw())
  }

  /** A finger has rested on a word; true if there is one, or may be: the words are on their way. */
  begin(point) {
    const found = this.#sheets.at(point)
    if (!found) return false
    this.clear()
    this.#at(found)
    return true
  }

  async #at({ box, x, y }) {
    const words = await box.words()
    const n = wordAt(words, x, y)
    if (n < 0) return
    this.#words = words
    this.#box = box
    getSelection()?.removeAllRanges()
    this.#become(n, n)
    navigator.vibrate?.(10)
  }

  /** The last end goes to the word nearest to the point; `which` is 0 for the first handle. */
  extend(point, which = 1) {
    const found = this.run && this.#sheets.at(point)
    if (!found || found.box !== this.#box) return
    const n = nearestWord(this.#words, found.x, found.y)
    const ends = [...this.#ends]
    ends[which] = n
    this.#become(ends[0], ends[1])
  }

  clear() {
    if (!this.run) return
    this.run = undefined
    this.#layer?.remove()
    this.#layer = undefined
    this.dispatchEvent(new CustomEvent("change"))
  }

  /** Where it lies in the window: {left, top, right, bottom}. */
  get frame() {
    const box = this.run && this.#sheets.box(this.run.page)
    if (!box) return undefined
    const around = box.element.getBoundingClientRect()
    const { boxes } = this.run
    const top = Math.min(...boxes.map(([, y]) => y))
    const bottom = Math.max(...boxes.map(([, y, , h]) => y + h))
    const [left, right] = [Math.min(...boxes.map(([x]) => x)), Math.max(...boxes.map(([x, , w]) => x + w))]
    return {
      left: around.left + left * around.width,
      right: around.left + right * around.width,
      top: around.top + top * around.height,
      bottom: around.top + bottom * around.height,
    }
  }

  #become(one, other) {
    const run = runOf(this.#words, this.#box.n, one, other)
    if (!run) return
    this.#ends = [one, other]
    this.run = { ...run, document: this.#box.document, byTouch: true }
    this.#draw()
    this.dispatchEvent(new CustomEvent("change"))
  }

  #draw() {
    if (!this.run?.byTouch) return
    const box = this.#sheets.box(this.run.page)
    if (!box) return
    this.#box = box
    if (!this.#layer) {
      this.#layer = document.createElement("div")
      this.#layer.className = "reader-picked"
      this.#layer.append(this.#handle(0), this.#handle(1))
    }
    const [first, last] = this.#layer.querySelectorAll(".reader-handle")
    for (const old of this.#layer.querySelectorAll("i")) old.remove()
    const { boxes } = this.run
    for (const each of boxes) this.#layer.prepend(placed(document.createElement("i"), each))
    const [begin, end] = [boxes[0], boxes[boxes.length - 1]]
    // Whoever drags one end over the other goes on dragging the same one.
    const turned = this.#ends[0] > this.#ends[1]
    put(turned ? last : first, begin[0], begin[1] + begin[3])
    put(turned ? first : last, end[0] + end[2], end[1] + end[3])
    if (this.#layer.parentElement !== box.element) box.element.append(this.#layer)
  }

  #handle(which) {
    const handle = document.createElement("button")
    handle.type = "button"
    handle.className = "reader-handle"
    handle.setAttribute("aria-label", which ? t("End of the selection") : t("Beginning of the selection"))
    const { signal } = { signal: this.#signal }
    handle.addEventListener(
      "pointerdown",
      (event) => {
        event.stopPropagation()
        event.preventDefault()
        handle.setPointerCapture?.(event.pointerId)
        handle.classList.add("dragged")
      },
      { signal },
    )
    // The tip of the handle points at the word, the finger is below it.
    handle.addEventListener(
      "pointermove",
      (event) => {
        if (!handle.classList.contains("dragged")) return
        this.extend({ x: event.clientX, y: event.clientY - 28 }, which)
      },
      { signal },
    )
    for (const end of ["pointerup", "pointercancel"]) {
      handle.addEventListener(end, () => handle.classList.remove("dragged"), { signal })
    }
    handle.addEventListener("keydown", (event) => this.#step(event, which), { signal })
    return handle
  }

  #step(event, which) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    const ends = [...this.#ends]
    ends[which] = Math.min(this.#words.length - 1, Math.max(0, ends[which] + by))
    this.#become(ends[0], ends[1])
  }

  /** What a mouse has selected, as a run of words of one page. */
  async #native() {
    const selection = getSelection()
    if (!selection || selection.isCollapsed || !selection.rangeCount) {
      if (this.run && !this.run.byTouch) this.clear()
      return
    }
    const range = selection.getRangeAt(0)
    const [one, other] = [wordOf(range.startContainer, range.startOffset), wordOf(range.endContainer, range.endOffset)]
    const page = one?.page ?? other?.page
    const box = page && this.#sheets.box(page)
    if (!box || (one && other && one.page !== other.page)) return
    const words = await box.words()
    const [from, to] = [one?.word ?? other.word, other?.word ?? one.word]
    const run = runOf(words, page, from, to)
    if (!run || getSelection()?.isCollapsed) return
    this.#layer?.remove()
    this.#layer = undefined
    this.run = { ...run, document: box.document, byTouch: false }
    this.dispatchEvent(new CustomEvent("change"))
  }
}

function wordOf(node, offset) {
  const element = /** @type {HTMLElement} */ (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)
  const span = element?.closest?.("[data-from]")
  const page = Number(element?.closest?.(".reader-page")?.dataset.page)
  if (!span || !page) return undefined
  const line = { from: Number(span.dataset.from), to: Number(span.dataset.to), text: span.textContent }
  // An end that stands before a word does not take it.
  return { page, word: wordOfOffset(line, offset) }
}

function placed(element, [x, y, w, h]) {
  const { style } = element
  style.left = `${x * 100}%`
  style.top = `${y * 100}%`
  style.width = `${w * 100}%`
  style.height = `${h * 100}%`
  return element
}

function put(handle, x, y) {
  handle.style.left = `${x * 100}%`
  handle.style.top = `${y * 100}%`
}
