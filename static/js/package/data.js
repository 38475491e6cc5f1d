/** What is in the package, as `data.js` has it. */

import { parentsOf } from "../case/map-tree.js"
import { readMarks } from "../case/mark-frames.js"
import { endsOf, nameOf } from "../case/places.js"
import { t } from "../lib/t.js"

/** @type {any} */
export const data = /** @type {any} */ (window).PACKAGE

export const about = data.about
export const labels = data.labels
export const script = data.script
export const media = data.media
const named = Object.fromEntries(Object.entries(media).map(([id, about]) => [`media:${id}`, about]))
export const maps = data.maps.map((map) => ({ ...map, labels: { ...labels, ...named } }))

/** Page keys in the order of the file. */
export const keys = Object.keys(labels)

/** @param {string} key `d01/3` */
export function placeOf(key) {
  const [document, page] = key.split("/")
  return { document, page: Number(page) }
}

export const has = (place) => nameOf(place) in labels

export const fileOf = (place) => `pages/${nameOf(place)}.webp`

/** "BL 84", or "page 3" of a page without a number. */
export function nameOfPage(place) {
  const known = labels[nameOf(place)]
  return known?.label ? `BL ${known.label}` : t("page {page}", { page: place.page })
}

/** "T3 · Biên bản hỏi cung". */
export function aboutPage(place) {
  const known = labels[nameOf(place)] ?? {}
  const volume = known.volume && known.volume !== "0" ? t("volume {n}", { n: known.volume }) : ""
  return [volume, known.title].filter(Boolean).join(" · ")
}

/** The page before or after it that is in here, in the file's order. */
export function beside(place, by) {
  const at = keys.indexOf(nameOf(place)) + by
  return keys[at] && placeOf(keys[at])
}

/** The node that names a page: the one where one came from, else the first. @returns {{map: number, node: string} | undefined} */
export function nodeOf(place, from) {
  const names = (map, node) =>
    (map.nodes[node]?.anchors ?? []).flatMap(endsOf).some((end) => nameOf(end) === nameOf(place))
  if (from && maps[from.map] && names(maps[from.map], from.node)) return from
  for (const [n, map] of maps.entries())
    for (const node of [map.root, ...parentsOf(map).keys()]) if (names(map, node)) return { map: n, node }
  return undefined
}

/** What is marked on a page by the node where one came from. */
export function marksOf(place, from) {
  const node = from && maps[from.map]?.nodes[from.node]
  const ends = (node?.anchors ?? []).flatMap(endsOf)
  const here = ends.filter((end) => nameOf(end) === nameOf(place) && end.rect)
  return here.flatMap((end) => (end.marks?.length ? readMarks(end.marks) : [end.rect]))
}
