/** Excerpts over a page: enlarged, inside of the screen, the place they come from in sight; on every screen the same part. */

import assert from "node:assert/strict"
import { test } from "node:test"
import { layCallouts } from "../../static/js/case/callout-layout.js"

const PAGE = { w: 1240, h: 1754 }
const SCREENS = {
  projector: { w: 1920, h: 940 },
  tablet: { w: 1024, h: 620 },
  upright: { w: 768, h: 900 },
  phone: { w: 390, h: 520 },
}

function laid(box, rects) {
  const scale = Math.min(box.w / PAGE.w, box.h / PAGE.h)
  const camera = { scale, x: (box.w - PAGE.w * scale) / 2, y: (box.h - PAGE.h * scale) / 2 }
  return layCallouts(box, PAGE, camera, rects)
}

const apart = (a, b) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y

test("a line stands enlarged on every screen, inside of it, and does not cover where it comes from", () => {
  for (const [name, box] of Object.entries(SCREENS))
    for (let y = 0; y <= 0.9; y += 0.05) {
      const [{ source, at }] = laid(box, [[0.2, y, 0.45, 0.06]])
      const least = name === "phone" ? 2 : 2.2
      assert.ok(at.w / source.w >= least, `${name} at ${y.toFixed(2)}: ${(at.w / source.w).toFixed(2)}×`)
      assert.ok(Math.abs(at.w / source.w - at.h / source.h) < 1e-9, "not distorted")
      assert.ok(
        at.x >= 0 && at.y >= 0 && at.x + at.w <= box.w && at.y + at.h <= box.h,
        `${name} at ${y.toFixed(2)}: outside`,
      )
      assert.ok(apart(at, source), `${name} at ${y.toFixed(2)}: covered`)
    }
})

test("three lines beside each other stay in order, apart from each other and inside", () => {
  for (const [name, box] of Object.entries(SCREENS)) {
    const found = laid(box, [
      [0.1, 0.1, 0.4, 0.04],
      [0.5, 0.12, 0.4, 0.04],
      [0.1, 0.2, 0.6, 0.04],
    ])
    for (const [n, { at }] of found.entries()) {
      assert.ok(at.x >= 0 && at.y >= 0 && at.x + at.w <= box.w && at.y + at.h <= box.h, `${name} ${n}: outside`)
      for (const other of found.slice(n + 1)) assert.ok(apart(at, other.at), `${name} ${n}: over another`)
      for (const { source } of found) assert.ok(apart(at, source), `${name} ${n}: covers a source`)
    }
  }
})

test("a part as large as half of the page stays inside of the screen", () => {
  for (const [name, box] of Object.entries(SCREENS))
    for (const rect of [
      [0, 0, 1, 0.4],
      [0, 0.3, 1, 0.4],
      [0, 0.6, 1, 0.4],
      [0.05, 0.05, 0.4, 0.9],
    ]) {
      const [{ at }] = laid(box, [rect])
      assert.ok(
        at.x >= 0 && at.y >= 0 && at.x + at.w <= box.w + 1 && at.y + at.h <= box.h + 1,
        `${name} ${rect}: outside`,
      )
    }
})
