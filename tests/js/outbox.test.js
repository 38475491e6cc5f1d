/** What waits to be sent goes in portions that one request takes. */

import assert from "node:assert/strict"
import test from "node:test"
import { portion } from "../../static/js/lib/portion.js"

test("two hundred acts go at once, in order", () => {
  const acts = Array.from({ length: 450 }, (_, n) => ({ op: `o${n}` }))
  assert.equal(portion(acts).length, 200)
  assert.equal(portion(acts)[0].op, "o0")
  assert.deepEqual(portion([]), [])
})

test("long ones go in fewer, and one that is too long goes alone", () => {
  const long = { op: "a", put: { body: "x".repeat(150_000) } }
  assert.equal(portion([long, long]).length, 1)
  assert.equal(portion([{ op: "b", put: "x".repeat(300_000) }, long]).length, 1)
})
