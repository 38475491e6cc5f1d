/** A frame drawn round words fits them: no half words, no line cut through. Pure; everything in fractions of the page. */

const MARGIN = 0.004
/** A word is meant where so much of it lies in the frame. */
export const MEANT = 0.45

/**
 * The frame that holds the words meant by `rect` [x, y, width, height]; `rect` itself where no word is.
 * @param {number[]} rect @param {{ box: number[], boxes?: number[][] }[]} words
 */
export function snapped(rect, words) {
  const meant = words.flatMap(({ box, boxes }) => boxes ?? [box]).filter((box) => part(box, rect) >= MEANT)
  if (!meant.length) return rect
  const left = Math.min(...meant.map(([x]) => x))
  const top = Math.min(...meant.map(([, y]) => y))
  const right = Math.max(...meant.map(([x, , width]) => x + width))
  const bottom = Math.max(...meant.map(([, y, , height]) => y + height))
  const within = (value) => Math.min(1, Math.max(0, value))
  const [x, y] = [within(left - MARGIN), within(top - MARGIN)]
  return [x, y, within(right + MARGIN) - x, within(bottom + MARGIN) - y].map((value) => Math.round(value * 1e4) / 1e4)
}

/** How much of a box lies in another, 0 to 1. @param {number[]} box @param {number[]} other */
export function part(box, other) {
  const [x, y, width, height] = box
  const [left, top, wide, high] = other
  const across = Math.min(x + width, left + wide) - Math.max(x, left)
  const down = Math.min(y + height, top + high) - Math.max(y, top)
  return across > 0 && down > 0 && width > 0 && height > 0 ? (across * down) / (width * height) : 0
}
