/** The words of a page as lines and paragraphs. Pure: boxes are [x, y, w, h] in fractions of the page. */

/**
 * @typedef {{ text: string, box: number[], boxes?: number[][], printed?: string }} Word
 * @typedef {{ from: number, to: number, text: string, x: number, y: number, w: number, h: number }} Line `to` is its last word
 */

// Of the height of a line.
const SAME_LINE = 0.5
const NEW_COLUMN = 4
const NEW_PARAGRAPH = 1.9

/**
 * The lines in the order in which the file has them.
 * @param {Word[]} words
 * @returns {Line[]}
 */
export function linesOf(words) {
  /** @type {Line[]} */
  const lines = []
  words.forEach(({ text, box: [x, y, w, h] }, n) => {
    const line = lines[lines.length - 1]
    if (line && follows(line, x, y, h)) {
      const bottom = Math.max(line.y + line.h, y + h)
      line.text += ` ${text}`
      line.to = n
      line.w = Math.max(line.x + line.w, x + w) - line.x
      line.y = Math.min(line.y, y)
      line.h = bottom - line.y
    } else lines.push({ from: n, to: n, text, x, y, w, h })
  })
  return lines
}

/** @param {Line} line @param {number} x @param {number} y @param {number} h */
function follows(line, x, y, h) {
  const high = Math.max(line.h, h)
  const level = Math.abs(line.y + line.h / 2 - (y + h / 2)) < high * SAME_LINE
  // What begins before the line ends, or far behind it, is another column.
  return level && x >= line.x + line.w - high && x <= line.x + line.w + high * NEW_COLUMN
}

/**
 * The lines of each paragraph.
 * @param {Line[]} lines
 * @returns {Line[][]}
 */
export function paragraphsOf(lines) {
  /** @type {Line[][]} */
  const found = []
  let [left, right] = [1, 0]
  for (const line of lines) {
    const paragraph = found[found.length - 1]
    const before = paragraph?.[paragraph.length - 1]
    if (before && goesOn(before, line, left, right)) paragraph.push(line)
    else {
      found.push([line])
      ;[left, right] = [1, 0]
    }
    left = Math.min(left, line.x)
    right = Math.max(right, line.x + line.w)
  }
  return found
}

/** @param {Line} before @param {Line} line @param {number} left @param {number} right */
function goesOn(before, line, left, right) {
  const high = Math.max(before.h, line.h)
  const step = line.y - before.y
  if (step <= 0 || step > high * NEW_PARAGRAPH) return false
  if (Math.min(before.h, line.h) < high * 0.75) return false
  // A first line is set in; a line that ends early is a last one.
  const setIn = line.x > left + high && line.x > before.x + high * 0.8
  const early = before.x + before.w < right - (right - left) * 0.25 && /[.:;!?]$/.test(before.text)
  return !setIn && !early
}

/** What is copied: composed letters, one space between words. @param {string} text */
export const copied = (text) =>
  text
    .normalize("NFC")
    .replace(/[ \t\u00a0]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
