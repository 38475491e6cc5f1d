/** A map in the browser: operations as the server has done them, what is open, and its form for the drawing. Pure. */

/**
 * @typedef {{ text: string, kind: string, children: string[], [field: string]: any }} MapNode
 * @typedef {{ rev: number, root: string, loose: string[], nodes: Record<string, MapNode>,
 *   links: Record<string, { from: string, to: string, kind: string, text: string }>, bin?: any[] }} MindMap
 */

/** More boxes than this are not opened at once: what is further down opens by a press. */
export const MOST_OPEN = 150
/** As many stand there at first: a slow tablet draws these at once. */
export const FIRST_OPEN = 70

/**
 * The map after an operation that the server has done: it decides, here it is only followed.
 * @param {MindMap} map
 * @param {any} op
 * @returns {MindMap}
 */
export function followed(map, op) {
  const next = { ...map, rev: map.rev + 1, nodes: { ...map.nodes }, links: { ...map.links }, loose: [...map.loose] }
  next.bin = [...(map.bin || [])]
  if (op.add) {
    const { id, ...fields } = op.add.node
    next.nodes[id] = tidy({ text: "", kind: "", children: [], ...fields })
    insert(next, id, op.add.parent, op.add.before)
  } else if (op.edit) {
    next.nodes[op.edit.node] = tidy({ ...next.nodes[op.edit.node], ...op.edit.set })
  } else if (op.move) {
    takeOut(next, op.move.node)
    insert(next, op.move.node, op.move.parent || "", op.move.before)
  } else if (op.remove) {
    remove(next, op.remove.node)
  } else if (op.restore) {
    restore(next, op.restore)
  } else if (op.link) {
    const { id, from, to, kind = "", text = "" } = op.link
    next.links[id] = { from, to, kind: WORDS[kind] || kind, text }
  } else if (op.unlink) {
    delete next.links[op.unlink.id]
  }
  return next
}

const WORDS = { "bác bỏ": "refutes", "củng cố": "supports", "mâu thuẫn": "contradicts" }
const ALWAYS = new Set(["text", "kind", "children"])

function tidy(node) {
  const kept = Object.entries(node).filter(([key, value]) => ALWAYS.has(key) || !isEmpty(value))
  return /** @type {MapNode} */ (Object.fromEntries(kept))
}

function isEmpty(value) {
  return (
    value === "" || value === null || value === undefined || value === false || (Array.isArray(value) && !value.length)
  )
}

/** @param {MindMap} map @param {string} node @returns {string} the node it hangs on; "" of the root and of loose ones */
export function parentOf(map, node) {
  for (const [key, each] of Object.entries(map.nodes)) if (each.children.includes(node)) return key
  return ""
}

/** The list that may be changed: a copy in its place. */
function row(map, parent) {
  if (!parent || !map.nodes[parent]) return map.loose
  map.nodes[parent] = { ...map.nodes[parent], children: [...map.nodes[parent].children] }
  return map.nodes[parent].children
}

function takeOut(map, node) {
  const from = row(map, parentOf(map, node))
  const at = from.indexOf(node)
  if (at >= 0) from.splice(at, 1)
}

function insert(map, node, parent, before) {
  const into = row(map, parent)
  const at = before ? into.indexOf(before) : -1
  into.splice(at < 0 ? into.length : at, 0, node)
}

/** @param {{ nodes: Record<string, MapNode> }} map @param {string} top @returns {string[]} a node and all below it */
export function branch(map, top) {
  const found = []
  const stack = [top]
  while (stack.length) {
    const node = stack.pop()
    if (!map.nodes[node]) continue
    found.push(node)
    stack.push(...[...map.nodes[node].children].reverse())
  }
  return found
}

