/** What a stroke is: its points made few, its box, its pieces. Pure. Units as in codec.js. */

import { decode, encode } from "./codec.js"

export const WIDTH = 10000
export const MOST_POINTS = 2000
const APART = 4
const STRAYS = 4
const MIDDLE = 50

/** A stroke as it travels, {id, t, c, w, d}, with what is worked out of it when it is needed. */
export class Stroke {
  #points
  #box

  /** @param {{ id: string, t: string, c: string, w: number, d: string, by?: string, at?: number }} sent */
  constructor({ id, t, c, w, d, by, at }) {
    this.id = id
    this.t = t
    this.c = c
    this.w = w
    this.d = d
    this.by = by
    this.at = at
  }

  /** What is sent of it. */
  get sent() {
    const { id, t, c, w, d } = this
    return { id, t, c, w, d }
  }

  get points() {
    this.#points ??= decode(this.d)
    return this.#points
  }

  /** [left, top, right, bottom], its width included. */
  get box() {
    this.#box ??= boxOf(this.points, this.w)
    return this.#box
  }
}

/**
 * Strokes of these points, in as many as the bound on points needs, each under an id of its own; the first has `id`.
 * @param {{ id: string, t: string, c: string, w: number }} look
 * @param {number[][]} points
 * @param {() => string} newId
 */
export function strokesOf(look, points, newId) {
  const few = look.t === "line" ? [points[0], points[points.length - 1]] : simplified(points)
  const found = []
  for (let from = 0; from < few.length; from += MOST_POINTS - 1) {
    if (from && from === few.length - 1) break
    const part = few.slice(from, from + MOST_POINTS)
    found.push(new Stroke({ ...look, id: from ? newId() : look.id, d: encode(part) }))
  }
  return found
}

/** A point as it is kept: on the page, in whole numbers. */
export function placed(x, y, pressure, height) {
  const within = (n, most) => Math.min(most, Math.max(0, Math.round(n)))
  return [within(x, WIDTH), within(y, height), within(pressure, 100)]
}

/** The same line in fewer points: none nearer than 4 units to the last, none that lies within 4 units of the line. */
export function simplified(points) {
  const apart = points.filter((point, n) => n === 0 || n === points.length - 1 || far(point, points[n - 1]))
  return drawnThrough(spaced(apart))
}

const far = (a, b) => a[0] !== b[0] || a[1] !== b[1]

function spaced(points) {
  const found = [points[0]]
  for (const point of points.slice(1, -1)) if (distance(point, found[found.length - 1]) >= APART) found.push(point)
  if (points.length > 1) found.push(points[points.length - 1])
  return found
}

/** Douglas–Peucker without recursion. */
function drawnThrough(points) {
  if (points.length < 3) return points
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const open = [[0, points.length - 1]]
  while (open.length) {
    const [from, to] = open.pop()
    let [worst, at] = [0, -1]
    for (let n = from + 1; n < to; n++) {
      const off = distanceToSegment(points[n], points[from], points[to])
      if (off > worst) [worst, at] = [off, n]
    }
    if (worst <= STRAYS) continue
    keep[at] = 1
    open.push([from, at], [at, to])
  }
  return points.filter((_, n) => keep[n])
}

export function boxOf(points, w = 0) {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return [box[0] - w, box[1] - w, box[2] + w, box[3] + w]
}

export const meet = (a, b) => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

export const joined = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]

/** A finger and a mouse press evenly; a pen says how hard. */
export const pressureOf = ({ pointerType, pressure }, even = false) =>
  even || pointerType !== "pen" || !pressure ? MIDDLE : Math.max(1, Math.round(pressure * 100))

/** How wide a stroke is where the hand presses so: gently more or less than `w`. */
export const widthAt = (w, pressure) => w * (1 + 0.006 * (pressure - MIDDLE))

export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1])

export function distanceToSegment(point, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const along = length ? Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length)) : 0
  return Math.hypot(point[0] - a[0] - along * dx, point[1] - a[1] - along * dy)
}
