/** Marking words in the excerpts of a page: one draws over them, the mark fits their lines. */

import { pointIn } from "../../case/callout-layout.js"
import { cutAll, sameMarks } from "../../case/mark-frames.js"
import { added, allOf, markAt, markedBetween, MOST_MARKS, wordsIn } from "../../case/word-marks.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"

/** @import { CasePage } from "./case-page.js" */

const TAP = 6 // px

/** Event `change`: what is said or can be pressed is another. */
export class WordMarker extends EventTarget {
  #page
  #place
  #words
  #saved
  #ended
  #mayLeave
  /** Of each excerpt, once they have come. @type {any[][] | undefined} */
  #known
  #marks
  #before = /** @type {number[][][]} */ ([])
  #cover = document.createElement("div")
  #stop = new AbortController()
  /** Where the finger was put down: in which excerpt, at which place of the page. @type {any} */
  #from
  #beside = false

  /**
   * @param {CasePage} page with its excerpts
   * @param {{ words: Promise<any[]>, saved: (marks: number[][]) => void, ended: (left: boolean) => void, mayLeave?: boolean }} how
   *   `words` of the page, [] where none are known; `saved` is told of each change; `mayLeave`: what was drawn can be left
   *   behind, too
   */
  constructor(page, { words, saved, ended, mayLeave = false }) {
    super()
    this.#page = page
    this.#place = page.place
    this.#words = words
    this.#saved = saved
    this.#ended = ended
    this.#mayLeave = mayLeave
    this.#marks = cutAll(page.place.marks ?? [], this.#rects)
    this.#cover.className = "mark-cover"
    page.append(this.#cover)
    const { signal } = this.#stop
    const on = (name, act) => this.#cover.addEventListener(name, act, { signal })
    on("pointerdown", (event) => this.#down(event))
    on("pointermove", (event) => this.#move(event))
    on("pointerup", (event) => this.#up(event))
    on("pointercancel", () => this.#reset())
    document.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        event.stopPropagation()
        this.end(true)
      },
      { signal, capture: true },
    )
    words.then((found) => {
      this.#known = this.#rects.map((rect) => wordsIn(found, rect))
      this.#changed()
    })
  }

  get #rects() {
    return this.#place.callouts ?? []
  }

  /** Is it another page, or are there other excerpts on it? Then nothing is marked any more. @param {any} place */
  fits({ document, page, callouts = [] }) {
    const now = this.#place
    return now.document === document && now.page === page && sameMarks(now.callouts, callouts)
  }

  /** @param {boolean} left by Escape */
  end(left = false) {
    if (this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#cover.remove()
    this.#page.drawing = undefined
    this.#ended(left)
  }

  /** What stands beside the page meanwhile. */
  get tools() {
    const plain = this.#known?.some((words) => !words.length)
    const some = this.#marks.length > 0
    return html`<span class="mark-tools" role="group" aria-label=${t("Marking words")}>
      <span class="mark-said" role="status">${
        this.#beside
          ? t("Draw within an excerpt.")
          : plain
            ? t("The words of this part are not known: a plain rectangle is marked.")
            : t("Draw over the words; a press on a mark removes it.")
      }</span>
      <button type="button" class="button compact" ?disabled=${!this.#known} @click=${() => this.#all()}>${icon("highlighter")}${t("All of it")}</button>
      <button type="button" class="button compact" ?disabled=${!this.#before.length} @click=${() => this.#back()}>${icon("undo-2")}${t("Undo")}</button>
      ${some ? html`<button type="button" class="button compact" @click=${() => this.#set([])}>${icon("eraser")}${t("No marks")}</button>` : nothing}
      ${this.#mayLeave ? html`<button type="button" class="button compact" @click=${() => this.end(true)}>${t("Cancel")}</button>` : nothing}
      <button type="button" class="button compact primary" @click=${() => this.end()}>${icon("check")}${t("Done")}</button></span>`
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }

  #set(marks) {
    if (sameMarks(marks, this.#marks)) return this.#show(this.#marks)
    if (marks.length > MOST_MARKS) {
      toast(t("Enough lines are marked on this page. Remove some marks first."), { kind: "warn" })
      return this.#show(this.#marks)
    }
    this.#before.push(this.#marks)
    return this.#take(marks)
  }

  #take(marks) {
    this.#marks = marks
    this.#show(marks)
    this.#saved(marks)
    this.#changed()
  }

  #show(marks) {
    if (!this.#stop.signal.aborted) this.#page.drawing = marks
  }

  /** Nobody took the marks: they are what they were. @param {number[][]} marks */
  refused(marks) {
    this.#before = []
    this.#marks = marks
    this.#show(marks)
    this.#changed()
  }

  #back() {
    const before = this.#before.pop()
    if (before) this.#take(before)
  }

  #all() {
    this.#set(this.#rects.reduce((marks, rect, n) => added(marks, allOf(this.#known?.[n] ?? [], rect)), this.#marks))
  }

  // The finger

  #placeOf(event) {
    const box = this.#cover.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  #down(event) {
    if (!event.isPrimary || (event.pointerType === "mouse" && event.button !== 0)) return
    event.preventDefault()
    event.stopPropagation()
    const point = this.#placeOf(event)
    const found = this.#page.excerptAt(point)
    if (this.#beside !== !found) {
      this.#beside = !found
      this.#changed()
    }
    if (!found) return
    this.#cover.setPointerCapture(event.pointerId)
    this.#from = { ...found, point, at: pointIn(found.box, this.#rects[found.n], point) }
  }

  #move(event) {
    if (!this.#from) return
    event.stopPropagation()
    if (this.#known) this.#show(added(this.#marks, this.#drawn(this.#from, event)))
  }

  async #up(event) {
    const from = this.#from
    if (!from) return
    event.stopPropagation()
    this.#from = undefined
    const { x, y } = this.#placeOf(event)
    const tap = Math.hypot(x - from.point.x, y - from.point.y) < TAP
    if (!this.#known) await this.#words
    if (this.#stop.signal.aborted) return
    const mark = tap ? markAt(this.#marks, from.at) : undefined
    this.#set(mark ? this.#marks.filter((each) => each !== mark) : added(this.#marks, this.#drawn(from, event)))
  }

  #reset() {
    this.#from = undefined
    this.#show(this.#marks)
  }

  /** The lines from where the finger was put down; beyond the edge of the excerpt the nearest ones. */
  #drawn({ n, box, at }, event) {
    const rect = this.#rects[n]
    return markedBetween(this.#known?.[n] ?? [], rect, at, pointIn(box, rect, this.#placeOf(event)))
  }
}
