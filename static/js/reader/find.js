/** Finding words in a paper: the server answers; without it, the words that are here are searched with the same fold. */

/** @import { Word } from "./text-lines.js" */

import { stripAccents as fold } from "../lib/strip-accents.js"
import { boxesOfRun } from "./selection.js"

/** @typedef {{ page: number, boxes: number[][], exact?: boolean, from?: number, to?: number, text?: string,
 *   source?: string, conf?: number }} Hit */

const MOST = 1000
const AROUND = 5
const small = (/** @type {string} */ text) => text.normalize("NFC").toLowerCase()
const trim = (/** @type {string} */ text) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")

/**
 * The hits on one page; the last word looked for may be only the beginning of one.
 * @param {Word[]} words
 * @param {number} page
 * @param {string} query
 * @returns {Hit[]}
 */
export function hitsOn(words, page, query) {
  const asked = query.split(/\s+/).map(trim).filter(Boolean)
  if (!asked.length) return []
  const folded = asked.map(fold)
  const same = asked.map(small)
  const there = words.map(({ text }) => trim(text))
  const loose = there.map(fold)
  const hits = []
  for (let n = 0; n + asked.length <= words.length && hits.length < MOST; n++) {
    if (!folded.every((word, i) => (i < folded.length - 1 ? loose[n + i] === word : loose[n + i].startsWith(word))))
      continue
    const found = words.slice(n, n + asked.length)
    const exact = same.every((word, i) =>
      i < same.length - 1 ? small(there[n + i]) === word : small(there[n + i]).startsWith(word),
    )
    const to = n + asked.length - 1
    hits.push({ page, boxes: boxesOfRun(found), exact, from: n, to, text: around(words, n, to) })
    n += asked.length - 1
  }
  return hits
}

/**
 * Some words with what stands round them.
 * @param {Word[]} words
 * @param {number} from
 * @param {number} to
 */
export const around = (words, from, to) =>
  words
    .slice(Math.max(0, from - AROUND), to + 1 + AROUND)
    .map((word) => word.text)
    .join(" ")

/**
 * The answer of the server, whichever way it is wrapped: [{page, boxes}], or {hits: [...]}.
 * @param {any} body
 * @returns {Hit[]}
 */
export function hitsIn(body) {
  const list = Array.isArray(body) ? body : body?.hits
  if (!Array.isArray(list)) return []
  return list
    .filter((one) => Number.isInteger(one?.page) && Array.isArray(one.boxes))
    .map((one) => ({ ...one, boxes: one.boxes.map(fractions) }))
}

/** Whole numbers are ten-thousandths. @param {number[]} box */
const fractions = (box) => (box.some((part) => part > 1) ? box.map((part) => part / 1e4) : box)

/**
 * The words of the pages of a packed file (documents/page_words.py).
 * @param {any} bundle
 * @returns {Map<number, Word[]>}
 */
export function unpacked(bundle) {
  const found = new Map()
  for (const { page, texts = [], boxes = [], broken = [] } of bundle?.pages ?? []) {
    const words = texts.map((/** @type {string} */ text, /** @type {number} */ n) => ({
      text,
      box: boxes.slice(n * 4, n * 4 + 4).map((/** @type {number} */ part) => part / 1e4),
    }))
    for (const [n, printed, parts] of broken) {
      words[n].printed = printed
      words[n].boxes = []
      for (let i = 0; i < parts.length; i += 4) {
        words[n].boxes.push(parts.slice(i, i + 4).map((/** @type {number} */ part) => part / 1e4))
      }
    }
    found.set(page, words)
  }
  return found
}
