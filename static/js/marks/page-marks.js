/** My marks on one page of the reader: strokes and highlights drawn, notes and a ribbon laid over, and the hand that draws. */

import { drawStroke, colourOf, multiply } from "../ink/outline.js"
import { Hand, guardFromScribble } from "../ink/hand.js"
import { cut, touches } from "../ink/hit.js"
import { inPage } from "../ink/bitmap.js"
import { penIs } from "../ink/pen-down.js"
import { encode } from "../ink/codec.js"
import { Stroke, strokesOf } from "../ink/strokes.js"
import { html, render } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { otherText } from "./other-text.js"
import { t } from "../lib/t.js"
import { uid } from "../lib/uid.js"

const RUBBER = 120
const FINEST = 2

export class PageMarks {
  #page
  #pen
  #canvas
  #over
  #run = new AbortController()
  #stroke
  #points = []
  #cuts = false
  /** What the eraser has touched: the mark, and the runs of points that are left of it. */
  #rubbed = new Map()

  /** @param {any} page a page of the reader @param {any} pen what is in hand: {marks, rules, tool, look, did(), snaps(), openNote(id)} */
  constructor(page, pen) {
    this.#page = page
    this.#pen = pen
    this.#canvas = document.createElement("canvas")
    this.#canvas.className = "marks-ink"
    this.#over = document.createElement("div")
    this.#over.className = "marks-over"
    page.element.append(this.#canvas, this.#over)
    const on = {
      begin: (how) => this.#begin(how),
      points: (points) => this.#go(points),
      end: () => this.#end(),
      cancel: () => this.#cancel(),
      hover: () => {},
      undo: () => pen.undo(),
    }
    const { signal } = this.#run
    new Hand(page.element, pen.rules, () => this.#frame, on, signal)
    guardFromScribble(page.element, () => pen.rules.on, signal)
    this.draw()
  }

  get #frame() {
    const k = this.#page.width / 10000
    return { k, x: 0, y: 0, height: this.#page.height / k }
  }

  resize() {
    this.draw()
  }

  close() {
    this.#run.abort()
    Object.assign(this.#canvas, { width: 0, height: 0 })
    this.#canvas.remove()
    this.#over.remove()
  }

  /** What lies under the letters: multiplied into the picture. */
  under(draw, at) {
    const k = at.w / 10000
    const marks = this.#pen.marks.of(this.#page.n)
    const frame = { k, x: at.x, y: at.y, height: at.h / k }
    multiply(
      draw,
      marks.filter(({ kind }) => kind === "ink").map(({ stroke }) => stroke),
      frame,
    )
    draw.save()
    draw.setTransform(k, 0, 0, k, at.x, at.y)
    draw.globalCompositeOperation = "multiply"
    for (const { kind, body } of marks) {
      if (kind !== "highlight") continue
      draw.fillStyle = colourOf({ t: "hl", c: body.c })
      draw.beginPath()
      for (const [x, y, w, h] of body.boxes) draw.rect(x, y, w, h)
      draw.fill()
    }
    draw.restore()
  }

  draw() {
    const ratio = Math.min(window.devicePixelRatio || 1, FINEST)
    const [width, height] = [Math.round(this.#page.width * ratio), Math.round(this.#page.height * ratio)]
    const marks = this.#pen.marks.of(this.#page.n)
    const strokes = marks.filter(({ kind, id }) => kind === "ink" && !this.#rubbed.has(id)).map(({ stroke }) => stroke)
    const lines = [...strokes, ...this.#left()].filter(({ t: tool }) => tool !== "hl")
    const wanted = lines.length || this.#stroke ? { width, height } : { width: 0, height: 0 }
    Object.assign(this.#canvas, wanted)
    if (wanted.width) {
      const draw = inPage(this.#canvas.getContext("2d"), { ...this.#frame, ratio })
      for (const stroke of lines) drawStroke(draw, stroke)
      draw.restore()
    }
    this.#drawOver(marks)
  }

  #drawOver(marks) {
    const { k } = this.#frame
    const notes = marks.filter(({ kind, body }) => kind === "note" || (kind === "highlight" && body.note))
    const ribbon = marks.some(({ kind }) => kind === "bookmark")
    const place = ({ kind, body }) => {
      if (kind === "note") return [body.x, body.y]
      const [x, y, w] = body.boxes[body.boxes.length - 1]
      return [x + w, y]
    }
    render(
      html`${notes.map((mark) => html`<button class="marks-note" type="button" data-mark=${mark.id} title=${said(mark)} aria-label=${t("My note: {text}", { text: said(mark) })} @click=${() => this.#pen.openNote(mark.id)}>${icon("message-square")}</button>`)}
      ${ribbon ? html`<span class="marks-ribbon" role="img" aria-label=${t("Bookmark")}>${icon("bookmark")}</span>` : ""}`,
      this.#over,
    )
    const taken = new Set()
    for (const mark of notes) {
      const button = /** @type {HTMLElement} */ (this.#over.querySelector(`[data-mark="${mark.id}"]`))
      const [x, y] = place(mark)
      const left = Math.min(x * k, this.#page.width - 30)
      let top = Math.min(y * k, this.#page.height - 30)
      // A text from another device stands where the first one does: beside it, so that each can be touched.
      while (taken.has(`${left}/${top}`) && top > 0) top = Math.max(0, top - 34)
      taken.add(`${left}/${top}`)
      button.style.left = `${left}px`
      button.style.top = `${top}px`
    }
  }

  #begin({ erases, point }) {
    penIs(true)
    const tool = erases ? "erase" : this.#pen.tool
    this.#points = [point]
    this.#cuts = tool === "cut"
    if (tool === "erase" || tool === "cut") {
      this.#stroke = undefined
      return
    }
    this.#stroke = { id: uid(), t: tool, ...this.#pen.look(tool) }
    if (!this.#canvas.width) this.draw()
    this.#line([point])
  }

  #go(points) {
    const from = this.#points[this.#points.length - 1]
    if (this.#stroke?.t === "line") {
      this.#points = [this.#points[0], ...points.slice(-1)]
      this.draw()
      return this.#line(this.#points)
    }
    this.#points.push(...points)
    if (this.#stroke) return this.#line([from, ...points])
    let [last, more] = [from, false]
    for (const point of points) {
      for (const { id, kind, stroke } of this.#pen.marks.of(this.#page.n))
        if (kind === "ink" && this.#rub(id, stroke, last, point)) more = true
      last = point
    }
    if (more) this.draw()
  }

  /** The eraser takes all of a stroke, or cuts out what it touches; true if it did. */
  #rub(id, stroke, from, to) {
    if (!this.#cuts) {
      if (this.#rubbed.has(id) || !touches(stroke, from, to, RUBBER)) return false
      this.#rubbed.set(id, { stroke, runs: [] })
      return true
    }
    const runs = this.#rubbed.get(id)?.runs ?? [stroke.points]
    const cuts = runs.map((run) => cut(run, stroke.w, from, to, RUBBER))
    if (!cuts.some(Boolean)) return false
    this.#rubbed.set(id, { stroke, runs: runs.flatMap((run, n) => cuts[n] ?? [run]) })
    return true
  }

  /** The pieces of what was cut. */
  #left() {
    return [...this.#rubbed.values()].flatMap(({ stroke: { t: tool, c, w }, runs }) =>
      runs.map((run) => new Stroke({ id: uid(), t: tool, c, w, d: encode(run) })),
    )
  }

  /** At once, inside of the event. */
  #line(points) {
    const ratio = this.#canvas.width / this.#page.width
    const draw = inPage(this.#canvas.getContext("2d"), { ...this.#frame, ratio })
    if (this.#stroke.t === "hl") draw.globalAlpha = 0.5
    drawStroke(draw, new Stroke({ ...this.#stroke, t: this.#stroke.t === "hl" ? "hl" : "line", d: encode(points) }))
    draw.restore()
  }

  #end() {
    penIs(false)
    const [stroke, points, erase, rubbed] = [this.#stroke, this.#points, [...this.#rubbed.keys()], this.#rubbed]
    const pieces = [...rubbed.values()].flatMap(({ stroke: { t: tool, c, w }, runs }) =>
      runs.flatMap((run) => strokesOf({ id: uid(), t: tool, c, w }, run, uid)),
    )
    this.#forget()
    const { height } = this.#frame
    if (
      stroke?.t === "hl" &&
      this.#pen.snaps(
        this.#page,
        points.map(([x, y]) => [x / 10000, y / height]),
      )
    )
      return this.draw()
    if (stroke) this.#pen.did(this.#page.n, { draw: strokesOf(stroke, points, uid) })
    else if (erase.length) this.#pen.did(this.#page.n, { erase, ...(pieces.length && { draw: pieces }) })
  }

  #cancel() {
    penIs(false)
    this.#forget()
    this.draw()
  }

  #forget() {
    this.#stroke = undefined
    this.#points = []
    this.#rubbed = new Map()
  }
}

/** The text of a note; one that was kept beside a newer one says where it was written. */
const said = ({ body }) => [otherText(body), body.text ?? body.note].filter(Boolean).join(": ")
