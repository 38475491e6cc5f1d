/** Words picked on a page, by finger or pen: a run from one word to another, in reading order. Pure. */

/** @import { Word } from "./text-lines.js" */

/**
 * @typedef {{ page: number, from: number, to: number, quote: string, before: string, after: string, boxes: number[][] }} Run
 *   `boxes` are one a line, [x, y, w, h] in fractions of the page
 */

const AROUND = 40
const NEAR = 0.02
/** Of a highlighter: how near to a word, how much of it, and at how many points that is looked at. */
const UNDER = 0.012
const MOSTLY = 0.7
const LOOKED_AT = 40

/**
 * The word under a point; -1 if there is none near. `down` is how much further one step down is than one across.
 * @param {Word[]} words
 * @param {number} x
 * @param {number} y
 * @param {{ near?: number, down?: number }} how
 */
export function wordAt(words, x, y, { near = NEAR, down = 1.4 } = {}) {
  let [best, least] = [-1, near]
  words.forEach((word, n) => {
    for (const [left, top, w, h] of boxesOf(word)) {
      const across = Math.max(left - x, 0, x - left - w)
      const along = Math.max(top - y, 0, y - top - h) * down
      const far = Math.hypot(across, along)
      if (far < least || (far === 0 && least > 0)) [best, least] = [n, far]
    }
  })
  return best
}

/** The nearest word, however far: where a handle is dragged to. @param {Word[]} words @param {number} x @param {number} y */
export const nearestWord = (words, x, y) => wordAt(words, x, y, { near: Infinity, down: 4 })

/**
 * What stands from one word to another, either way round; undefined without words.
 * @param {Word[]} words
 * @param {number} page
 * @param {number} one
 * @param {number} other
 * @returns {Run | undefined}
 */
export function runOf(words, page, one, other) {
  const [from, to] = [Math.min(one, other), Math.max(one, other)]
  if (from < 0 || to >= words.length) return undefined
  const text = (/** @type {number} */ a, /** @type {number} */ b) =>
    words
      .slice(Math.max(0, a), b)
      .map((word) => word.text)
      .join(" ")
      .normalize("NFC")
  return {
    page,
    from,
    to,
    quote: text(from, to + 1),
    before: text(from - AROUND, from).slice(-AROUND),
    after: text(to + 1, to + 1 + AROUND).slice(0, AROUND),
    boxes: boxesOfRun(words.slice(from, to + 1)),
  }
}

/**
 * The words that a highlighter was drawn over; undefined where it was drawn over something else.
 * @param {Word[]} words
 * @param {number} page
 * @param {number[][]} points [x, y] in fractions of the page
 * @returns {Run | undefined}
 */
export function runUnder(words, page, points) {
  const step = Math.max(1, Math.floor(points.length / LOOKED_AT))
  const some = points.filter((_, n) => n % step === 0 || n === points.length - 1)
  const hit = some.map(([x, y]) => wordAt(words, x, y, { near: UNDER })).filter((n) => n >= 0)
  if (some.length < 2 || hit.length < some.length * MOSTLY) return undefined
  const run = runOf(words, page, hit[0], hit[hit.length - 1])
  const heights = some.map(([, y]) => y)
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)]
  // A run that leads through another column is not what the hand went over.
  return run?.boxes.every(([, y, , h]) => y < bottom + h && y + h > top - h) ? run : undefined
}

/**
 * One box for each line.
 * @param {Word[]} words
 * @returns {number[][]}
 */
export function boxesOfRun(words) {
  /** @type {number[][]} */
  const boxes = []
  for (const [x, y, w, h] of words.flatMap(boxesOf)) {
    const last = boxes[boxes.length - 1]
    if (last && Math.abs(last[1] + last[3] / 2 - y - h / 2) < Math.max(h, last[3]) * 0.5 && x >= last[0]) {
      const [right, bottom] = [Math.max(last[0] + last[2], x + w), Math.max(last[1] + last[3], y + h)]
      last[1] = Math.min(last[1], y)
      last[2] = right - last[0]
      last[3] = bottom - last[1]
    } else boxes.push([x, y, w, h])
  }
  return boxes.map((box) => box.map((part) => Math.round(part * 1e5) / 1e5))
}

/** @param {Word} word */
const boxesOf = ({ box, boxes }) => (boxes?.length ? boxes : [box])

/**
 * Which word of a line a place in its text belongs to.
 * @param {{ from: number, to: number, text: string }} line
 * @param {number} offset
 */
export function wordOfOffset({ from, to, text }, offset) {
  const before = text.slice(0, Math.max(0, offset)).split(" ").length - 1
  return Math.min(to, from + before)
}
