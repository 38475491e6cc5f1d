/** How strokes look: their colours, and their outlines as paths, worked out once. */

import { getStroke } from "../../vendor/perfect-freehand/perfect-freehand.js"
import { widthAt } from "./strokes.js"

/** By name only: what is drawn on every screen names no colour of its own. */
const PEN = { red: "#c8102e", blue: "#1348b8", black: "#17181c", green: "#0a7a3c", yellow: "#e0a800", pink: "#d63384" }
/** The same names for a highlighter, which is multiplied into the page. */
const HIGHLIGHTER = {
  red: "#ffb3a7",
  blue: "#a9d8ff",
  black: "#d0d3d8",
  green: "#b0f0a8",
  yellow: "#ffe968",
  pink: "#ffb0d8",
}
const THINNING = 0.3
const paths = new WeakMap()

export const colourOf = ({ t, c }) => (t === "hl" ? HIGHLIGHTER : PEN)[c] ?? PEN.black

/** The outline of a pen's stroke, in the units of the page. */
export function outlineOf(stroke) {
  let path = paths.get(stroke)
  if (!path) {
    path = stroke.t === "pen" ? penOutline(stroke) : linePath(stroke.points)
    paths.set(stroke, path)
  }
  return path
}

function penOutline({ points, w }) {
  const path = new Path2D()
  if (points.length === 1) {
    const [[x, y, pressure]] = points
    path.arc(x, y, widthAt(w, pressure) / 2, 0, 2 * Math.PI)
    return path
  }
  const outline = getStroke(
    points.map(([x, y, pressure]) => [x, y, pressure / 100]),
    { size: w, thinning: THINNING, smoothing: 0.5, streamline: 0.25, simulatePressure: false, last: true },
  )
  if (!outline.length) return path
  path.moveTo(outline[0][0], outline[0][1])
  for (let n = 0; n < outline.length; n++) {
    const [a, b] = [outline[n], outline[(n + 1) % outline.length]]
    path.quadraticCurveTo(a[0], a[1], (a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
  }
  path.closePath()
  return path
}

/** One line through all points, with soft corners. */
export function linePath(points) {
  const path = new Path2D()
  const [first] = points
  path.moveTo(first[0], first[1])
  for (let n = 1; n < points.length - 1; n++) {
    const [a, b] = [points[n], points[n + 1]]
    path.quadraticCurveTo(a[0], a[1], (a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
  }
  const last = points[points.length - 1]
  path.lineTo(last[0], last[1] + (points.length === 1 ? 0.01 : 0))
  return path
}

/**
 * One stroke, with the context already in the units of the page. A highlighter is one line in one go: where it crosses
 * itself it does not darken.
 * @param {CanvasRenderingContext2D} draw
 */
export function drawStroke(draw, stroke) {
  const path = outlineOf(stroke)
  if (stroke.t === "pen") {
    draw.fillStyle = colourOf(stroke)
    return draw.fill(path)
  }
  draw.lineWidth = stroke.w
  draw.lineJoin = "round"
  draw.lineCap = stroke.t === "hl" ? "butt" : "round"
  if (stroke.points.length === 1) draw.lineCap = "round"
  draw.strokeStyle = colourOf(stroke)
  return draw.stroke(path)
}

/**
 * Many strokes in a fraction of the time: lines of one width, in order, those of one look in one go. The same to the eye of
 * whoever has just come; the fine outlines follow.
 * @param {CanvasRenderingContext2D} draw
 */
export function drawRoughly(draw, strokes) {
  draw.lineCap = "round"
  draw.lineJoin = "bevel"
  for (let n = 0; n < strokes.length; ) {
    const { t, c, w } = strokes[n]
    draw.strokeStyle = colourOf(strokes[n])
    draw.lineWidth = w
    draw.beginPath()
    for (; n < strokes.length && strokes[n].t === t && strokes[n].c === c && strokes[n].w === w; n++) {
      const { points } = strokes[n]
      draw.moveTo(points[0][0], points[0][1])
      for (let k = points.length > 1 ? 1 : 0; k < points.length; k++) draw.lineTo(points[k][0], points[k][1] + 0.01)
    }
    draw.stroke()
  }
}

/**
 * The highlighters of a page, multiplied into its picture: black letters stay black.
 * @param {CanvasRenderingContext2D} draw
 * @param {Iterable<any>} strokes
 * @param {{ k: number, x: number, y: number, height: number }} at where the page lies, in the dots of the canvas
 */
export function multiply(draw, strokes, { k, x, y, height }) {
  draw.save()
  draw.setTransform(k, 0, 0, k, x, y)
  draw.beginPath()
  draw.rect(0, 0, 10000, height)
  draw.clip()
  draw.globalCompositeOperation = "multiply"
  for (const stroke of strokes) if (stroke.t === "hl") drawStroke(draw, stroke)
  draw.restore()
}
