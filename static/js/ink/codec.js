/**
 * Points to text and back, as meeting/strokes.py does it: zig-zag varints of differences, base64url. Pure.
 *
 * A point is [x, y, pressure]: x and y in 1/10,000 of the page's width, pressure 0–100; whole numbers all.
 */

/** @param {number[][]} points */
export function encode(points) {
  let text = ""
  let last = [0, 0, 0]
  for (const point of points) {
    for (let n = 0; n < 3; n++) {
      const step = point[n] - last[n]
      let rest = step >= 0 ? step * 2 : -step * 2 - 1
      while (rest > 127) {
        text += String.fromCharCode((rest & 127) | 128)
        rest >>= 7
      }
      text += String.fromCharCode(rest)
    }
    last = point
  }
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
}

/**
 * The points of a text; none if it is no such text.
 * @param {string} d
 * @returns {number[][]}
 */
export function decode(d) {
  let text
  try {
    text = atob(String(d).replace(/-/g, "+").replace(/_/g, "/"))
  } catch {
    return []
  }
  const points = []
  let [x, y, p] = [0, 0, 0]
  let [number, shift, field] = [0, 0, 0]
  for (let n = 0; n < text.length; n++) {
    const byte = text.charCodeAt(n)
    number |= (byte & 127) << shift
    shift += 7
    if (byte & 128) continue
    const step = number & 1 ? -(number >> 1) - 1 : number >> 1
    number = shift = 0
    if (field === 0) x += step
    else if (field === 1) y += step
    else {
      p += step
      points.push([x, y, p])
    }
    field = (field + 1) % 3
  }
  return points
}
