/**
 * Where the pages of a paper lie in the reader, before any picture has come. Pure: sizes are {w, h}, the paper's in points,
 * the reader's in CSS pixels.
 */

import { sizeOf } from "../pages/camera.js"

/**
 * @typedef {{ w: number, h: number }} Size
 * @typedef {{ n: number, x: number, y: number, w: number, h: number }} Place
 * @typedef {{ top: number, height: number, pages: Place[] }} Row
 * @typedef {{ w: number, h: number, rows: Row[] }} Layout
 */

export const GAP = 16
/** As wide as a page is read without having asked for more. */
export const READ = 960
export const LEAST = 0.5
export const MOST = 8
const A4 = { w: 595, h: 842 }
// Of all canvases together: 42 MB, four bytes a dot.
const DOTS = 42e6 / 4
const WIDEST = 1600

/** @param {number[][] | undefined} shape @param {number} n @returns {Size} */
export const pageSize = (shape, n) => sizeOf(shape, n) || A4

/**
 * Which pages stand beside each other; in two columns the cover stands alone.
 * @param {number} pages
 * @param {boolean} two
 * @returns {number[][]}
 */
export function spreads(pages, two) {
  if (!two) return Array.from({ length: pages }, (_, i) => [i + 1])
  const rows = pages ? [[1]] : []
  for (let n = 2; n <= pages; n += 2) rows.push(n < pages ? [n, n + 1] : [n])
  return rows
}

/**
 * The rows of these pages below one another. `fit` is read, width or whole; `zoom` how much larger than that.
 * @param {{ shape?: number[][], rows: number[][], box: Size, fit: string, zoom?: number }} how
 * @returns {Layout}
 */
export function laid({ shape, rows, box, fit, zoom = 1 }) {
  const placed = []
  let top = GAP
  let widest = 0
  for (const row of rows) {
    const sizes = row.map((n) => pageSize(shape, n))
    // Pages beside each other are equally high.
    const tall = Math.max(...sizes.map(({ h }) => h))
    const widths = sizes.map(({ w, h }) => (w * tall) / h)
    const wide = widths.reduce((sum, w) => sum + w, 0)
    const scale = scaleOf(fit, { w: wide, h: tall }, box, (row.length - 1) * GAP) * zoom
    const height = Math.round(tall * scale)
    const whole = Math.round(wide * scale) + (row.length - 1) * GAP
    placed.push({ top, height, whole, row, widths: widths.map((w) => w * scale) })
    widest = Math.max(widest, whole)
    top += height + GAP
  }
  const w = Math.max(box.w, widest + 2 * GAP)
  const list = placed.map(({ top: y, height, whole, row, widths }) => {
    let x = (w - whole) / 2
    const pages = row.map((n, i) => {
      const place = { n, x: Math.round(x), y, w: Math.round(widths[i]), h: height }
      x += widths[i] + GAP
      return place
    })
    return { top: y, height, pages }
  })
  return { w, h: Math.max(top, box.h), rows: centred(list, box.h, top) }
}

/** One row that is smaller than the window stands in its middle. @param {Row[]} rows @param {number} height @param {number} end */
function centred(rows, height, end) {
  if (rows.length !== 1 || end >= height) return rows
  const down = Math.round((height - end) / 2)
  return rows.map((row) => ({
    ...row,
    top: row.top + down,
    pages: row.pages.map((page) => ({ ...page, y: page.y + down })),
  }))
}

/** @param {string} fit @param {Size} size @param {Size} box @param {number} gaps */
function scaleOf(fit, size, box, gaps) {
  const width = Math.max(40, box.w - 2 * GAP - gaps) / size.w
  const height = Math.max(40, box.h - 2 * GAP) / size.h
  if (fit === "whole") return Math.min(width, height)
  return fit === "width" ? width : Math.min(width, READ / size.w)
}

/**
 * The rows that are met between two heights: [first, last + 1].
 * @param {Row[]} rows
 * @param {number} from
 * @param {number} to
 */
export function between(rows, from, to) {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle].top + rows[middle].height <= from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < rows.length && rows[end].top < to) end++
  return [low, end]
}

/**
 * The page that is read: the one a quarter down the window; at the end of the paper the last.
 * @param {Layout} layout
 * @param {number} top
 * @param {number} height
 */
export function pageAt(layout, top, height) {
  const { rows } = layout
  if (!rows.length) return 0
  const atEnd = top > 0 && top + height >= layout.h - 4
  const [row] = between(rows, top + height / 4, Infinity)
  const found = atEnd ? rows[rows.length - 1] : rows[Math.min(row, rows.length - 1)]
  return found.pages[0].n
}

/**
 * How many dots a CSS pixel of this page may have, so that all canvases together stay small.
 * @param {{ w: number, h: number }} place
 * @param {number} ratio of the screen
 * @param {number} canvases alive at most
 * @param {number} widest dots
 */
export function dotsOf({ w, h }, ratio, canvases, widest = WIDEST) {
  return Math.min(ratio, widest / Math.max(1, w), Math.sqrt(DOTS / canvases / Math.max(1, w * h)))
}

/**
 * What somebody typed as a page: its label first, then its number; undefined if there is none.
 * @param {string} typed
 * @param {string[]} labels
 * @param {number} pages
 */
export function pageTyped(typed, labels, pages) {
  const text = typed.trim().toLowerCase()
  const label = labels.findIndex((one) => one && one.toLowerCase() === text)
  if (text && label >= 0) return label + 1
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0
  return number >= 1 && number <= pages ? number : undefined
}

/**
 * How a page is called: "iv (4)" where the paper itself counts otherwise.
 * @param {number} n
 * @param {string[]} labels
 */
export const nameOfPage = (n, labels) => {
  const label = labels[n - 1]
  return label && label !== String(n) ? `${label} (${n})` : String(n)
}
