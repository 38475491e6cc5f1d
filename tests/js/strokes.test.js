/** What a stroke is on its way: its letters, its points, what an eraser leaves of it. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { decode, encode } from "../../static/js/ink/codec.js"
import { cut, touches } from "../../static/js/ink/hit.js"
import { MOST_POINTS, placed, pressureOf, simplified, Stroke, strokesOf } from "../../static/js/ink/strokes.js"

const line = (from, to, steps = 50) =>
  Array.from({ length: steps + 1 }, (_, n) =>
    [from[0] + ((to[0] - from[0]) * n) / steps, from[1] + ((to[1] - from[1]) * n) / steps, 50].map(Math.round),
  )
const stroke = (points, more = {}) =>
  new Stroke({ id: "stroke1", t: "pen", c: "red", w: 28, d: encode(points), ...more })
const ids = () => {
  let n = 0
  return () => `more${++n}`
}

test("the letters are those that the server writes", () => {
  assert.equal(encode([[0, 0, 0]]), "AAAA")
  const points = [
    [1, -1, 50],
    [101, 199, 50],
    [90, 10000, 0],
  ]
  assert.equal(encode(points), "AgFkyAGQAwAVkpkBYw")
  assert.deepEqual(decode(encode(points)), points)
})

test("what is no stroke has no points, and hurts nobody", () => {
  for (const nonsense of ["", "?", "A", undefined, "ÀÀÀ", "gICA"]) assert.deepEqual(decode(nonsense), [])
})

test("a straight line needs two points, a corner three; nothing strays", () => {
  assert.deepEqual(simplified(line([0, 0], [1000, 0])), [
    [0, 0, 50],
    [1000, 0, 50],
  ])
  const corner = [...line([0, 0], [1000, 0]), ...line([1000, 0], [1000, 1000]).slice(1)]
  assert.equal(simplified(corner).length, 3)
  const curve = Array.from({ length: 300 }, (_, n) => [
    Math.round(5000 + 2000 * Math.cos(n / 20)),
    Math.round(5000 + 2000 * Math.sin(n / 20)),
    50,
  ])
  assert.ok(simplified(curve).length < 200, "few points")
  assert.deepEqual(simplified([[5, 5, 50]]), [[5, 5, 50]])
})

test("a stroke that is too long becomes two that meet", () => {
  const zigzag = Array.from({ length: 3000 }, (_, n) => [n * 3, n % 2 ? 100 : 0, 50])
  const found = strokesOf({ id: "first01", t: "pen", c: "red", w: 28 }, zigzag, ids())
  assert.deepEqual(
    found.map(({ id }) => id),
    ["first01", "more1"],
  )
  assert.equal(found[0].points.length, MOST_POINTS)
  assert.deepEqual(found[0].points.at(-1), found[1].points[0])
})

test("a point lies on the page, and only a pen says how hard it presses", () => {
  assert.deepEqual(placed(-3, 20000.4, 50, 14142), [0, 14142, 50])
  assert.equal(pressureOf({ pointerType: "mouse", pressure: 0.5 }), 50)
  assert.equal(pressureOf({ pointerType: "touch", pressure: 0 }), 50)
  assert.equal(pressureOf({ pointerType: "pen", pressure: 0.8 }), 80)
  assert.equal(pressureOf({ pointerType: "pen", pressure: 0.8 }, true), 50)
})

test("an eraser touches what it crosses, also between points", () => {
  const across = stroke([
    [0, 0, 50],
    [1000, 0, 50],
  ])
  assert.ok(touches(across, [500, -300], [500, 300], 40))
  assert.ok(touches(across, [500, 40], [500, 40], 40))
  assert.ok(!touches(across, [500, 400], [900, 400], 40))
  assert.ok(touches(stroke([[10, 10, 50]]), [0, 0], [20, 20], 40))
})

test("an eraser that cuts leaves both ends, and no crumbs", () => {
  const points = simplified(line([0, 0], [1000, 0]))
  const pieces = cut(points, 28, [500, -100], [500, 100], 40)
  assert.equal(pieces.length, 2)
  assert.ok(pieces[0].at(-1)[0] < 500 && pieces[1][0][0] > 500)
  assert.deepEqual(cut(points, 28, [500, 0], [500, 0], 900), [])
  assert.equal(cut(points, 28, [500, 300], [600, 300], 40), undefined)
})
