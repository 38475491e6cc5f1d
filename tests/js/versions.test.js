import assert from "node:assert/strict"
import { test } from "node:test"
import { pairedPage, turnsFrom, versionIn, versionOf } from "../../static/js/pages/versions.js"

const paper = {
  title: "Báo cáo",
  document: "d3",
  pages: 11,
  version: 3,
  versions: [
    { document: "d1", pages: 9, shape: [[1, 595, 842]] },
    {
      document: "d2",
      pages: 10,
      shape: [[1, 842, 595]],
      map: [
        [1, 1, 3, "same"],
        [4, 5, 1, "changed"],
      ],
    }, // prettier-ignore
    { document: "d3", pages: 11, map: [[1, 2, 10, "same"]] },
  ],
}

test("an earlier version has its own pages, the newest is the paper", () => {
  assert.deepEqual([versionOf(paper, 1).document, versionOf(paper, 1).pages, versionOf(paper, 1).n], ["d1", 9, 1])
  for (const n of [0, 3, 4, undefined])
    assert.deepEqual([versionOf(paper, n).document, versionOf(paper, n).n], ["d3", 3])
  assert.equal(versionOf({ document: "d", pages: 1 }, 1).n, 1)
})

test("a page is followed over all versions in between", () => {
  assert.deepEqual(pairedPage(paper, 1, 3, 4), { page: 6, kind: "changed" })
  assert.deepEqual(pairedPage(paper, 1, 3, 2), { page: 3, kind: "same" })
  assert.equal(pairedPage(paper, 1, 3, 8), undefined)
})

test("the holder of an earlier version goes on from the page that stands for it", () => {
  assert.deepEqual(turnsFrom({ page: 4, pages: 9, newest: { page: 5, pages: 10 } }), { page: 5, pages: 10 })
  assert.deepEqual(turnsFrom({ page: 9, pages: 9, newest: { pages: 8 } }), { page: 8, pages: 8 })
  assert.deepEqual(turnsFrom({ page: 4, pages: 9 }), { page: 4, pages: 9 })
})

test("a document is found as the version of the paper that it was", () => {
  assert.equal(versionIn(paper, "d3"), paper)
  assert.deepEqual([versionIn(paper, "d2").pages, versionIn(paper, "d2").n], [10, 2])
  assert.equal(versionIn(paper, "d9"), undefined)
  assert.equal(versionIn({ document: "d" }, "d9"), undefined)
})
