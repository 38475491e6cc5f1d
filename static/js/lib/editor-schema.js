/** What the secretary's text may be made of, for the editor: the tree of `minutes/rich.py` and nothing else. */

import { isLine } from "./editor-line.js"

const LEVELS = 3
// Of which live block, and the fingerprint of what it told then.
export const TOLD = /^([a-z]{1,20})(?::([\p{L}\p{N}_.:-]{1,80}))?@([0-9a-f]{12})$/u
const styled = (name) => (element) => (name.test(element.dataset.style || "") ? null : false)
const span = (element, name, most) => Math.min(most, Math.max(1, Number.parseInt(element.getAttribute(name), 10) || 1))

/** @param {any} pm ProseMirror's parts */
export const schemaOf = (pm) => new pm.Schema({ nodes, marks })

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    group: "block",
    content: "inline*",
    attrs: { since: { default: 0 }, told: { default: "" } },
    parseDOM: [{ tag: "p", getAttrs: originOf }],
    toDOM: ({ attrs }) => [
      "p",
      { ...(attrs.since && { "data-from": attrs.since }), ...(attrs.told && { "data-told": attrs.told }) },
      0,
    ],
    disableDropCursor: isLine,
  },
  sub: {
    group: "block",
    content: "inline*",
    defining: true,
    disableDropCursor: isLine,
    parseDOM: ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag })),
    toDOM: () => ["h4", 0],
  },
  ordered_list: {
    group: "block",
    content: "list_item+",
    attrs: { kind: { default: "number" }, start: { default: 1 } },
    parseDOM: [
      {
        tag: "ol",
        getAttrs: (element) => ({
          kind: element.dataset.k === "letter" || /^a$/i.test(element.getAttribute("type")) ? "letter" : "number",
          start: span(element, "start", 10 ** 6),
        }),
      },
    ],
    toDOM: ({ attrs }) => [
      "ol",
      { ...(attrs.kind === "letter" && { "data-k": "letter" }), ...(attrs.start !== 1 && { start: attrs.start }) },
      0,
    ],
  },
  dash_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  list_item: {
    content: "paragraph (paragraph | ordered_list | dash_list)*",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  table: {
    group: "block",
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  table_cell: cell("td", "cell"),
  table_header: cell("th", "header_cell"),
  live: {
    group: "block",
    atom: true,
    draggable: true,
    attrs: { kind: {}, ref: { default: "" } },
    parseDOM: [
      {
        tag: "div[data-live]",
        getAttrs: (element) => ({ kind: element.dataset.live, ref: element.dataset.ref || "" }),
      },
    ],
    toDOM: ({ attrs }) => ["div", { "data-live": attrs.kind, ...(attrs.ref && { "data-ref": attrs.ref }) }],
  },
  text: { group: "inline" },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
}

/** What a paragraph was made from: a fact's line, a live block. */
function originOf({ dataset }) {
  const told = dataset.told || ""
  return { since: Number.parseInt(dataset.from, 10) || 0, told: TOLD.test(told) ? told : "" }
}

function cell(tag, role) {
  return {
    content: "(paragraph | ordered_list | dash_list)+",
    tableRole: role,
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    parseDOM: [{ tag, getAttrs: cellOf }],
    toDOM: ({ attrs }) => [
      tag,
      {
        ...(attrs.colspan > 1 && { colspan: attrs.colspan }),
        ...(attrs.rowspan > 1 && { rowspan: attrs.rowspan }),
        ...(attrs.colwidth && { "data-colwidth": attrs.colwidth.join(",") }),
      },
      0,
    ],
  }
}

const WIDE = 6 // pixels for a per cent

function cellOf(element) {
  const [colspan, rowspan] = [span(element, "colspan", 12), span(element, "rowspan", 50)]
  return { colspan, rowspan, colwidth: ownWidth(element, colspan) ?? shares(element, colspan) }
}

/** As the editor itself wrote it into the clipboard. */
function ownWidth(element, colspan) {
  const widths = (element.dataset.colwidth || "").split(",").map(Number)
  return widths.length === colspan && widths.every((width) => width > 0) ? widths : undefined
}

/** Of the table's widths in per cent those of this cell; the first row tells them. */
function shares(element, colspan) {
  const row = element.parentElement
  const widths = (row?.closest("table")?.dataset.w || "").split(",").map(Number)
  if (row?.rowIndex !== 0 || !widths.every((width) => width > 0)) return null
  let from = 0
  for (const before of row.cells) {
    if (before === element) break
    from += before.colSpan
  }
  const own = widths.slice(from, from + colspan)
  return own.length === colspan ? own.map((width) => width * WIDE) : null
}

const marks = {
  strong: {
    parseDOM: [
      { tag: "strong" },
      // Some write a bold tag around everything and say in its style that it is not.
      { tag: "b", getAttrs: (element) => !/font-weight:\s*normal/i.test(element.dataset.style || "") && null },
      { tag: "[data-style]", consuming: false, getAttrs: styled(/font-weight:\s*(bold|[6-9]00)/i) },
    ],
    toDOM: () => ["strong", 0],
  },
  em: {
    parseDOM: [
      { tag: "em" },
      { tag: "i" },
      { tag: "[data-style]", consuming: false, getAttrs: styled(/font-style:\s*italic/i) },
    ],
    toDOM: () => ["em", 0],
  },
  underline: {
    parseDOM: [
      { tag: "u" },
      { tag: "[data-style]", consuming: false, getAttrs: styled(/text-decoration[^;]*:\s*[^;]*underline/i) },
    ],
    toDOM: () => ["u", 0],
  },
}

/** How many lists stand around a place of the text. */
export function levelsAt($pos) {
  let levels = 0
  for (let depth = $pos.depth; depth > 0; depth--) if (isList($pos.node(depth))) levels++
  return levels
}

export const isList = (node) => node.type.name === "ordered_list" || node.type.name === "dash_list"
export { LEVELS }
