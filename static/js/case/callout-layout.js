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
