/** A map as a presentation goes through it: depth first, into a branch, out of it, folded again. Pure. */

import { endsOf, nameOf } from "./places.js"

// A version never changes: what follows from it is found once, and goes with it.
const orders = new WeakMap()
const families = new WeakMap()

/** What `find(map)` says, asked once a map. */
function once(known, map, find) {
  if (!known.has(map)) known.set(map, find(map))
  return known.get(map)
}

/** The nodes in the order of reading. */
export const inOrder = (map) => once(orders, map, readThrough)

function readThrough(map) {
  const order = []
  const stack = [map.root]
  while (stack.length) {
    const node = stack.pop()
    if (!map.nodes[node]) continue
    order.push(node)
    stack.push(...[...childrenOf(map, node)].reverse())
  }
  return order
}

export const childrenOf = (map, node) => (map.nodes[node]?.children ?? []).filter((id) => map.nodes[id])

/** Child to parent. */
export const parentsOf = (map) => once(families, map, findParents)

function findParents(map) {
  const parents = new Map()
  for (const id of Object.keys(map.nodes)) for (const child of childrenOf(map, id)) parents.set(child, id)
  return parents
}

/** The way from the root to the node, both with it. */
export function wayTo(map, node) {
  const parents = parentsOf(map)
  const way = []
  for (let at = node; at && map.nodes[at] && !way.includes(at); at = parents.get(at)) way.unshift(at)
  return way
}

/** Where a step leads: the next or the one before in the order of reading, the first child, the parent. */
export function stepFrom(map, node, step) {
  const order = inOrder(map)
  const at = order.indexOf(node)
  switch (step) {
    case "next":
      return order[at + 1]
    case "back":
      return at > 0 ? order[at - 1] : undefined
    case "into":
      return childrenOf(map, node)[0]
    case "out":
      return parentsOf(map).get(node)
    default:
      return undefined
  }
}

/** Is this branch open: on the way to the node, opened by hand, or above the level that is open everywhere? */
export function isOpen(map, at, node, depth) {
  return depth < (at.levels ?? 0) || (at.open ?? []).includes(node) || wayTo(map, at.node).includes(node)
}

/**
 * How often a node was shown: 1 it was, 2 one of its pages too, from whichever number or node it was opened. `visited`
 * by node, `shown` by `<document>/<page>`, both as the meeting has them.
 */
export function tickOf(node, id, visited = {}, shown = {}) {
  if (!visited[id]) return 0
  return visited[id] > 1 || (node.anchors ?? []).some((anchor) => endsOf(anchor).some((page) => shown[nameOf(page)]))
    ? 2
    : 1
}

/** What stays open where the presenter goes on: of what was opened by hand that on the way alone, so that it folds. */
export function openAfter(map, open = [], node = "") {
  const way = wayTo(map, node)
  return open.filter((id) => way.includes(id) && id !== node)
}

/** What is open after a branch was opened or folded by hand. */
export const toggled = (open = [], node = "") =>
  open.includes(node) ? open.filter((id) => id !== node) : [...open, node]