function remove(map, node) {
  const parent = parentOf(map, node)
  const beside = parent ? map.nodes[parent].children : map.loose
  const before = beside[beside.indexOf(node) + 1] || ""
  takeOut(map, node)
  const gone = new Set(branch(map, node))
  const kept = { node, parent, before, nodes: {}, links: {} }
  for (const each of gone) {
    kept.nodes[each] = map.nodes[each]
    delete map.nodes[each]
  }
  for (const [key, link] of Object.entries(map.links))
    if (gone.has(link.from) || gone.has(link.to)) {
      kept.links[key] = link
      delete map.links[key]
    }
  map.bin.push(kept)
}

function restore(map, { node, parent }) {
  const at = map.bin.findIndex((each) => each.node === node)
  if (at < 0) return
  const [kept] = map.bin.splice(at, 1)
  Object.assign(map.nodes, kept.nodes)
  insert(map, node, parent ?? kept.parent, kept.before)
  for (const [key, link] of Object.entries(/** @type {Record<string, any>} */ (kept.links))) {
    if (map.nodes[link.from] && map.nodes[link.to]) map.links[key] = link
    else {
      const other = map.bin.findIndex((each) => each.nodes[link.from] || each.nodes[link.to])
      if (other >= 0) map.bin[other] = { ...map.bin[other], links: { ...map.bin[other].links, [key]: link } }
    }
  }
}

/** @param {MindMap} map @param {string} node @returns {string[]} from the top down to the node */
export function wayTo(map, node) {
  const up = parentsOf(map)
  const way = []
  for (let at = node; at && !way.includes(at); at = up.get(at) || "") way.unshift(at)
  return way
}

/** @param {MindMap} map */
export function parentsOf(map) {
  const up = new Map()
  for (const [key, node] of Object.entries(map.nodes)) for (const child of node.children) up.set(child, key)
  return up
}

/**
 * The nodes that are open, level by level, as long as no more than `most` boxes stand there.
 * @param {MindMap} map
 * @param {number} levels
 * @param {number} most
 * @returns {Set<string>}
 */
export function openTo(map, levels = 2, most = MOST_OPEN) {
  const open = new Set()
  let level = [map.root]
  let boxes = 1
  for (let depth = 0; depth < levels && level.length; depth++) {
    const next = []
    for (const node of level) {
      const { children, fold } = map.nodes[node]
      if (!children.length || (fold && node !== map.root)) continue
      if (boxes + children.length > most && node !== map.root) continue
      open.add(node)
      boxes += children.length
      next.push(...children)
    }
    level = next
  }
  return open
}

/**
 * `open` with a node opened (or with the way to it open): cousins fold where there would be too many boxes.
 * @param {MindMap} map
 * @param {Set<string>} open
 * @param {string} node
 * @returns {Set<string>}
 */
export function opened(map, open, node) {
  const way = wayTo(map, node)
  const next = new Set([...open, ...way])
  if (boxesOf(map, next) <= MOST_OPEN) return next
  const kept = new Set(way)
  return new Set([...next].filter((each) => kept.has(each)))
}

/** How many boxes stand there. @param {MindMap} map @param {Set<string>} open */
export function boxesOf(map, open) {
  let boxes = 0
  const stack = [map.root]
  while (stack.length) {
    const node = stack.pop()
    boxes += 1
    if (open.has(node)) stack.push(...map.nodes[node].children)
  }
  return boxes
}

// What a box takes, roughly, px: a line of its text, its edges with the gap to the next, its BL.
const LINE = 20
const ROUND = 20
const CHIP = 28
const LETTERS = 45

/**
 * About how high the drawing is, px: so that what cannot be read at a glance is not drawn only to be folded again.
 * @param {MindMap} map @param {Set<string>} open @param {boolean} right all branches on one side
 */
export function heightOf(map, open, right) {
  const own = ({ text, bl = "" }) => LINE * Math.max(1, Math.ceil(text.length / LETTERS)) + ROUND + (bl ? CHIP : 0)
  const high = (node) => {
    const each = map.nodes[node]
    const below = open.has(node) ? each.children.reduce((sum, child) => sum + high(child), 0) : 0
    return Math.max(own(each), below)
  }
  const branches = map.nodes[map.root].children.map(high)
  if (right) return branches.reduce((sum, each) => sum + each, 0)
  const side = (n) => branches.reduce((sum, each, at) => sum + (at % 2 === n ? each : 0), 0)
  return Math.max(side(0), side(1))
}

