/** A number that is typed over a map, where its first digits open levels. */

import assert from "node:assert/strict"
import test from "node:test"

import { BegunNumber } from "../../static/js/case/begun-number.js"

test("a digit that follows at once makes a number of the levels before it", () => {
  const begun = new BegunNumber()
  assert.equal(begun.before(0), "")
  begun.level("1", 1000)
  begun.level("2", 2000)
  assert.equal(begun.before(3000), "12")
  begun.end()
  assert.equal(begun.before(3000), "")
})

test("a digit that comes later begins a number of its own", () => {
  const begun = new BegunNumber()
  begun.level("4", 1000)
  assert.equal(begun.before(9000), "")
  begun.level("3", 9000)
  assert.equal(begun.before(9100), "3")
})

test("three digits of levels are a number when they come as fast as one types", () => {
  const typed = (times) => {
    const begun = new BegunNumber()
    for (const at of times) {
      if (begun.isNumber(at)) return true
      begun.level("1", at)
    }
    return false
  }
  assert.equal(typed([0, 300, 600]), true)
  assert.equal(typed([0, 300, 1900]), false)
  assert.equal(typed([0, 1500, 1800]), false)
  assert.equal(typed([0, 300]), false)
})
