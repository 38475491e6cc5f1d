/** The secretary's text to read: elements made of its canonical HTML, of the tags that it may have and no others. */

import { html } from "./html.js"

const TAGS = ["P", "H4", "UL", "OL", "LI", "TABLE", "TBODY", "TR", "TD", "TH", "STRONG", "EM", "U", "BR", "DIV"]
const KEPT = ["start", "colspan", "rowspan", "data-k", "data-from"]

/** `live(kind, ref)` → {label, texts}: what the log tells in a live block. */
export function richNodes(written, live = undefined) {
  const read = new window.DOMParser().parseFromString(written, "text/html").body
  const made = document.createDocumentFragment()
  for (const node of read.childNodes) copy(node, made, live)
  return made
}

function copy(node, place, live) {
  if (node.nodeType === Node.TEXT_NODE) return place.append(node.data)
  if (!(node instanceof Element) || !TAGS.includes(node.tagName)) return undefined
  const kind = node.getAttribute("data-live")
  if (kind) {
    if (kind !== "hidden") place.append(...frame(live?.(kind, node.getAttribute("data-ref") || "")))
    return undefined
  }
  const made = document.createElement(node.localName)
  for (const name of KEPT) if (node.hasAttribute(name)) made.setAttribute(name, node.getAttribute(name))
  for (const child of node.childNodes) copy(child, made, live)
  const widths = node.tagName === "TABLE" ? (node.getAttribute("data-w") || "").split(",").map(Number) : []
  if (widths.length > 1 && widths.every((width) => width > 0)) made.prepend(columns(widths))
  place.append(made)
  return undefined
}

function columns(widths) {
  const group = document.createElement("colgroup")
  for (const width of widths) {
    const column = document.createElement("col")
    column.style.width = `${width}%`
    group.append(column)
  }
  return group
}

function frame(live) {
  if (!live) return []
  return (live.texts.length ? live.texts : [live.label]).map((text) => {
    const line = document.createElement("p")
    line.className = "note-live-line"
    line.textContent = text
    return line
  })
}

/** For a template: a text that is drawn anew only when it has changed. */
export class RichText {
  #written
  #place

  draw(written, live) {
    if (this.#written !== written || !this.#place) {
      this.#written = written
      this.#place = document.createElement("div")
      this.#place.className = "rich-text"
      this.#place.append(richNodes(written, live))
    }
    return html`${this.#place}`
  }
}