/** The BL field as it is shown; "" for none. @param {MapNode} node */
export function blOf(node) {
  return (node.bl || "").replace(/^[\s\-–—]+$/, "")
}

/**
 * What the drawing library is given. Of a folded node only one child goes along, so that it knows there is something:
 * the rest is built when it is opened.
 * @param {MindMap} map
 * @param {Set<string>} open
 */
export function drawn(map, open) {
  const make = (node) => {
    const each = map.nodes[node]
    const isOpen = open.has(node)
    return {
      id: node,
      topic: each.text,
      expanded: isOpen,
      tags: blOf(each) ? [{ text: `BL ${blOf(each)}`, className: "bl-chip" }] : [],
      metadata: { kind: each.kind },
      children: isOpen ? each.children.map(make) : each.children.slice(0, 1).map(stub),
    }
  }
  const stub = (node) => ({ id: node, topic: map.nodes[node].text, expanded: false, children: [] })
  const shown = new Set()
  const data = make(map.root)
  const seen = [data]
  while (seen.length) {
    const each = seen.pop()
    shown.add(each.id)
    if (each.expanded) seen.push(...each.children)
  }
  const arrows = Object.entries(map.links)
    .filter(([, link]) => shown.has(link.from) && shown.has(link.to))
    .map(([id, link]) => ({ id, ...link }))
  return { nodeData: data, arrows }
}

/** 1950000000 → "1.950.000.000". @param {number} amount */
export function spelled(amount) {
  return String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ".")
}

/** "600 tr", "1,5 tỷ", "1.400.000" → đồng; null for what is no amount; undefined for nothing. @param {string} text */
export function amountOf(text) {
  const said = text.trim().toLowerCase()
  if (!said) return undefined
  const match = /^(-?\d[\d.]*)(?:,(\d{1,9}))?\s*(tỷ|tỉ|triệu|tr|nghìn|ngàn|đồng|đ)?$/.exec(said)
  if (!match) return null
  const scale = { tỷ: 9, tỉ: 9, triệu: 6, tr: 6, nghìn: 3, ngàn: 3 }[match[3]] || 0
  const part = match[2] || ""
  if (part.length > scale) return null
  const digits = match[1].replaceAll(".", "") + part + "0".repeat(scale - part.length)
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : null
}

/**
 * "12/11/2025", "01/2025", "2025", "02–04/2025" → {from, to, precision}; null for what is no date; undefined for nothing.
 * @param {string} text
 */
export function whenOf(text) {
  const said = text.trim()
  if (!said) return undefined
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said)
  if (day) {
    const iso = `${day[3]}-${two(day[2])}-${two(day[1])}`
    const at = new Date(`${iso}T00:00:00Z`)
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return null
    return { from: iso, to: iso, precision: "day" }
  }
  const months = /^(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?\/(\d{4})$/.exec(said)
  if (months) {
    const [first, last] = [Number(months[1]), Number(months[2] || months[1])]
    if (first < 1 || last > 12 || last < first) return null
    const end = new Date(Date.UTC(Number(months[3]), last, 0)).toISOString().slice(0, 10)
    return { from: `${months[3]}-${two(months[1])}-01`, to: end, precision: "month" }
  }
  if (/^(19|20)\d{2}$/.test(said)) return { from: `${said}-01-01`, to: `${said}-12-31`, precision: "year" }
  return null
}

/** As whenOf reads it. @param {{ from: string, to: string, precision: string } | undefined} when */
export function whenSaid(when) {
  if (!when) return ""
  const [year, month, day] = when.from.split("-")
  if (when.precision === "year") return year
  if (when.precision === "month") {
    const last = when.to.split("-")[1]
    return last === month ? `${month}/${year}` : `${month}–${last}/${year}`
  }
  return `${day}/${month}/${year}`
}

/** @param {string | number} n */
const two = (n) => String(n).padStart(2, "0")
