/** What an eraser touches: whole strokes, or pieces of them. Pure. */

import { boxOf, distanceToSegment, meet } from "./strokes.js"

const STEP = 40
const CRUMB = 30

/** Does a round eraser that goes from `a` to `b` touch the stroke? Its box is asked first. */
export function touches(stroke, a, b, radius) {
  const reach = radius + stroke.w / 2
  if (!meet(stroke.box, boxOf([a, b], radius))) return false
  const { points } = stroke
  if (points.length === 1) return distanceToSegment(points[0], a, b) <= reach
  return points.some((point, n) => n > 0 && segmentsApart(points[n - 1], point, a, b) <= reach)
}

/**
 * The runs of points that are left when a round eraser has gone from `a` to `b` over these points; undefined if it did not
 * touch them. `w` is the width of the stroke.
 * @param {number[][]} points
 * @param {number} w
 * @param {number[]} a
 * @param {number[]} b
 * @param {number} radius
 * @returns {number[][][] | undefined}
 */
export function cut(points, w, a, b, radius) {
  const reach = radius + w / 2
  if (!meet(boxOf(points, w), boxOf([a, b], radius))) return undefined
  const fine = dense(points)
  const pieces = []
  let [piece, touched] = [[], false]
  for (const point of fine) {
    if (distanceToSegment(point, a, b) > reach) {
      piece.push(point)
      continue
    }
    touched = true
    if (piece.length) pieces.push(piece)
    piece = []
  }
  if (!touched) return undefined
  if (piece.length) pieces.push(piece)
  // What is shorter than the pen is wide is a crumb, unless it was all there was.
  return pieces.filter((run) => lengthOf(run) > CRUMB)
}

/** The same line with no two points farther apart than a step: an eraser cuts where it is, not where points happen to be. */
function dense(points) {
  const found = [points[0]]
  for (let n = 1; n < points.length; n++) {
    const [from, to] = [points[n - 1], points[n]]
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / STEP)
    for (let k = 1; k < steps; k++)
      found.push(from.map((value, i) => Math.round(value + ((to[i] - value) * k) / steps)))
    found.push(to)
  }
  return found
}

function lengthOf(points) {
  let sum = 0
  for (let n = 1; n < points.length; n++)
    sum += Math.hypot(points[n][0] - points[n - 1][0], points[n][1] - points[n - 1][1])
  return sum
}

/** The distance between two segments; 0 where they cross. */
function segmentsApart(a, b, c, d) {
  if (cross(a, b, c, d)) return 0
  return Math.min(
    distanceToSegment(a, c, d),
    distanceToSegment(b, c, d),
    distanceToSegment(c, a, b),
    distanceToSegment(d, a, b),
  )
}

function cross(a, b, c, d) {
  const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}
