import assert from "node:assert/strict"
import { test } from "node:test"
import { leftFor } from "../../static/js/marks/left.js"

const at = (page, to, document = "d1") => ({ document, version: 1, page, to, n: 1 })

test("of marks that were left behind, those of the page that is read are spoken of first", () => {
  const left = [at(2, 0), at(4, 5), at(6, 7)]
  assert.equal(leftFor(left, "d2", 7)?.page, 6)
  assert.equal(leftFor(left, "d2", 1)?.page, 4)
  assert.equal(leftFor([at(2, 0)], "d2", 1)?.page, 2)
  assert.equal(leftFor([], "d2", 1), undefined)
})

test("in the earlier version they stand on their pages, and nothing is said", () => {
  assert.equal(leftFor([at(4, 5)], "d1", 4), undefined)
})
