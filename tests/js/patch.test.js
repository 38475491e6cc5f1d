/** A patch means the same here and on the server (tests/meeting/test_view.py asks the same cases). */

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import test from "node:test"

import { merge } from "../../static/js/meeting/patch.js"

// RFC 7386, appendix A: before, patch, after.
const MERGES = JSON.parse(readFileSync(new URL("merges.json", import.meta.url), "utf-8"))

test("a patch means what the RFC says", () => {
  for (const [before, patch, after] of MERGES) assert.deepEqual(merge(before, patch), after)
})

test("neither the view nor the patch is changed, and what is not named is the same object", () => {
  const view = Object.freeze({ stage: Object.freeze({ page: 1 }), roll: Object.freeze({ people: Object.freeze({}) }) })
  const patch = Object.freeze({ stage: Object.freeze({ page: 2 }) })
  const after = merge(view, patch)
  assert.deepEqual(after, { stage: { page: 2 }, roll: { people: {} } })
  assert.equal(after.roll, view.roll)
  assert.equal(view.stage.page, 1)
})
