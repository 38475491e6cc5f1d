/**
 * The branches of a mind map that came in the first HTML (cases/first_branches.py): put where the drawing will have them,
 * with their lines, before the page's own script is read. Whoever asks for one node (`#N43`) waits for the drawing.
 */

import { local } from "../lib/storage.js"
import { drawLines } from "../parts/case/map-lines.js"
import { isNarrow, LAYOUT, READABLE, THEME } from "../parts/case/map-look.js"

/** Stands behind the branches: when it is there, they are. */
class FirstBranches extends HTMLElement {
  connectedCallback() {
    if (location.hash) return
    this.view = this.parentElement.querySelector("case-map-view")
    this.container = this.view.querySelector(".map-container")
    this.nodes = this.view.querySelector("me-nodes")
    // Asked first, while they take no room: each of these has the page laid out.
    this.narrow = isNarrow()
    this.size = [innerWidth, innerHeight]
    this.right = this.narrow || local.read(LAYOUT) === "right"
    this.prepare()
    this.parentElement.classList.add("placed")
    this.begins()
    // Boxes of another font have other sizes. Its parts may come one after the other.
    this.life = new AbortController()
    document.fonts.addEventListener("loadingdone", () => this.begins(), { signal: this.life.signal })
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
    if (high * READABLE > this.size[1]) this.fold()
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

  /** As the drawing begins: all of it where it can be read so, else its middle. */
  begins() {
    const { container, nodes } = this
    const fit = () =>
      1 / Math.max(1, nodes.offsetHeight / container.offsetHeight, nodes.offsetWidth / container.offsetWidth)
    let scale = fit()
    if (scale < READABLE && nodes.querySelector("me-children")) {
      this.fold()
      scale = fit()
    }
    const root = nodes.querySelector("me-root")
    const whole = scale >= READABLE
    const middle = whole
      ? [nodes.offsetWidth / 2, nodes.offsetHeight / 2]
      : [root.offsetLeft + root.offsetWidth / 2, root.offsetTop + root.offsetHeight / 2]
    const at = [container.offsetWidth / 2 - middle[0], container.offsetHeight / 2 - middle[1]]
    if (!whole) scale = READABLE
    if (!whole && this.narrow) at[0] -= Math.min(this.size[0] / 2, (nodes.offsetWidth - middle[0]) * scale)
    this.draw()
    const { style } = nodes.parentElement
    style.transformOrigin = whole ? "50% 50%" : `${middle[0]}px 50%`
    style.transform = `translate3d(${at[0]}px, ${at[1]}px, 0) scale(${scale})`
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
