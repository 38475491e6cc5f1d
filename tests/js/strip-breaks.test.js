/** The strip of a volume: pieces that are said, proposed and unknown, and which is looked at next. */

import assert from "node:assert/strict"
import test from "node:test"

import { asSeen, nextOpen, numberOf, pieceAt, piecesOf, runsOf } from "../../static/js/case/strip-breaks.js"

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

const pictures = (...labels) =>
  labels.map((label, n) => page(1, { document: `p${n}`, label, stated: label !== undefined }))

test("single pictures whose numbers go on are one piece", () => {
  const row = pictures("41", "43", "44", undefined, undefined, undefined)
  const proposed = [4, 5].map((n) => proposal(1, 1, n + 41, { document: `p${n}`, read: 1, agreeing: n - 4 }))
  assert.deepEqual(
    piecesOf(row, proposed).map(({ at, end, kind, read, agreeing }) => [at, end, kind, read, agreeing]),
    [
      [0, 0, "stated", 0, 0],
      [1, 2, "stated", 0, 0],
      [3, 3, "unknown", 0, 0],
      [4, 5, "proposed", 2, 1],
    ],
  )
  assert.deepEqual(
    piecesOf(pictures(undefined, undefined), []).map(({ at, end }) => [at, end]),
    [[0, 1]],
  )
})

test("what is laid over several documents is a run for each of them", () => {
  const row = [page(3), page(4), ...pictures("", "")]
  const laid = (how) => runsOf(row, 0, 3, how).map(({ document, first, last, label }) => [document, first, last, label])
  assert.deepEqual(laid({ label: "7", rule: "page" }), [
    ["d", 3, 4, "7"],
    ["p0", 1, 1, "9"],
    ["p1", 1, 1, "10"],
  ])
  assert.deepEqual(laid({ label: "7 (mặt sau)", rule: "sheet" }), [
    ["d", 3, 4, "7 (mặt sau)"],
    ["p0", 1, 1, "8 (mặt sau)"],
    ["p1", 1, 1, "9"],
  ])
  assert.deepEqual(laid({ rule: "none" }).length, 3)
  assert.deepEqual(laid({ label: "7", rule: "one" }), [["d", 3, 4, "7"]])
  assert.deepEqual(laid({ label: "x", rule: "page" }), [["d", 3, 4, "x"]])
})

test("what one saw goes along with what is laid", () => {
  const row = [page(3, { label: "3" }), page(4), ...pictures("", "8")].map((each, n) => ({ ...each, stated: n !== 1 }))
  const seen = (runs, end) => asSeen(row, runs, end).map(({ was }) => was)
  assert.deepEqual(seen(runsOf(row, 0, 3, { label: "7", rule: "page" }), 3), [["3", null], [""], ["8"]])
  assert.deepEqual(seen([{ document: "d", first: 3, last: 3, carry: true }], 1), [["3", null]])
})

test("a proposal of sheets names the back", () => {
  const sheets = proposal(1, 4, 7, { rule: "sheet", side: "front" })
  assert.deepEqual(
    [1, 2, 3].map((n) => numberOf(sheets, n)),
    ["7", "7 (mặt sau)", "8"],
  )
})
