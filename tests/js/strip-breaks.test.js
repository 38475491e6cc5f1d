/** The strip of a volume: pieces that are said, proposed and unknown, and which is looked at next. */

import assert from "node:assert/strict"
import test from "node:test"

import { nextOpen, numberOf, pieceAt, piecesOf } from "../../static/js/case/strip-breaks.js"

const page = (n, more = {}) => ({ document: "d", page: n, label: "", run: -1, read: 0, stated: false, ...more })
const proposal = (first, last, start, more = {}) => ({
  document: "d",
  first,
  last,
  start,
  rule: "page",
  suffix: "",
  side: "",
  read: 3,
  agreeing: 3,
  ...more,
})

test("what is said, what is proposed and what nobody knows are pieces of their own", () => {
  const pages = [page(1, { stated: true }), page(2, { stated: true, label: "1", run: 1 }), page(3), page(4), page(5)]
  const pieces = piecesOf(pages, [proposal(3, 4, 2)])
  assert.deepEqual(
    pieces.map(({ at, end, kind, label }) => [at, end, kind, label]),
    [
      [0, 0, "stated", ""],
      [1, 1, "stated", "1"],
      [2, 3, "proposed", "2"],
      [4, 4, "unknown", ""],
    ],
  )
  assert.equal(pieceAt(pieces, 3)?.at, 2)
})

test("the next open piece is looked for further on, then from the beginning", () => {
  const pieces = piecesOf([page(1), page(2, { stated: true, run: 0, label: "9" }), page(3)], [proposal(1, 1, 8)])
  assert.equal(nextOpen(pieces, 1), 2)
  assert.equal(nextOpen(pieces, 3), 0)
  assert.equal(nextOpen(piecesOf([page(1, { stated: true, run: 0, label: "9" })], []), 0), -1)
})

test("a proposal of sheets names the back", () => {
  const sheets = proposal(1, 4, 7, { rule: "sheet", side: "front" })
  assert.deepEqual(
    [1, 2, 3].map((n) => numberOf(sheets, n)),
    ["7", "7 (mặt sau)", "8"],
  )
})
