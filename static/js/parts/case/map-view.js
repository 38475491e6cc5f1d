/**
 * A mind map to look at, and to move about in: <case-map-view>. It draws what `show` says and tells what was touched; what
 * is shown, open and chosen is for its owner to say.
 *
 *   show({map, node, open, visited, editable, others, right})   map: {root, nodes, links}; open: Set of nodes; visited:
 *                              Set, ticked; others: who else is at a node, {node: [{name, writing}]}; right: one side
 *   centre(node)                                  brings a box that stands there into sight
 *   "node" {node} · "chip" {node} · "fold" {node} · "write" {node} · "place" {node, parent, before}
 *   "menu" {node, x, y} · "lift" {node}, "drop": a finger holds a box and can drag it (map-press.js)
 *
 * Folded branches are not built at all. What is to be centred has to be open (case/map-ops.js: opened).
 */

import MindElixir from "../../../vendor/mind-elixir/MindElixir.js"
import { blOf, drawn, heightOf, parentOf } from "../../case/map-ops.js"
import { t } from "../../lib/t.js"
import { drawLines } from "./map-lines.js"
import { beginningOf, isNarrow, READABLE, THEME } from "./map-look.js"
import { listenToPresses } from "./map-press.js"

const LINKS = { refutes: "#a32a2a", supports: "#2b7a4b", contradicts: "#b35900", "": "#6b7280" }

export class CaseMapView extends HTMLElement {
  constructor() {
    super()
    /** @type {any} */
    this.map = null
    /** @type {MindElixir | undefined} */
    this.elixir = undefined
    this.node = ""
    this.open = new Set()
    this.visited = new Set()
    this.editable = false
    /** All branches right of the middle. */
    this.right = false
    /** What came while a box was held: it is drawn when that is let go. @type {any} */
    this.later = undefined
    /** @type {Record<string, { name: string, writing?: boolean }[]>} */
    this.others = {}
  }

  /**
   * @param {{ map: any, node?: string, open: Set<string>, visited?: Set<string>, editable?: boolean,
   *   others?: Record<string, { name: string, writing?: boolean }[]>, right?: boolean }} what
   */
  show(what) {
    if (this.elixir?.dragged) {
      this.later = what
      return
    }
    const { map, node = "", open, visited = new Set(), editable = false, others = {}, right = false } = what
    const first = !this.elixir
    const again = map !== this.map || !same(open, this.open) || first || right !== this.right
    const anchor = first || !again ? null : this.anchorOf(node || this.node)
    Object.assign(this, { map, node, open, visited, editable, others, right })
    if (first) this.begin()
    else if (again) {
      this.elixir.direction = this.sideways()
      this.elixir.refresh(this.data())
      this.keep(anchor)
    }
    if (!again) this.decorate()
    this.choose()
  }

  begin() {
    const place = document.createElement("div") // the library takes no other element
    place.className = "map-place"
    this.append(place)
    this.elixir = new MindElixir({
      el: place,
      direction: this.sideways(),
      editable: this.editable,
      contextMenu: false,
      toolBar: false,
      keypress: false,
      allowUndo: false,
      mouseSelectionButton: 2,
      scaleMin: 0.2,
      scaleMax: 2.5,
      overflowHidden: false,
      theme: THEME, // with its lines: what comes with the data is copied as JSON, without functions
      before: {
        // Whatever would change the drawing is a wish: it is drawn when the server has done it.
        moveNodeIn: (from, to) => this.wish(from, { parent: idOf(to), before: "" }),
        moveNodeBefore: (from, to) => this.wish(from, { parent: parentOf(this.map, idOf(to)), before: idOf(to) }),
        moveNodeAfter: (from, to) =>
          this.wish(from, { parent: parentOf(this.map, idOf(to)), before: this.after(idOf(to)) }),
        beginEdit: () => false,
        addChild: () => false,
        removeNodes: () => false,
        copyNodes: () => false,
      },
    })
    // Boxes are what they will be before the lines to them are measured.
    this.elixir.linkDiv = (only) => {
      this.decorate()
      drawLines(this.elixir, only)
    }
    this.elixir.init(this.data())
    this.addEventListener("click", (event) => this.touched(event), true)
    this.addEventListener("dblclick", (event) => this.written(event), true)
    this.life = new AbortController()
    const { signal } = this.life
    listenToPresses(
      this,
      {
        lift: (node) => this.say("lift", { node }),
        drop: () => this.say("drop", {}),
        menu: (node, point) => this.say("menu", { node, ...point }),
      },
      signal,
    )
    // Boxes of another font have other sizes: the lines follow them.
    document.fonts.addEventListener("loadingdone", () => this.elixir?.linkDiv(), { signal })
    // The library chooses what is pressed, also where one only pans: chosen is what the owner says.
    this.addEventListener("pointerdown", () => this.choose(), { signal })
    for (const kind of ["pointerup", "pointercancel"])
      addEventListener(kind, () => setTimeout(() => this.letGo()), { signal })
    // Its own shortcuts would act on the drawing; those of the page are the owner's.
    this.querySelector(".map-container")?.removeAttribute("tabindex")
  }

