/** How a page lies in a box, and how near somebody reads it. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { around, isNear, kept, moved, seen, sizeOf, whole, zoomed } from "../../static/js/pages/camera.js"
import { OwnZoom, canFitWidth, fitWidth, opening, remembered } from "../../static/js/pages/own-zoom.js"

const A4 = { w: 210, h: 297 }
const BOX = { w: 1280, h: 800 }

test("the whole page stands in the middle, as large as the box allows", () => {
  const { scale, x, y } = whole(BOX, A4)
  assert.equal(scale, 800 / 297)
  assert.equal(y, 0)
  assert.equal(x, (1280 - 210 * scale) / 2)
  assert.equal(seen({ scale, x, y }, BOX, A4), undefined, "all of it is seen")
})

test("a rectangle of the page is all in the box, in its middle", () => {
  for (const rect of [
    [0, 0, 0.5, 0.25],
    [0.3, 0.4, 0.2, 0.2],
    [0.5, 0.75, 0.5, 0.25],
    [0, 0.1, 1, 0.1],
  ]) {
    const camera = around(BOX, A4, rect)
    const [x, y, w, h] = rect
    const box = [
      camera.x + x * A4.w * camera.scale,
      camera.y + y * A4.h * camera.scale,
      w * A4.w * camera.scale,
      h * A4.h * camera.scale,
    ]
    assert(Math.abs(box[0] + box[2] / 2 - 640) < 0.01)
    assert(Math.abs(box[1] + box[3] / 2 - 400) < 0.01)
    assert(box[2] <= 1280.01 && box[3] <= 800.01)
    assert(Math.abs(box[2] - 1280) < 0.01 || Math.abs(box[3] - 800) < 0.01, "it touches two sides")
  }
})

test("whoever comes nearer keeps the point under the finger", () => {
  const camera = { scale: 2, x: -100, y: 30 }
  const point = { x: 300, y: 200 }
  const near = zoomed(camera, 1.5, point)
  const onPage = ({ scale, x, y }) => [(point.x - x) / scale, (point.y - y) / scale]
  assert.deepEqual(onPage(near), onPage(camera))
  assert.deepEqual(moved(near, 5, -5), { scale: 3, x: near.x + 5, y: near.y - 5 })
})

test("a page is never smaller than whole, never nearer than eight times, and leaves no more emptiness than it must", () => {
  const fit = whole(BOX, A4)
  assert.deepEqual(kept({ ...fit, scale: fit.scale / 3 }, BOX, A4), fit)
  assert.equal(kept({ ...fit, scale: fit.scale * 50 }, BOX, A4).scale, fit.scale * 8)
  const far = kept({ scale: fit.scale * 4, x: 5000, y: -99999 }, BOX, A4)
  assert.equal(far.x, 0)
  assert.equal(far.y, 800 - 297 * fit.scale * 4)
  assert.equal(isNear(fit, BOX, A4), false)
  assert.equal(isNear(far, BOX, A4), true)
})

test("what is seen is told in fractions of the page", () => {
  assert.deepEqual(
    seen(around({ w: 210, h: 297 }, A4, [0.25, 0.5, 0.5, 0.5]), { w: 210, h: 297 }, A4),
    [0.25, 0.5, 0.5, 0.5],
  )
})

test("a row of a paper's shape holds until the next one", () => {
  const shape = [
    [1, 210, 297],
    [3, 320, 180],
  ]
  assert.deepEqual(
    [1, 2, 3, 9].map((page) => sizeOf(shape, page)?.w),
    [210, 210, 320, 320],
  )
  assert.equal(sizeOf(undefined, 1), undefined)
})

test("as wide as the screen means from the top, and only where there is something to win", () => {
  assert.deepEqual(fitWidth(BOX, A4), { scale: 1280 / 210, x: 0, y: 0 })
  assert.equal(canFitWidth(BOX, A4), true)
  assert.equal(canFitWidth({ w: 390, h: 844 }, A4), false)
  assert.equal(canFitWidth({ w: 0, h: 0 }, A4), false)
})

test("a paper opens as it was read last, at the top of the page", () => {
  const box = { w: 1000, h: 800 }
  const camera = kept({ scale: 10, x: -400, y: -900 }, box, A4)
  const again = opening(remembered(camera, box, A4), box, A4)
  assert(Math.abs(again.scale - camera.scale) < 0.01)
  assert(Math.abs(again.x - camera.x) < 1)
  assert.equal(again.y, 0)
  assert.deepEqual(opening("width", box, A4), fitWidth(box, A4))
})

test("each person's zoom is their own, and nonsense in the browser's store is none", (t) => {
  const store = new Store()
  const before = globalThis.localStorage
  Object.assign(globalThis, { localStorage: store })
  t.after(() => Object.assign(globalThis, { localStorage: before }))
  const [em, an] = [
    { id: "m1", me: { id: "em" } },
    { id: "m1", me: { id: "an" } },
  ]
  new OwnZoom(em).keep("p1", { by: 2, across: 0.5 })
  assert.deepEqual(new OwnZoom(em).of("p1"), { by: 2, across: 0.5 })
  assert.equal(new OwnZoom(an).of("p1"), undefined)
  store.setItem("zoom/m1/an", '[["p1", {"by": "much"}], ["p2", "width"], 3, null]')
  assert.equal(new OwnZoom(an).of("p1"), undefined)
  assert.equal(new OwnZoom(an).of("p2"), "width")
  store.full = true
  new OwnZoom(em).keep("p1", undefined)
})
