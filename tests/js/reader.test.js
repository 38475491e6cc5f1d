/** Where pages lie in the reader, how words become lines, what is picked and what is found. */

import assert from "node:assert/strict"
import test from "node:test"

import { hitsIn, hitsOn, unpacked } from "../../static/js/reader/find.js"
import { between, dotsOf, laid, nameOfPage, pageAt, pageTyped, spreads } from "../../static/js/reader/layout.js"
import { outlineIn } from "../../static/js/reader/outline.js"
import { runOf, runUnder, wordAt, wordOfOffset } from "../../static/js/reader/selection.js"
import { copied, linesOf, paragraphsOf } from "../../static/js/reader/text-lines.js"

const BOX = { w: 1000, h: 700 }
const rows = (pages, two = false) => spreads(pages, two)

test("every page has its place before any picture has come", () => {
  const shape = [
    [1, 595, 842],
    [3, 842, 595],
  ]
  const { rows: placed, h } = laid({ shape, rows: rows(200), box: BOX, fit: "width" })
  assert.equal(placed.length, 200)
  assert.ok(placed[2].height < placed[1].height, "a page on its side is lower")
  assert.equal(h, placed[199].top + placed[199].height + 16)
  assert.equal(pageAt({ w: 1000, h, rows: placed }, placed[119].top - 8, 700), 120)
  assert.equal(pageAt({ w: 1000, h, rows: placed }, h - 700, 700), 200, "at the end the last one is read")
})

test("a whole page stands in the middle of its window", () => {
  const { rows: placed } = laid({ rows: [[1]], box: BOX, fit: "whole" })
  const [{ x, y, w, h }] = placed[0].pages
  assert.ok(Math.abs(x * 2 + w - 1000) <= 2 && Math.abs(y * 2 + h - 700) <= 2)
})

test("beside each other, the cover stands alone", () => {
  assert.deepEqual(rows(6, true), [[1], [2, 3], [4, 5], [6]])
  const { rows: placed } = laid({ rows: rows(3, true), box: BOX, fit: "whole" })
  assert.equal(placed[1].pages[0].h, placed[1].pages[1].h)
  assert.ok(placed[1].pages[0].x + placed[1].pages[0].w < placed[1].pages[1].x)
})

test("only rows that are met are found", () => {
  const { rows: placed } = laid({ rows: rows(50), box: BOX, fit: "read" })
  const [first, end] = between(placed, placed[9].top + 1, placed[11].top + 1)
  assert.deepEqual([first, end], [9, 12])
  assert.deepEqual(between([], 0, 100), [0, 0])
})

test("four canvases are never more than 42 MB, and none is wider than 1,600 dots", () => {
  for (const [w, h] of [
    [960, 1358],
    [1600, 900],
    [400, 4000],
  ]) {
    const dots = dotsOf({ w, h }, 3, 4)
    assert.ok(w * dots * h * dots * 4 * 4 <= 42e6 * 1.001)
    assert.ok(w * dots <= 1600.1)
  }
})

test("a page is found by its label first, then by its number", () => {
  const labels = ["i", "ii", "1", "2"]
  assert.equal(pageTyped(" II ", labels, 4), 2)
  assert.equal(pageTyped("1", labels, 4), 3)
  assert.equal(pageTyped("4", labels, 4), 4)
  assert.equal(pageTyped("5", labels, 4), undefined)
  assert.equal(pageTyped("-1", labels, 4), undefined)
  assert.equal(nameOfPage(2, labels), "ii (2)")
  assert.equal(nameOfPage(3, ["1", "2", "3"]), "3")
})

const word = (text, x, y, w = 0.1, h = 0.02) => ({ text, box: [x, y, w, h] })
const PAGE = [
  word("Kính", 0.1, 0.1),
  word("gửi", 0.21, 0.1),
  word("đồng", 0.32, 0.1),
  word("chí", 0.1, 0.13),
  word("Nguyễn", 0.21, 0.13),
  word("Cột", 0.6, 0.1),
  word("hai", 0.71, 0.1),
]

