/** Where excerpts stand over their page: enlarged, the place they come from still in sight. Pure; pixels of the box. */

const LARGEST = 3.5
const LEAST = 1.2
const MOST_OF = 0.96
const GAP = 12

/**
 * The page lies in `box` {w, h} with `camera` {scale, x, y} and is `size` {w, h}; `rects` are fractions of it.
 * Returns for each {source, at}: {x, y, w, h} of the place on the page and of the excerpt.
 */
export function layCallouts(box, size, camera, rects) {
  const sources = rects.map(([x, y, w, h]) => ({
    x: camera.x + x * size.w * camera.scale,
    y: camera.y + y * size.h * camera.scale,
    w: w * size.w * camera.scale,
    h: h * size.h * camera.scale,
  }))
  if (!sources.length) return []
  const top = Math.min(...sources.map((each) => each.y))
  const bottom = Math.max(...sources.map((each) => each.y + each.h))
  // The wider of the two bands that the sources leave free; where both are narrow, the excerpts may cover the far one.
  const below = box.h - bottom >= top
  const band = below ? { from: bottom + GAP, to: box.h - GAP } : { from: GAP, to: top - GAP }
  const room = Math.max(band.to - band.from, box.h * 0.3)
  const each = (room - GAP * (sources.length - 1)) / sources.length
  const excerpts = sources.map((source) => {
    const widest = (box.w * MOST_OF) / source.w
    const tallest = (box.h - GAP * (sources.length + 1)) / sources.length / source.h
    // As large as there is room for, and never smaller than it stands on the page unless the screen is.
    const scale = Math.min(widest, tallest, LARGEST, Math.max(each / source.h, LEAST))
    return { w: source.w * scale, h: source.h * scale }
  })
  const height = excerpts.reduce((sum, { h }) => sum + h, GAP * (excerpts.length - 1))
  let y = below ? Math.min(band.from, box.h - GAP - height) : Math.max(GAP, band.to - height)
  return excerpts.map(({ w, h }, n) => {
    const middle = sources[n].x + sources[n].w / 2
    const x = Math.min(Math.max(middle - w / 2, (box.w * (1 - MOST_OF)) / 2), box.w - w - (box.w * (1 - MOST_OF)) / 2)
    const at = { x, y, w, h }
    y += h + GAP
    return { source: sources[n], at }
  })
}

/**
 * The excerpt at a point of the box: `n`, which it is, and the `box` in which it stands there; the one that is enlarged
 * lies over the page. Undefined beside all of them. `laid` are those of layCallouts.
 */
export function excerptAt(laid, { x, y }) {
  const has = (box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h
  for (let n = laid.length - 1; n >= 0; n--) if (has(laid[n].at)) return { n, box: laid[n].at }
  const n = laid.findIndex(({ source }) => has(source))
  return n < 0 ? undefined : { n, box: laid[n].source }
}

/**
 * The place of the page, in fractions, at a point of an excerpt that stands at `box`; of a point beside it the nearest.
 * @param {{ x: number, y: number, w: number, h: number }} box @param {number[]} rect @param {{ x: number, y: number }} point
 */
export function pointIn(box, [left, top, w, h], { x, y }) {
  const within = (value) => Math.min(1, Math.max(0, value))
  return [left + within((x - box.x) / box.w) * w, top + within((y - box.y) / box.h) * h]
}

/**
 * A mark of the page as it lies in an excerpt, which stands at `box`. Undefined where nothing of it is in there.
 * @param {{ x: number, y: number, w: number, h: number }} box @param {number[]} rect @param {number[]} mark
 */
export function markIn(box, [left, top, wide, high], [x, y, w, h]) {
  const from = [Math.max(x, left), Math.max(y, top)]
  const to = [Math.min(x + w, left + wide), Math.min(y + h, top + high)]
  if (to[0] <= from[0] || to[1] <= from[1]) return undefined
  const [across, down] = [box.w / wide, box.h / high]
  return {
    x: box.x + (from[0] - left) * across,
    y: box.y + (from[1] - top) * down,
    w: (to[0] - from[0]) * across,
    h: (to[1] - from[1]) * down,
  }
}