  letGo() {
    const { later } = this
    this.later = undefined
    if (!later || !this.elixir) return
    this.elixir.dragged = null
    this.show(later)
  }

  data() {
    const { nodeData, arrows } = drawn(this.map, this.open)
    return {
      nodeData,
      direction: this.sideways(),
      arrows: arrows.map(({ id, from, to, kind, text }) => ({
        id,
        label: [kind && t(kind), text].filter(Boolean).join(": "),
        from,
        to,
        delta1: { x: 80, y: 10 },
        delta2: { x: 80, y: -10 },
        style: { stroke: LINKS[kind] || LINKS[""], strokeWidth: "2", strokeDasharray: "6,4", labelColor: LINKS[kind] },
      })),
    }
  }

  sideways() {
    return this.right || isNarrow() ? MindElixir.RIGHT : MindElixir.SIDE
  }

  wish(from, place) {
    const node = idOf(from[0])
    if (node && node !== place.before) this.say("place", { node, ...place })
    return false
  }

  after(node) {
    const parent = parentOf(this.map, node)
    const row = parent ? this.map.nodes[parent].children : this.map.loose
    return row[row.indexOf(node) + 1] || ""
  }

  /** What the library has no field for. */
  decorate() {
    for (const topic of this.querySelectorAll("me-tpc")) {
      const node = idOf(topic)
      const each = this.map.nodes[node]
      if (!each) continue
      topic.dataset.kind = each.kind || "none"
      topic.classList.toggle("visited", this.visited.has(node))
      topic.classList.toggle("hidden-node", Boolean(each.audience && each.audience !== "room"))
      topic.dataset.stance = each.stance || ""
      topic.dataset.status = each.status || ""
      topic.style.setProperty("--own", each.colour || "")
      topic.classList.toggle("own-colour", Boolean(each.colour))
      const here = this.others[node]?.map(({ name }) => name).join(", ")
      if (here) topic.dataset.others = here
      else delete topic.dataset.others
      topic.classList.toggle("has-note", Boolean(each.note))
      topic.classList.toggle("has-picture", Boolean(each.picture))
      topic.querySelector(".bl-chip")?.classList.toggle("unplaced", !each.anchors?.length && /\d/.test(blOf(each)))
      const fold = topic.parentElement.querySelector("me-epd")
      if (fold && !this.open.has(node)) fold.dataset.count = String(each.children.length)
    }
  }

  choose() {
    for (const topic of this.querySelectorAll("me-tpc.selected")) topic.classList.remove("selected")
    const topic = this.node && this.topicOf(this.node)
    topic?.classList.add("selected")
  }

  topicOf(node) {
    return this.querySelector(`me-tpc[data-nodeid="me${CSS.escape(node)}"]`)
  }

  anchorOf(node) {
    const topic = this.topicOf(node)
    return topic && { node, at: topic.getBoundingClientRect() }
  }

  /** What one looks at stays where it was, whatever opened around it. @param {{ node: string, at: DOMRect } | null} anchor */
  keep(anchor) {
    const topic = anchor && this.topicOf(anchor.node)
    if (!topic) return
    const at = topic.getBoundingClientRect()
    this.elixir.move(anchor.at.left - at.left, anchor.at.top - at.top)
  }

  centre(node) {
    const topic = this.topicOf(node)
    if (topic) this.elixir.scrollIntoView(topic, true)
  }

  fit() {
    this.elixir.scaleFit()
  }

  /** The whole map where it can be read so (true); else its root, and what has room round it. */
  begins() {
    const { container, nodes } = this.elixir
    const { whole, scale, origin, transform } = beginningOf(container, nodes)
    this.elixir.scaleVal = scale
    const { style } = nodes.parentElement
    style.transformOrigin = origin
    style.transform = transform
    return whole
  }

  zoom(by) {
    this.elixir.scale(Math.min(2.5, Math.max(0.2, this.elixir.scaleVal * by)))
  }

  touched(event) {
    const fold = event.target.closest("me-epd")
    if (fold) {
      event.stopPropagation()
      event.preventDefault()
      return this.say("fold", { node: idOf(fold.previousElementSibling) })
    }
    const topic = event.target.closest("me-tpc")
    if (!topic) return
    event.stopPropagation()
    this.say(event.target.closest(".bl-chip") ? "chip" : "node", { node: idOf(topic) })
  }

  written(event) {
    const topic = event.target.closest("me-tpc")
    if (!topic) return
    event.stopPropagation()
    this.say("write", { node: idOf(topic) })
  }

  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }

  disconnectedCallback() {
    this.life?.abort()
    this.elixir?.destroy()
    this.elixir = undefined
  }
}

/** Whether the branches that are open will be read at a glance. @param {any} map @param {Set<string>} open @param {boolean} right */
export const canBeRead = (map, open, right) => heightOf(map, open, right || isNarrow()) * READABLE <= innerHeight

const idOf = (topic) => topic?.dataset?.nodeid?.replace(/^me/, "") || ""

const same = (one, other) => one === other || (one.size === other.size && [...one].every((each) => other.has(each)))

customElements.define("case-map-view", CaseMapView)
