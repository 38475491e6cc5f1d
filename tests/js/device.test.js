/** What a device is called by whoever holds it, and the box in which each kind of thing waits. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"
import { deviceName } from "../../static/js/lib/device-name.js"
import { boxOf, paperOf } from "../../static/js/marks/box.js"

test("an iPad is known though it says that it is a Mac", () => {
  const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15"
  assert.equal(deviceName({ userAgent: mac, maxTouchPoints: 5 }), "iPad")
  assert.equal(deviceName({ userAgent: mac, maxTouchPoints: 0 }), "Mac")
  assert.equal(deviceName({ userAgent: "Mozilla/5.0 (Linux; Android 14)" }), "Android")
  assert.equal(deviceName({ userAgent: "" }), "")
})

test("a box of marks names its paper, and no other box does", () => {
  assert.equal(paperOf(boxOf("u1", "p/1")), "p/1")
  assert.equal(paperOf("u1/ink/api/meetings/m/commands"), undefined)
})
