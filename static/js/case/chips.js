/** The pages of a node as chips: pages that follow one another are one, the two of a contradiction another. Pure. */

import { endsOf, nameOf, pagesOf } from "./places.js"

/**
 * [{label, checked, pages: [{document, page, rect?}], pair?: true, line?}] in the order of the node; of a recording or a
 * photo {label, media, clip?, about}.
 * @param {any} node @param {Record<string, any>} labels by `<document>/<page>`
 */
export function chipsOf(node, labels = {}) {
  const chips = []
  for (const anchor of node.anchors ?? []) {
    if (anchor.media) {
      chips.push({
        pages: [],
        media: anchor.media,
        clip: anchor.to > (anchor.from ?? 0) ? [anchor.from ?? 0, anchor.to] : undefined,
      })
      continue
    }
    const pages = endsOf(anchor)
    if (!pages.length) continue
    if (anchor.left) {
      chips.push({ pages, pair: true, line: anchor.line })
      continue
    }
    const last = chips[chips.length - 1]
    const before = last && !last.pair && !last.media && last.pages[last.pages.length - 1]
    if (before && before.document === pages[0].document && before.page + 1 === pages[0].page && !pages[0].rect)
      last.pages.push(pages[0])
    else chips.push({ pages })
  }
  return chips.map((chip) =>
    chip.media ? ofMedia(chip, labels) : { ...chip, label: labelOf(chip, labels), checked: isChecked(chip, labels) },
  )
}

/** A recording or a photo bears its title. */
function ofMedia(chip, labels) {
  const about = labels[`media:${chip.media}`] ?? {}
  return { ...chip, about, label: about.title || "?", checked: true }
}

function labelOf({ pages, pair }, labels) {
  const [first, last] = [pages[0], pages[pages.length - 1]].map((page) => labels[nameOf(page)]?.label || "?")
  if (pair) return `${first} ↔ ${last}`
  return pages.length > 1 && first !== last ? `${first}–${last}` : first
}

const isChecked = ({ pages }, labels) => pages.every((page) => labels[nameOf(page)]?.checked)

/**
 * Which of the numbers of its node is on the stage (-1: the node itself); nothing where the keys of a clicker mean something
 * else. `also`: it opens the numbers of a node by itself.
 */
export function placeIn(map, stage, also) {
  if (stage.kind === "map") {
    const chips = also ? chipsOf(map.nodes[stage.map.node] ?? {}, map.labels) : []
    // Backwards from a node one goes to the node before it.
    return chips.length ? { node: stage.map.node, chips, n: -1 } : undefined
  }
  const pages = pagesOf(stage)
  const node = pages[0]?.from_node
  const chips = chipsOf(map.nodes[node] ?? {}, map.labels)
  if (chips.length < (also ? 1 : 2)) return undefined
  const has = (chip, page) => chip.pages.some((each) => each.document === page.document && each.page === page.page)
  const n = chips.findIndex((chip) => pages.every((page) => has(chip, page)) && Boolean(chip.pair) === pages.length > 1)
  return n < 0 ? undefined : { node, chips, n }
}
