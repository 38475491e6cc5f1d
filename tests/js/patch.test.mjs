// node --test tests/js (the browser tests cover the same through the real server)
import assert from "node:assert/strict"
import { test } from "node:test"
import { merge } from "../../static/js/meeting/patch.js"

test("the examples of RFC 7386, appendix A", () => {
  const cases = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [["a", "b"], ["c", "d"], ["c", "d"]],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ]
  for (const [before, patch, after] of cases) assert.deepEqual(merge(before, patch), after)
})

test("what a patch does not name stays the same object, and the view before is left alone", () => {
  const before = { stage: { page: 1 }, roll: { people: { an: { state: "waiting" } } } }
  const after = merge(before, { stage: { page: 2 } })
  assert.equal(after.roll, before.roll)
  assert.equal(before.stage.page, 1)
  assert.notEqual(after.stage, before.stage)
})
