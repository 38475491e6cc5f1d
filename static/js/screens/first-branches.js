/**
 * The branches of a mind map that came in the first HTML (cases/first_branches.py): put where the drawing will have them,
 * with their lines, before the page's own script is read. Whoever asks for one node (`#N43`) waits for the drawing.
 */

import { local } from "../lib/storage.js"
import { drawLines } from "../parts/case/map-lines.js"
import { beginningOf, isNarrow, LAYOUT, READABLE, THEME } from "../parts/case/map-look.js"

/** Stands behind the branches: when it is there, they are. */
class FirstBranches extends HTMLElement {
  connectedCallback() {
    if (location.hash) return
    this.view = this.parentElement.querySelector("case-map-view")
    this.container = this.view.querySelector(".map-container")
    this.nodes = this.view.querySelector("me-nodes")
    // Asked first, while they take no room: each of these has the page laid out.
    this.high = innerHeight
    this.right = isNarrow() || local.read(LAYOUT) === "right"
    this.prepare()
    this.parentElement.classList.add("placed")
    this.begins()
    // Boxes of another font have other sizes. Its parts may come one after the other.
    this.life = new AbortController()
    const { signal } = this.life
    document.fonts.addEventListener("loadingdone", () => this.begins(), { signal })
    // This script may be there before the page's sheets are.
    const sheet = ({ target }) => target.rel === "stylesheet" && this.begins()
    document.addEventListener("load", sheet, { capture: true, signal })
  }

  disconnectedCallback() {
    this.life?.abort()
  }

  /** What the drawing library, and the drawing, write into its elements. */
  prepare() {
    for (const [name, value] of Object.entries(THEME.cssVar)) this.container.style.setProperty(name, value)
    for (const topic of this.nodes.querySelectorAll("[data-own]")) topic.style.setProperty("--own", topic.dataset.own)
    if (this.right) this.standRight()
    const high = Number(this.right ? this.view.dataset.right : this.view.dataset.both)
    if (high * READABLE > this.high) this.fold()
    this.lines = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    this.lines.setAttribute("class", "lines")
    this.lines.setAttribute("overflow", "visible")
    this.nodes.append(this.lines)
  }

  /** They came in turn, one for each side. */
  standRight() {
    const [left, , right] = this.nodes.children
    const after = [...right.children]
    for (const [n, one] of [...left.children].entries()) right.insertBefore(one, after[n] ?? null)
  }

  fold() {
    for (const below of this.nodes.querySelectorAll("me-children")) {
      const fold = below.previousElementSibling.querySelector("me-epd")
      fold.className = ""
      fold.dataset.count = String(below.children.length)
      below.remove()
    }
  }

  /** As the drawing begins. */
  begins() {
    const { container, nodes } = this
    let place = beginningOf(container, nodes)
    if (!place.whole && nodes.querySelector("me-children")) {
      this.fold()
      place = beginningOf(container, nodes)
    }
    this.draw()
    const { style } = nodes.parentElement
    style.transformOrigin = place.origin
    style.transform = place.transform
  }

  draw() {
    const { nodes, lines } = this
    const none = () => {}
    const labelContainer = document.createElement("div")
    const drawing = { nodes, map: nodes, lines, labelContainer, theme: THEME, renderArrow: none, renderSummary: none }
    const { generateMainBranch, generateSubBranch } = THEME
    drawLines({ ...drawing, generateMainBranch, generateSubBranch, bus: { fire: none } })
  }
}

customElements.define("first-branches", FirstBranches)
