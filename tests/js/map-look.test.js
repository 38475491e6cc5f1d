/** Where the drawing of a mind map begins. */

import assert from "node:assert/strict"
import test from "node:test"

import { beginning, READABLE } from "../../static/js/parts/case/map-look.js"

test("a map that can be read as a whole stands in the middle, no larger than it is", () => {
  assert.deepEqual(beginning([1000, 600], [400, 200], [200, 100]), { whole: true, scale: 1, at: [300, 200] })
  const { whole, scale, at } = beginning([1000, 600], [1220, 200], [610, 100])
  assert.deepEqual([whole, at[0]], [true, 12])
  assert.equal(scale, 0.8)
})

test("of a larger one the root is on the glass, and no room is left empty beside what is cut off", () => {
  // On a phone all branches stand to the right of it.
  const phone = beginning([390, 490], [640, 2000], [80, 1000])
  assert.deepEqual([phone.whole, phone.scale, phone.at[0]], [false, READABLE, 12])
  assert.ok(phone.at[1] < 0 && phone.at[1] + 1000 * READABLE < 490)
  // One long branch to the left: the right ends at the edge.
  assert.equal(Math.round(beginning([664, 560], [1161, 400], [760, 200]).at[0]), Math.round(664 - 12 - 1161 * READABLE))
  // Branches on both sides that are as long: the root stands in the middle.
  assert.equal(Math.round(beginning([664, 560], [2000, 400], [1000, 200]).at[0]), Math.round(332 - 1000 * READABLE))
})

test("what is a little too high shows its first branches", () => {
  assert.equal(beginning([390, 490], [500, 800], [80, 400]).at[1], 12)
})
