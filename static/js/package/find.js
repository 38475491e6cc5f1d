/** Finding a page by its number (BL), and a node by its words. Nothing is guessed: what fits several pages lists them. Pure. */

import { stripAccents } from "../lib/strip-accents.js"

const LABEL = String.raw`\d{1,5}\s*(?:bis|ter|[a-z](?![a-z])|[./]\d{1,2})?(?:\s*\(?mat sau\)?)?`
const TYPED = new RegExp(
  String.raw`^(?:(?:tap|t)\s*(\d{1,3})\s*[:,]?\s*)?(?:(?:bl|b\.l\.?|but luc)\s*(?:-\s*([a-z]{2,8}))?\s*(?:so)?[\s:.]*)?(${LABEL})(?:\s*(?:-|–|—|den|toi)\s*(${LABEL}))?(?:\s*\(?(?:tap|t)\s*(\d{1,3})\)?)?$`,
)

/** "12 A" and "12a" are one label. */
const plain = (label) => stripAccents(label).replace(/[\s()]/g, "")

/**
 * "T3: BL 84-86" → {volume: "3", label: "84", to: "86"}; null for what is no number of the file.
 * @param {string} text
 */
export function readBl(text) {
  const found = TYPED.exec(stripAccents(text.trim()).replace(/\s+/g, " "))
  if (!found) return null
  const [, before, numbering = "", label, to = "", after] = found
  return { volume: String(Number(before || after || 0) || ""), numbering, label: plain(label), to: to && plain(to) }
}

/**
 * The pages that are meant, by their key, in the order of the file.
 * @param {Record<string, any>} labels `<document>/<page>` → {label, volume, also?: [[numbering, label]]}
 * @param {{ volume: string, numbering: string, label: string, to: string }} wanted
 */
export function pagesFor(labels, wanted) {
  const keys = Object.keys(labels).filter((key) => !wanted.volume || labels[key].volume === wanted.volume)
  const fits = (key, label) => namesOf(labels[key], wanted.numbering).includes(label)
  const first = keys.filter((key) => fits(key, wanted.label))
  if (!wanted.to) {
    if (first.length || wanted.numbering) return first
    // By another numbering than the default; whoever reads chooses.
    return keys.filter((key) => (labels[key].also ?? []).some(([, label]) => plain(label) === wanted.label))
  }
  const last = keys.filter((key) => fits(key, wanted.to))
  if (!first.length || !last.length) return [...first, ...last]
  const [from, until] = [keys.indexOf(first[0]), keys.indexOf(last[last.length - 1])]
  return until < from ? [] : keys.slice(from, until + 1)
}

function namesOf(page, numbering) {
  const also = page.also ?? []
  if (!numbering) return [plain(page.label)]
  return also.filter(([name]) => plain(name).replace(/^bl-?/, "") === numbering).map(([, label]) => plain(label))
}

/** Nodes whose text has these words, in the order of reading. @param {any} map @param {string[]} order */
export function nodesFor(map, order, text) {
  const wanted = stripAccents(text.trim())
  if (wanted.length < 2) return []
  return order.filter((id) => stripAccents(map.nodes[id].text).includes(wanted))
}
