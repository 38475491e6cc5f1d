/** A page with what is enlarged of it: the whole page stays in sight, dimmed; or two pages with a line between them. */

import { layCallouts, markIn } from "../case/callout-layout.js"
import { t } from "../lib/t.js"
import { aboutPage, fileOf, nameOfPage } from "./data.js"
import { draw, el, put } from "./el.js"

const ALL = [0, 0, 1, 1]
const NUMBERS = ["①", "②"]

/** One page in its box: where its points lie follows from what part of it (`rect`, in fractions) fills the box. */
class Sheet {
  element = el("div", { class: "sheet" })
  #image = el("img", { class: "sheet-page", alt: "", draggable: "false" })
  #over = el("div", { class: "sheet-over" })
  #lines = draw("svg", { class: "sheet-lines", "aria-hidden": "true" })
  #shown
  #changed

  constructor(changed) {
    this.#changed = changed
    this.element.append(this.#image, this.#over, this.#lines)
    this.#image.addEventListener("load", () => this.lay())
    this.#image.addEventListener("error", () => this.element.classList.add("lost"))
    new ResizeObserver(() => this.lay()).observe(this.element)
  }

  /** @param {any} place @param {{ rect?: number[], callouts?: number[][], marks?: number[][] }} how */
  show(place, { rect = ALL, callouts = [], marks = [] } = {}) {
    const file = fileOf(place)
    this.element.classList.remove("lost")
    this.#shown = { rect: rect ?? ALL, callouts, marks, file }
    this.#image.alt = `${nameOfPage(place)}. ${aboutPage(place)}`
    if (this.#image.getAttribute("src") !== file) this.#image.setAttribute("src", file)
    this.lay()
  }

  get size() {
    return { w: this.#image.naturalWidth, h: this.#image.naturalHeight }
  }

  get camera() {
    const [box, size] = [{ w: this.element.clientWidth, h: this.element.clientHeight }, this.size]
    const [x, y, w, h] = this.#shown.rect
    const scale = Math.min(box.w / (w * size.w), box.h / (h * size.h))
    return { scale, x: box.w / 2 - (x + w / 2) * size.w * scale, y: box.h / 2 - (y + h / 2) * size.h * scale }
  }

  /** A point of the page (fractions) in pixels of the box. */
  pointAt([x, y]) {
    const { scale, x: left, y: top } = this.camera
    return { x: left + x * this.size.w * scale, y: top + y * this.size.h * scale }
  }

  /** A point of the box as fractions of the page. */
  placeAt(x, y) {
    const { scale, x: left, y: top } = this.camera
    const within = (n) => Math.min(1, Math.max(0, n))
    return [within((x - left) / (this.size.w * scale)), within((y - top) / (this.size.h * scale))]
  }

  lay() {
    if (!this.#shown || !this.size.w || !this.element.clientWidth) return
    const { camera, size } = this
    put(this.#image, { x: camera.x, y: camera.y, w: size.w * camera.scale, h: size.h * camera.scale })
    const box = { w: this.element.clientWidth, h: this.element.clientHeight }
    const found = layCallouts(box, size, camera, this.#shown.callouts)
    const at = ([x, y, w, h]) => ({
      x: camera.x + x * size.w * camera.scale,
      y: camera.y + y * size.h * camera.scale,
      w: w * size.w * camera.scale,
      h: h * size.h * camera.scale,
    })
    const mark = (/** @type {any} */ box) => put(el("div", { class: "sheet-mark" }), box)
    const marks = this.#shown.marks.map((rect) => mark(at(rect)))
    // A part of the page with the words that are marked in it, as large as its place.
    const partOf = (sort, source, place, n) => {
      const scale = (place.w / source.w) * camera.scale
      const image = put(el("img", { src: this.#shown.file, alt: "", draggable: "false" }), {
        x: -((source.x - camera.x) * scale) / camera.scale,
        y: -((source.y - camera.y) * scale) / camera.scale,
        w: size.w * scale,
        h: size.h * scale,
      })
      const inside = { x: 0, y: 0, w: place.w, h: place.h }
      const marked = this.#shown.marks.map((each) => markIn(inside, this.#shown.callouts[n], each)).filter(Boolean)
      return put(el("div", { class: sort }, [image, ...marked.map(mark)]), place)
    }
    const excerpts = found.map(({ source, at: place }, n) => partOf("excerpt", source, place, n))
    const sources = found.map(({ source }, n) => partOf("excerpt-source", source, source, n))
    const veil = found.length ? [el("div", { class: "sheet-veil" })] : []
    this.#over.replaceChildren(...(found.length ? [] : marks), ...veil, ...sources, ...excerpts)
    this.#lines.replaceChildren(...found.flatMap(({ source, at: place }) => linesTo(source, place)))
    this.#changed?.()
  }
}

function linesTo(source, place) {
  const below = place.y > source.y
  const [from, to] = below ? [source.y + source.h, place.y] : [source.y, place.y + place.h]
  if (below ? to < from : to > from) return []
  return [
    draw("line", { x1: source.x, y1: from, x2: place.x, y2: to }),
    draw("line", { x1: source.x + source.w, y1: from, x2: place.x + place.w, y2: to }),
  ]
}

export class PageView {
  element = el("div", { class: "pages" })
  #sheets = [0, 1].map(() => new Sheet(() => this.#join()))
  #figures
  #captions = [0, 1].map(() => el("figcaption"))
  #line = draw("svg", { class: "pair-line", "aria-hidden": "true" })
  #text = el("p", { class: "pair-text" })
  #switch = el("div", { class: "pair-switch" })
  #shown
  #second = false

  constructor() {
    this.#figures = this.#sheets.map((sheet, n) =>
      el("figure", { class: "page-figure" }, [sheet.element, this.#captions[n]]),
    )
    this.element.append(...this.#figures, this.#line, this.#text, this.#switch)
  }

  /** `{page, rect, callouts, marks}` or `{pair: [left, right], line, text}`. */
  show(state) {
    const places = state.kind === "pair" ? state.pair : [state.page]
    this.#shown = state
    const two = places.length > 1
    if (!two) this.#second = false
    this.element.classList.toggle("two", two)
    this.element.classList.toggle("second", this.#second)
    this.#figures[1].hidden = !two
    for (const [n, place] of places.entries()) {
      this.#sheets[n].show(place, two ? {} : state)
      this.#captions[n].replaceChildren(
        el("b", {}, `${two ? `${NUMBERS[n]} ` : ""}${nameOfPage(place)}`),
        el("span", {}, aboutPage(place)),
      )
    }
    this.#text.hidden = !two || !state.text
    this.#text.textContent = state.text ?? ""
    this.#switch.hidden = !two
    this.#switch.replaceChildren(
      ...(two ? places : []).map((place, n) =>
        el(
          "button",
          {
            type: "button",
            "aria-pressed": String(this.#second === Boolean(n)),
            onclick: () => {
              this.#second = Boolean(n)
              this.show(state)
            },
          },
          `${NUMBERS[n]} ${nameOfPage(place)}`,
        ),
      ),
    )
    this.#join()
  }

  /** The line of a contradiction, from a point of the left page to one of the right. */
  #join() {
    const line = this.#shown?.kind === "pair" && this.#shown.line
    const ready = line && this.#sheets.every((sheet) => sheet.size.w && sheet.element.clientWidth)
    if (!ready) return this.#line.replaceChildren()
    const frame = this.element.getBoundingClientRect()
    const ends = [line.slice(0, 2), line.slice(2)].map((point, n) => {
      const box = this.#sheets[n].element.getBoundingClientRect()
      const { x, y } = this.#sheets[n].pointAt(point)
      return { x: box.left - frame.left + x, y: box.top - frame.top + y }
    })
    const [a, b] = ends
    this.#line.replaceChildren(
      draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }),
      ...ends.flatMap(({ x, y }, n) => [
        draw("circle", { cx: x, cy: y, r: 16 }),
        draw("text", { x, y: y + 6 }, String(n + 1)),
      ]),
    )
    return undefined
  }

  /** A frame is drawn round what shall stand enlarged: its rect in fractions, null where nothing was drawn. */
  frame() {
    const [sheet] = this.#sheets
    return new Promise((done) => {
      const veil = el("div", { class: "frame-veil" }, el("p", {}, t("Draw a frame round what shall stand enlarged.")))
      const drawn = el("div", { class: "frame-drawn" })
      let from
      const rectOf = ([x, y]) => ({
        x: Math.min(from[0], x),
        y: Math.min(from[1], y),
        w: Math.abs(x - from[0]),
        h: Math.abs(y - from[1]),
      })
      veil.addEventListener("pointerdown", (event) => {
        from = pointIn(sheet, event)
        veil.setPointerCapture(event.pointerId)
        veil.replaceChildren(drawn)
        put(drawn, rectOf(from))
      })
      veil.addEventListener("pointermove", (event) => from && put(drawn, rectOf(pointIn(sheet, event))))
      const end = (rect) => {
        document.removeEventListener("keydown", cancel, true)
        veil.remove()
        done(rect)
      }
      const cancel = (event) => {
        if (event.key !== "Escape") return
        event.stopPropagation()
        end(null)
      }
      veil.addEventListener("pointerup", (event) => {
        const { x, y, w, h } = rectOf(pointIn(sheet, event))
        const [x1, y1] = sheet.placeAt(x, y)
        const [x2, y2] = sheet.placeAt(x + w, y + h)
        end(x2 - x1 > 0.01 && y2 - y1 > 0.004 ? [x1, y1, x2 - x1, y2 - y1] : null)
      })
      document.addEventListener("keydown", cancel, true)
      sheet.element.append(veil)
    })
  }

  /** Two taps, one on each page: the ends of the line; null where they were not wanted any more. */
  points() {
    return new Promise((done) => {
      const ends = []
      const veils = this.#sheets.map((sheet, n) => {
        const veil = el("div", { class: "frame-veil" }, el("p", {}, t("Press the place that is compared.")))
        veil.addEventListener("click", (event) => {
          ends[n] = sheet.placeAt(...pointIn(sheet, event))
          veil.remove()
          if (ends[0] && ends[1]) end([...ends[0], ...ends[1]])
        })
        sheet.element.append(veil)
        return veil
      })
      const end = (line) => {
        document.removeEventListener("keydown", cancel, true)
        for (const veil of veils) veil.remove()
        done(line)
      }
      const cancel = (event) => {
        if (event.key !== "Escape") return
        event.stopPropagation()
        end(null)
      }
      document.addEventListener("keydown", cancel, true)
    })
  }
}

/** @returns {[number, number]} */
function pointIn(sheet, event) {
  const box = sheet.element.getBoundingClientRect()
  return [event.clientX - box.left, event.clientY - box.top]
}
