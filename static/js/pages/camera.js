/**
 * How a page lies in a box. Pure: boxes and pages are {w, h}, rectangles [x, y, w, h] in fractions of the page.
 *
 * A camera is {scale, x, y}: the point p of the page is seen at p * scale + (x, y) in the box.
 */

/**
 * @typedef {{ w: number, h: number }} Size
 * @typedef {{ scale: number, x: number, y: number }} Camera
 */

const CLOSEST = 8

/**
 * The whole page, as large as the box allows, in the middle.
 * @param {Size} box
 * @param {Size} page
 */
export function whole(box, page) {
  return around(box, page, [0, 0, 1, 1])
}

/**
 * A rectangle of the page, all of it, as large as the box allows; what is left of the box stays around it.
 * @param {{ w: number, h: number }} box
 * @param {{ w: number, h: number }} page
 * @param {number[]} rect [x, y, w, h]
 */
export function around(box, page, [x, y, w, h]) {
  const scale = Math.min(box.w / (w * page.w), box.h / (h * page.h))
  return {
    scale,
    x: box.w / 2 - (x + w / 2) * page.w * scale,
    y: box.h / 2 - (y + h / 2) * page.h * scale,
  }
}

/**
 * Nearer or farther, with the given point of the box staying where it is.
 * @param {Camera} camera
 * @param {number} factor
 * @param {{ x: number, y: number }} point
 * @returns {Camera}
 */
export function zoomed(camera, factor, point) {
  return {
    scale: camera.scale * factor,
    x: point.x - (point.x - camera.x) * factor,
    y: point.y - (point.y - camera.y) * factor,
  }
}

/**
 * @param {Camera} camera
 * @param {number} dx
 * @param {number} dy
 * @returns {Camera}
 */
export function moved(camera, dx, dy) {
  return { ...camera, x: camera.x + dx, y: camera.y + dy }
}

/**
 * The nearest camera that is not too far, not too near, and shows no more emptiness than it must.
 * @param {Camera} camera
 * @param {Size} box
 * @param {Size} page
 * @returns {Camera}
 */
export function kept(camera, box, page) {
  const { scale: least } = whole(box, page)
  const scale = Math.min(Math.max(camera.scale, least), least * CLOSEST)
  // A zoom cut short keeps the middle of the box where it was.
  const at = scale === camera.scale ? camera : zoomed(camera, scale / camera.scale, { x: box.w / 2, y: box.h / 2 })
  return { scale, x: along(at.x, box.w, page.w * scale), y: along(at.y, box.h, page.h * scale) }
}

/**
 * @param {number} start
 * @param {number} room
 * @param {number} length
 */
function along(start, room, length) {
  if (length <= room) return (room - length) / 2
  return Math.min(0, Math.max(room - length, start))
}

/**
 * Is this nearer than the whole page?
 * @param {Camera} camera
 * @param {Size} box
 * @param {Size} page
 */
export function isNear(camera, box, page) {
  return camera.scale > whole(box, page).scale * 1.01
}

/**
 * What of the page is seen in the box; undefined when that is all of it.
 * @param {Camera} camera
 * @param {Size} box
 * @param {Size} page
 * @returns {number[] | undefined}
 */
export function seen(camera, box, page) {
  const [left, top] = [cut(-camera.x / (page.w * camera.scale)), cut(-camera.y / (page.h * camera.scale))]
  const right = cut((box.w - camera.x) / (page.w * camera.scale))
  const bottom = cut((box.h - camera.y) / (page.h * camera.scale))
  if (left <= 0.001 && top <= 0.001 && right >= 0.999 && bottom >= 0.999) return undefined
  return [left, top, right - left, bottom - top].map((n) => Math.round(n * 1e4) / 1e4)
}

/** @param {number} n */
const cut = (n) => Math.min(1, Math.max(0, n))

/**
 * The size of a page by the paper's shape, [[from_page, w, h], …]: a row holds until the next one.
 * @param {number[][] | undefined} shape
 * @param {number} page
 * @returns {Size | undefined}
 */
export function sizeOf(shape, page) {
  let size
  for (const [from, w, h] of shape || []) if (from <= page) size = { w, h }
  return size
}
