/** Lines of words that are marked, as frames [x, y, width, height] in fractions of their page. Pure. */

const LEAST = 0.001

/** Marks as they may be drawn: an old file of a map can hold anything. @param {any} marks @returns {number[][]} */
export const readMarks = (marks) =>
  Array.isArray(marks)
    ? marks.filter((mark) => Array.isArray(mark) && mark.length === 4 && mark.every((each) => Number.isFinite(each)))
    : []

/** Is it a part of a page, and not all of it? @param {any} rect */
export const isFrame = (rect) =>
  readMarks([rect]).length === 1 &&
  rect.every((/** @type {number} */ value) => value >= 0 && value <= 1) &&
  Math.min(rect[2], rect[3]) > 0 &&
  Math.min(rect[2], rect[3]) < 1

/** Those marks that lie in one of the excerpts, cut to it. @param {number[][]} marks @param {number[][]} rects */
export function cutAll(marks, rects) {
  const found = []
  for (const [x, y, w, h] of marks) {
    const rect = rects.find(
      ([left, top, wide, high]) =>
        x + w / 2 >= left && x + w / 2 <= left + wide && y + h / 2 >= top && y + h / 2 <= top + high,
    )
    if (!rect) continue
    const [left, top] = [Math.max(x, rect[0]), Math.max(y, rect[1])]
    const [right, bottom] = [Math.min(x + w, rect[0] + rect[2]), Math.min(y + h, rect[1] + rect[3])]
    const cut = [left, top, right - left, bottom - top].map((value) => Math.round(value * 1e4) / 1e4)
    if (cut[2] >= LEAST && cut[3] >= LEAST) found.push(cut)
  }
  return found
}

/** @param {number[][]} [a] @param {number[][]} [b] */
export const sameMarks = (a = [], b = []) =>
  a.length === b.length && a.every((mark, n) => mark.every((value, i) => Math.abs(value - b[n][i]) < 0.0015))
