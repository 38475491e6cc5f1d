/** A map as a tree: the branch one is at open, everything else folded, the node one is at in the middle. */

import { chipsOf } from "../case/chips.js"
import { childrenOf, parentsOf, wayTo } from "../case/map-tree.js"
import { durationOf } from "../case/media-time.js"
import { t } from "../lib/t.js"
import { draw, el, icon } from "./el.js"
import { saysOf } from "./node-words.js"

const MOST = 150 // boxes that stand there at once
const NARROW = 620 // pixels: below it the tree is an outline
const EDGE = 36
const CHIPS = 3
const SIGNS = { video: "play", audio: "headphones", photo: "image" }
const ZOOM = { least: 0.2, most: 3 }

export class TreeView {
  #host
  #canvas = el("div", { class: "tree-canvas" })
  #lines = draw("svg", { class: "tree-lines", "aria-hidden": "true" })
  #boxes = new Map()
  #camera = { x: 0, y: 0, scale: 1 }
  #map
  #at
  #acts

  /** `acts` {node(id), fold(id), chip(chip, id), media(id)}: without them nothing can be pressed. */
  constructor(host, acts) {
    this.#host = host
    this.#acts = acts
    host.append(this.#canvas)
    if (acts) this.#movable()
    new ResizeObserver(() => this.#settle(false)).observe(host)
    document.fonts?.addEventListener("loadingdone", () => this.#settle(false))
  }

  /** @param {any} map @param {{ node: string, open: string[], shut?: string, levels?: number, visited?: Record<string, any> }} at */
  show(map, at) {
    const moved = this.#map !== map || this.#at?.node !== at.node
    this.#map = map
    this.#at = at
    this.#boxes.clear()
    const way = wayTo(map, at.node)
    const open = new Set([...way, ...at.open].filter((id) => id !== at.shut))
    const budget = { left: MOST }
    const parts = [map.root, ...map.loose].map((id) => this.#branch(id, 0, { way, open, budget }))
    this.#canvas.replaceChildren(this.#lines, ...parts)
    this.#settle(moved)
  }

  #branch(id, depth, how) {
    how.budget.left -= 1
    const children = childrenOf(this.#map, id)
    const isOpen = how.open.has(id) || (depth < (this.#at.levels ?? 0) && id !== this.#at.shut)
    const open = children.length > 0 && isOpen && how.budget.left >= children.length
    const box = this.#box(id, depth, how.way, children.length, open)
    this.#boxes.set(id, { box, children: open ? children : [] })
    return el("div", { class: `branch${open ? " open" : ""}`, "data-depth": Math.min(depth, 3) }, [
      box,
      open &&
        el(
          "div",
          { class: "branches" },
          children.map((child) => this.#branch(child, depth + 1, how)),
        ),
    ])
  }

  #box(id, depth, way, count, open) {
    const node = this.#map.nodes[id]
    const current = id === this.#at.node
    const acts = this.#acts
    const box = el(
      "div",
      {
        class: `box${current ? " current" : way.includes(id) ? " on-way" : ""}`,
        "data-kind": node.kind || (depth ? "" : "root"),
        "data-node": id,
      },
      [
        current && saysOf(node) && el("p", { class: "box-about" }, saysOf(node)),
        acts
          ? el(
              "button",
              {
                type: "button",
                class: "box-text",
                onclick: () => acts.node(id),
                "aria-current": current ? "true" : null,
              },
              node.text,
            )
          : el("p", { class: "box-text" }, node.text),
        current && node.note && el("p", { class: "box-note" }, node.note),
        current &&
          node.picture &&
          el("img", { class: "box-picture", src: node.picture, alt: "", onload: () => this.#settle(false) }),
        this.#chips(id, node),
        this.#at.visited?.[id] && !current && el("span", { class: "box-tick", title: t("Shown") }, icon("check")),
        count > 0 && this.#folder(id, node, count, open),
      ],
    )
    if (node.colour) box.style.setProperty("--own", node.colour)
    return box
  }

  #folder(id, node, count, open) {
    const acts = this.#acts
    if (!acts) return open ? null : el("span", { class: "box-fold" }, String(count))
    const text = node.text.slice(0, 80)
    return el(
      "button",
      {
        type: "button",
        class: "box-fold",
        "aria-expanded": String(open),
        onclick: () => acts.fold(id),
        "aria-label": open ? t("Fold “{text}”", { text }) : t("Open “{text}”", { text }),
      },
      open ? icon("minus") : String(count),
    )
  }

  #chips(id, node) {
    const found = chipsOf(node, this.#map.labels)
    const acts = this.#acts
    const shown = id === this.#at.node ? found : found.slice(0, CHIPS)
    const chips = shown.map((chip) => {
      const name = `chip${chip.checked ? "" : " unchecked"}`
      const words = chip.media
        ? [icon(SIGNS[chip.about.kind] ?? "play"), `${chip.label}${chip.clip ? ` ${durationOf(chip.clip[0])}` : ""}`]
        : [icon(chip.pair ? "columns-2" : "file-text"), `BL ${chip.label}`]
      const act = () =>
        chip.media
          ? acts.media({ media: chip.media, from: chip.clip?.[0], to: chip.clip?.[1] }, id)
          : acts.chip(chip, id)
      return acts
        ? el("button", { type: "button", class: name, onclick: act }, words)
        : el("span", { class: name }, words)
    })
    if (!chips.length)
      return node.bl && node.bl !== "–"
        ? el("span", { class: "chips" }, el("span", { class: "chip lost" }, `BL ${node.bl}`))
        : null
    if (shown.length < found.length) chips.push(el("span", { class: "chip more" }, `+${found.length - shown.length}`))
    return el("span", { class: "chips" }, chips)
  }

  // Where things lie

  #settle(animated) {
    if (!this.#map || !this.#host.clientWidth) return
    const narrow = this.#host.clientWidth < NARROW
    this.#host.classList.toggle("outline", narrow)
    const box = this.#boxes.get(this.#at.node)?.box
    if (narrow) {
      this.#canvas.style.transform = ""
      this.#lines.replaceChildren()
      if (box) this.#host.scrollTop = box.offsetTop - this.#host.clientHeight / 4
      return
    }
    this.#host.scrollTop = 0
    this.#connect()
    this.#canvas.classList.toggle("still", !animated)
    if (box) this.#aim()
  }

  #rect(id) {
    const box = this.#boxes.get(id)?.box
    return box && { x: box.offsetLeft, y: box.offsetTop, w: box.offsetWidth, h: box.offsetHeight }
  }

  /** The node, its branches and, where there is room, what it hangs on fill the screen. */
  #aim() {
    const { clientWidth: wide, clientHeight: high } = this.#host
    const own = this.#rect(this.#at.node)
    const least = Math.min(1.25, Math.max(0.62, wide / 1400))
    const most = Math.max(1, wide / 1050)
    const room = { w: (wide - 2 * EDGE) / least, h: (high - 2 * EDGE) / least }
    let region = own
    const boxesOf = (id) => (this.#boxes.get(id)?.children ?? []).map((child) => this.#rect(child))
    const parent = parentsOf(this.#map).get(this.#at.node)
    for (const group of [boxesOf(this.#at.node), [this.#rect(parent)], boxesOf(parent)]) {
      const larger = [region, ...group.filter(Boolean)].reduce(around)
      // Where not all of them fit below one another, at least the columns do.
      if (larger.w <= room.w && larger.h > room.h) region = { ...region, x: larger.x, w: larger.w }
      else if (larger.w <= room.w) region = larger
    }
    const scale = Math.min(most, Math.max(least, Math.min((wide - 2 * EDGE) / region.w, (high - 2 * EDGE) / region.h)))
    const middle = { x: region.x + region.w / 2, y: region.y + region.h / 2 }
    this.#camera = { scale, x: wide / 2 - middle.x * scale, y: high / 2 - middle.y * scale }
    this.#apply()
  }

  #apply() {
    const { x, y, scale } = this.#camera
    this.#canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`
  }

  #connect() {
    const paths = []
    for (const [id, { box, children }] of this.#boxes) {
      for (const child of children) {
        const end = this.#boxes.get(child)?.box
        if (!end) continue
        const [x1, y1] = [box.offsetLeft + box.offsetWidth, box.offsetTop + box.offsetHeight / 2]
        const [x2, y2] = [end.offsetLeft, end.offsetTop + end.offsetHeight / 2]
        const middle = (x1 + x2) / 2
        const on = end.classList.contains("on-way") || end.classList.contains("current")
        paths.push(
          draw("path", {
            d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
            class: on ? "joint on" : "joint",
            "data-from": id,
          }),
        )
      }
    }
    this.#lines.setAttribute("width", String(this.#canvas.offsetWidth))
    this.#lines.setAttribute("height", String(this.#canvas.offsetHeight))
    this.#lines.replaceChildren(...paths, ...this.#links())
  }

  /** What refutes or supports what, between boxes that stand there. */
  #links() {
    return this.#map.links.flatMap((link) => {
      const [one, other] = [this.#rect(link.from), this.#rect(link.to)]
      if (!one || !other || (link.from !== this.#at.node && link.to !== this.#at.node)) return []
      const [x1, y1, x2, y2] = [one.x + one.w, one.y + one.h / 2, other.x + other.w, other.y + other.h / 2]
      const bend = Math.max(x1, x2) + 70
      return [
        draw("path", {
          d: `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`,
          class: "link",
          "data-link": link.kind || "",
        }),
      ]
    })
  }

  // The hand of who presents

  zoom(by, at = { x: this.#host.clientWidth / 2, y: this.#host.clientHeight / 2 }) {
    const { x, y, scale } = this.#camera
    const next = Math.min(ZOOM.most, Math.max(ZOOM.least, scale * by))
    this.#camera = { scale: next, x: at.x - ((at.x - x) * next) / scale, y: at.y - ((at.y - y) * next) / scale }
    this.#apply()
  }

  #movable() {
    const host = this.#host
    let from
    host.addEventListener("pointerdown", (event) => {
      if (event.target.closest("button") || host.classList.contains("outline")) return
      from = { x: event.clientX - this.#camera.x, y: event.clientY - this.#camera.y }
      host.setPointerCapture(event.pointerId)
      this.#canvas.classList.add("still")
    })
    host.addEventListener("pointermove", (event) => {
      if (!from) return
      this.#camera = { ...this.#camera, x: event.clientX - from.x, y: event.clientY - from.y }
      this.#apply()
    })
    for (const end of ["pointerup", "pointercancel"])
      host.addEventListener(end, () => {
        from = undefined
      })
    host.addEventListener(
      "wheel",
      (event) => {
        if (host.classList.contains("outline")) return
        event.preventDefault()
        this.#canvas.classList.add("still")
        const frame = host.getBoundingClientRect()
        this.zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, { x: event.clientX - frame.left, y: event.clientY - frame.top })
      },
      { passive: false },
    )
  }

  /** What is at once in sight, in one go. */
  whole() {
    const all = [...this.#boxes.keys()].map((id) => this.#rect(id)).reduce(around)
    const { clientWidth: wide, clientHeight: high } = this.#host
    const scale = Math.min(1, (wide - 2 * EDGE) / all.w, (high - 2 * EDGE) / all.h)
    this.#canvas.classList.remove("still")
    this.#camera = { scale, x: wide / 2 - (all.x + all.w / 2) * scale, y: high / 2 - (all.y + all.h / 2) * scale }
    this.#apply()
  }
}

function around(one, other) {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  return { x, y, w: Math.max(one.x + one.w, other.x + other.w) - x, h: Math.max(one.y + one.h, other.y + other.h) - y }
}