test("words of one height are a line; another column is another line", () => {
  assert.deepEqual(
    linesOf(PAGE).map(({ text }) => text),
    ["Kính gửi đồng", "chí Nguyễn", "Cột hai"],
  )
  assert.deepEqual(
    paragraphsOf(linesOf(PAGE)).map((lines) => lines.length),
    [2, 1],
  )
})

test("a finger picks the word under it, and words as far as it goes, either way round", () => {
  assert.equal(wordAt(PAGE, 0.25, 0.11), 1)
  assert.equal(wordAt(PAGE, 0.9, 0.9), -1)
  const run = runOf(PAGE, 7, 3, 1)
  assert.deepEqual([run.from, run.to, run.quote, run.before], [1, 3, "gửi đồng chí", "Kính"])
  assert.deepEqual(run.boxes, [
    [0.21, 0.1, 0.21, 0.02],
    [0.1, 0.13, 0.1, 0.02],
  ])
  assert.equal(runOf(PAGE, 7, 3, 40), undefined)
  assert.equal(wordOfOffset({ from: 3, to: 4, text: "chí Nguyễn" }, 6), 4)
})

test("a highlighter over words takes these words; over something else, or across columns, none", () => {
  const along = (...ends) =>
    ends.flatMap(([from, to, y]) => Array.from({ length: 9 }, (_, n) => [from + ((to - from) * n) / 8, y]))
  assert.equal(runUnder(PAGE, 7, along([0.22, 0.4, 0.111]))?.quote, "gửi đồng")
  assert.equal(runUnder(PAGE, 7, along([0.35, 0.41, 0.11], [0.11, 0.18, 0.14]))?.quote, "đồng chí")
  assert.equal(runUnder(PAGE, 7, along([0.22, 0.4, 0.5])), undefined)
  assert.equal(runUnder(PAGE, 7, along([0.25, 0.7, 0.11])), undefined)
  assert.equal(runUnder(PAGE, 7, [[0.25, 0.11]]), undefined)
  assert.equal(runUnder([], 7, along([0.22, 0.4, 0.11])), undefined)
})

test("what is copied is composed and has one space between words", () => {
  assert.equal(copied("đồng\u00a0 chí \n Nguyễn"), "đồng chí\nNguyễn".normalize("NFC"))
})

test("without the server words are found with and without accents, exact ones known", () => {
  const found = (query) => hitsOn(PAGE, 1, query).map(({ exact, boxes }) => [exact, boxes.length])
  assert.deepEqual(found("dong chi"), [[false, 2]])
  assert.deepEqual(found("ĐỒNG CHÍ"), [[true, 2]])
  assert.deepEqual(found("đồng chí ng"), [[true, 2]])
  assert.deepEqual(found("*"), [])
})

test("the packed words of thirty-two pages come apart again", () => {
  const bundle = { pages: [{ page: 33, texts: ["a", "b"], boxes: [1000, 2000, 500, 100, 0, 0, 10, 10] }] }
  assert.deepEqual(unpacked(bundle).get(33)[0], { text: "a", box: [0.1, 0.2, 0.05, 0.01] })
  assert.deepEqual(hitsIn([{ page: 1, boxes: [[1000, 2000, 500, 100]] }])[0].boxes[0], [0.1, 0.2, 0.05, 0.01])
  assert.deepEqual(hitsIn("no"), [])
})

test("of an outline only what leads somewhere is taken, and no script", () => {
  const { entries, links } = outlineIn(
    {
      toc: [
        { title: "Một", page: 1, level: 0 },
        { title: "Chín", page: 9 },
      ],
      labels: ["i", null],
      links: {
        1: [
          { box: [0, 0, 1, 1], page: 2 },
          { box: [0, 0, 1, 1], address: "javascript:alert(1)" },
        ],
        2: [{ box: [0, 0, 1, 1], address: "https://vks.gov.vn" }],
      },
    },
    2,
  )
  assert.deepEqual(entries, [{ title: "Một", page: 1, level: 0 }])
  assert.deepEqual(
    links.map(({ to, href }) => to ?? href),
    [2, "https://vks.gov.vn"],
  )
})
