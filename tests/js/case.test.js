import assert from "node:assert/strict"
import { test } from "node:test"
import { excerptAt, layCallouts, markIn, pointIn } from "../../static/js/case/callout-layout.js"
import { chipsOf, placeIn } from "../../static/js/case/chips.js"
import { endsAlike } from "../../static/js/case/cut-uploads.js"
import { inOrder, isOpen, openAfter, stepFrom, tickOf, toggled, wayTo } from "../../static/js/case/map-tree.js"
import { MOST, nextOf, placesAhead } from "../../static/js/case/next-pages.js"
import { blWord } from "../../static/js/case/report-words.js"
import {
  aheadAfter,
  stepFrom as stepOf,
  stepOfStage,
  stepsOfCitations,
  stepsOfMap,
} from "../../static/js/case/script.js"
import { snapped } from "../../static/js/case/snap.js"
import { cutAll, isFrame, readMarks } from "../../static/js/case/mark-frames.js"
import { added, allOf, markAt, markedBetween, wordsIn } from "../../static/js/case/word-marks.js"
import { isOfCase, pagesOf, progress } from "../../static/js/case/places.js"

test("numbers typed without their lead read as BL", () => {
  const read = ["225", "121 ↔ 133", "tập 3: 84", "BL 15", "b.l 15", "bút lục số 15", "–", ""].map(blWord)
  assert.deepEqual(read, ["BL 225", "BL 121 ↔ 133", "BL tập 3: 84", "BL 15", "b.l 15", "bút lục số 15", "–", ""])
})

const page = (n, more = {}) => ({ document: "d", page: n, ...more })
const MAP = {
  root: "N1",
  nodes: {
    N1: { children: ["N2", "N5"] },
    N2: { children: ["N3", "N4", "gone"] },
    N3: { children: [], anchors: [page(1), page(2), page(3), page(9)] },
    N4: { kind: "conf", children: [], anchors: [{ left: page(1), right: page(9), line: "Lệch" }] },
    N5: { children: [] },
  },
}

test("a presentation goes depth first, into a branch and out of it", () => {
  assert.deepEqual(inOrder(MAP), ["N1", "N2", "N3", "N4", "N5"])
  assert.deepEqual(wayTo(MAP, "N4"), ["N1", "N2", "N4"])
  const steps = (node) => ["next", "back", "into", "out"].map((step) => stepFrom(MAP, node, step))
  assert.deepEqual(steps("N2"), ["N3", "N1", "N3", "N1"])
  assert.deepEqual(steps("N1"), ["N2", undefined, "N2", undefined])
  assert.deepEqual(steps("N5"), [undefined, "N4", undefined, "N1"])
})

test("what was opened by hand folds again when the presentation goes on", () => {
  assert.equal(isOpen(MAP, { node: "N1" }, "N2", 2), false)
  assert.equal(isOpen(MAP, { node: "N1", levels: 3 }, "N2", 2), true)
  assert.equal(isOpen(MAP, { node: "N1", open: ["N2"] }, "N2", 2), true)
  assert.deepEqual(openAfter(MAP, ["N2", "N5"], "N3"), ["N2"])
  assert.deepEqual(openAfter(MAP, ["N2"], "N5"), [])
  assert.deepEqual(toggled(toggled(["N2"], "N5"), "N2"), ["N5"])
})

test("the pages to which one is led next lie ready, a few of them, the nearest first", () => {
  const ahead = (what) => placesAhead({ map: MAP, ...what }).map((each) => each.page)
  assert.deepEqual(ahead({ node: "N3" }), [1, 9])
  assert.deepEqual(ahead({ node: "N4" }), [1, 9])
  assert.deepEqual(ahead({ node: "N5" }), [])
  assert.deepEqual(ahead({ node: "N3", onStage: [page(2)] }), [3, 9])
  assert.deepEqual(ahead({ node: "N3", onStage: [page(9)] }), [])
  assert.deepEqual(ahead({ node: "N3", onStage: [page(40)] }), [1, 2, 3].slice(0, MOST))
  const steps = [page(7), { left: page(8), right: page(1) }, page(6)]
  assert.deepEqual(ahead({ node: "N3", steps }), [7, 8, 1])
  const about = (state) => ({ about: { state } })
  assert.deepEqual(ahead({ node: "N5", steps: [page(7, about("hidden")), page(8, about("waiting"))] }), [])
  assert.deepEqual(ahead({ node: "N5", steps: [page(7, about("ok")), page(8, about("unnumbered"))] }), [7, 8])
  assert.deepEqual(placesAhead({ map: "failed", node: "N3" }), [])

  // Who looks alone asks for nothing that is only his when it is shown.
  const at = { case: "c", node: "N3" }
  const seen = (level, own) =>
    nextOf({ view: { stage: { kind: "map", map: at }, exhibits: { c: { level } } } }, MAP, own, undefined)
  assert.equal(seen("shown", undefined).length, 2)
  assert.equal(seen("anchored", { map: { ...at, node: "N4" } }).length, 2)
  assert.equal(seen("shown", { map: { ...at, node: "N4" } }).length, 0)
  assert.equal(seen("anchored", { page: page(1) }).length, 0)
})

test("photos and recordings of the node and of the next steps lie ready beside its pages", () => {
  const labels = {
    "media:v1": { kind: "video", state: "ready" },
    "media:v2": { kind: "audio", state: "working" },
    "media:p1": { kind: "photo", state: "ready" },
  }
  const anchors = [{ media: "v1" }, page(1), { media: "v2" }, { media: "p1" }, { media: "unknown" }]
  const map = { nodes: { N1: { children: [], anchors } }, labels }
  const film = { case: "c", media: "v1", kind: "video" }
  const photo = { case: "c", media: "p1", kind: "photo" }
  const sheet = { document: "d", page: 1 }
  assert.deepEqual(placesAhead({ case: "c", map, node: "N1" }), [film, sheet, photo])
  assert.deepEqual(placesAhead({ case: "c", map, node: "N1", onStage: [film] }), [sheet, photo])
  assert.deepEqual(placesAhead({ case: "c", map, node: "N1", onStage: [page(1)] }), [photo])

  const step = (media, state) => ({ kind: "media", media, about: { state, kind: "video" } })
  const steps = [step("v3", "ok"), step("v4", "waiting"), step("v5", "ok")]
  const script = { isOn: true, case: "other", steps, from: () => ({ step: steps[0] }) }
  const at = { stage: { kind: "media", media: { ...film, from_node: "N1" }, map: { case: "c" } } }
  const [first, ...rest] = nextOf({ view: at }, map, undefined, script)
  assert.deepEqual(first, { case: "other", media: "v3", kind: "video" })
  assert.deepEqual(rest, [sheet, photo])
})

test("pages that follow one another are one chip, a contradiction is a pair", () => {
  const labels = { "d/1": { label: "84", checked: true }, "d/3": { label: "86" }, "d/9": { label: "133" } }
  const found = chipsOf(MAP.nodes.N3, labels)
  assert.deepEqual(
    found.map(({ label, pages }) => [label, pages.length]),
    [
      ["84–86", 3],
      ["133", 1],
    ],
  )
  assert.equal(found[0].checked, false)
  const [pair] = chipsOf(MAP.nodes.N4, labels)
  assert.deepEqual([pair.label, pair.pair, pair.line], ["84 ↔ 133", true, "Lệch"])
  assert.deepEqual(progress(MAP, { N1: 1, N3: 2 }), { shown: 2, all: 5, conflicts: 1 })
})

test("the second tick of a node stands for one of its pages, however that was opened", () => {
  const tick = (id, visited, shown) => tickOf(MAP.nodes[id], id, visited, shown)
  assert.equal(tick("N3", {}, { "d/2": {} }), 0)
  assert.equal(tick("N3", { N3: 1 }, { "d/7": {} }), 1)
  assert.equal(tick("N3", { N3: 1 }, { "d/2": {} }), 2)
  assert.equal(tick("N4", { N4: 1 }, { "d/9": {} }), 2)
  assert.equal(tick("N2", { N2: 1 }, { "d/9": {} }), 1)
})

test("a recording is a chip with its title and the second it begins at, beside the pages", () => {
  const labels = { "d/1": { label: "84" }, "media:v1": { title: "Hỏi cung", kind: "video", label: "90" } }
  const anchors = [page(1), { media: "v1", from: 65, to: 90 }, page(2), { media: "v2" }]
  const found = chipsOf({ anchors }, labels)
  assert.deepEqual(
    found.map(({ label, media, clip }) => [label, media, clip]),
    [
      ["84", undefined, undefined],
      ["Hỏi cung", "v1", [65, 90]],
      ["?", undefined, undefined],
      ["?", "v2", undefined],
    ],
  )
})

test("a pair with a page of a case is the case's, one of papers is not", () => {
  assert.equal(isOfCase({ kind: "map" }), true)
  assert.equal(isOfCase({ kind: "page" }), false)
  const pair = { kind: "pair", pair: { left: { paper: "p" }, right: { case: "c" } } }
  assert.equal(isOfCase(pair), true)
  assert.equal(isOfCase({ kind: "pair", pair: { left: { paper: "p" }, right: { paper: "q" } } }), false)
  assert.equal(pagesOf(pair).length, 2)
})

test("an excerpt is larger than its place, hides none of the places, and stays on every screen", () => {
  const size = { w: 210, h: 297 }
  const rects = [
    [0.08, 0.08, 0.6, 0.09],
    [0.1, 0.4, 0.3, 0.06],
  ]
  for (const box of [
    { w: 1920, h: 1000 },
    { w: 1024, h: 570 },
    { w: 390, h: 500 },
  ]) {
    const scale = Math.min(box.w / size.w, box.h / size.h)
    const camera = { scale, x: (box.w - size.w * scale) / 2, y: (box.h - size.h * scale) / 2 }
    const laid = layCallouts(box, size, camera, rects)
    for (const { source, at } of laid) {
      assert.ok(at.w / source.w >= 1.2 || at.w > box.w * 0.9, `${box.w}: ${at.w / source.w}`)
      assert.ok(Math.abs(at.w / at.h - source.w / source.h) < 0.001, "the same shape")
      assert.ok(at.x >= 0 && at.y >= 0 && at.x + at.w <= box.w && at.y + at.h <= box.h, "on the screen")
      for (const { source: other } of laid) {
        const apart =
          at.x + at.w <= other.x || other.x + other.w <= at.x || at.y + at.h <= other.y || other.y + other.h <= at.y
        assert.ok(apart, "a place is hidden")
      }
    }
    if (box.w === 1920) assert.ok(laid.every(({ source, at }) => at.w / source.w >= 2.2))
  }
})

test("a file that was cut goes on only where it has the same bytes", async () => {
  const file = new Blob(["volume one, scanned on Monday"])
  assert.equal(await endsAlike(file, { offset: 10, end: btoa("volume one") }), true)
  assert.equal(await endsAlike(file, { offset: 10, end: btoa("one") }), true)
  assert.equal(await endsAlike(file, { offset: 10, end: btoa("volume two") }), false)
  assert.equal(await endsAlike(file, { offset: 0, end: "" }), true, "nothing has come: there is nothing to mix up")
})

test("a frame drawn round words holds them whole, and none that it only touches", () => {
  const words = [
    { box: [0.1, 0.1, 0.1, 0.02] },
    { box: [0.22, 0.1, 0.1, 0.02] },
    { box: [0.1, 0.13, 0.1, 0.02] },
    { box: [0.5, 0.5, 0.1, 0.02] },
  ]
  assert.deepEqual(snapped([0.12, 0.095, 0.16, 0.03], words), [0.096, 0.096, 0.228, 0.028])
  assert.deepEqual(snapped([0.7, 0.7, 0.1, 0.1], words), [0.7, 0.7, 0.1, 0.1])
})

test("a mark drawn over words fits their lines, within the excerpt alone", () => {
  const word = (text, x, y) => ({ text, box: [x, y, 0.08, 0.02] })
  const rect = [0.1, 0.1, 0.5, 0.06]
  const words = wordsIn(
    [
      word("trên", 0.1, 0.06),
      word("Tôi", 0.1, 0.1),
      word("có", 0.19, 0.1),
      word("biết", 0.1, 0.13),
      word("xa", 0.7, 0.1),
    ],
    rect,
  )
  assert.equal(words.length, 3, "neither the line above nor the next column")
  assert.deepEqual(markedBetween(words, rect, [0.21, 0.11], [0.24, 0.115]), [[0.19, 0.1, 0.08, 0.02]])
  const both = markedBetween(words, rect, [0.24, 0.11], [0.12, 0.15])
  assert.deepEqual(both, markedBetween(words, rect, [0.12, 0.15], [0.24, 0.11]), "either way round")
  assert.deepEqual(both, [
    [0.19, 0.1, 0.08, 0.02],
    [0.1, 0.13, 0.08, 0.02],
  ])
  const [first] = markedBetween(words, rect, [0.11, 0.11], [0.11, 0.11])
  assert.deepEqual(added(both, [first]), [both[1], [0.1, 0.1, 0.17, 0.02]], "one line is one mark")
  assert.deepEqual(added(both, both).sort(), [...both].sort(), "nothing is marked twice")
  assert.equal(markAt(both, [0.25, 0.11]), both[0])
  assert.equal(markAt(both, [0.5, 0.5]), undefined)
  assert.equal(allOf(words, rect).length, 2)
})

test("where no words are known a plain rectangle is marked, cut to the excerpt", () => {
  const rect = [0.1, 0.1, 0.5, 0.06]
  assert.deepEqual(markedBetween([], rect, [0.2, 0.12], [0.4, 0.14]), [[0.2, 0.12, 0.2, 0.02]])
  assert.deepEqual(markedBetween([], rect, [0.2, 0.12], [0.2, 0.12]), [], "a slip of the finger")
  assert.deepEqual(allOf([], rect), [rect])
  assert.deepEqual(
    cutAll(
      [
        [0.05, 0.12, 0.3, 0.02],
        [0.7, 0.1, 0.1, 0.02],
      ],
      [rect],
    ),
    [[0.1, 0.12, 0.25, 0.02]],
  )
  assert.deepEqual(readMarks([[0, 0, 1], "a", null, [0, 0, 1, Number.NaN], [0, 0, 1, 1]]), [[0, 0, 1, 1]])
  assert.deepEqual(["x", [0, 0, 1, 1], [0, 0, 1, 0], [0, 0, 1, 0.5]].map(isFrame), [false, false, false, true])
})

test("a mark is the same words on every screen, in the excerpt and on the page below it", () => {
  const rects = [[0.1, 0.2, 0.5, 0.06]]
  const mark = [0.3, 0.21, 0.2, 0.02]
  for (const box of [
    { w: 1920, h: 1000 },
    { w: 390, h: 500 },
  ]) {
    const size = { w: 210, h: 297 }
    const scale = Math.min(box.w / size.w, box.h / size.h)
    const laid = layCallouts(box, size, { scale, x: 0, y: 0 }, rects)
    for (const place of [laid[0].at, laid[0].source]) {
      const at = markIn(place, rects[0], mark)
      assert.equal(excerptAt(laid, at)?.box, place)
      const [x, y] = pointIn(place, rects[0], at)
      assert.ok(Math.abs(x - mark[0]) < 1e-9 && Math.abs(y - mark[1]) < 1e-9)
    }
    assert.deepEqual(pointIn(laid[0].at, rects[0], { x: -9, y: 1e6 }), [0.1, 0.26], "beside it the nearest place")
    assert.equal(excerptAt(laid, { x: box.w + 5, y: 1 }), undefined)
  }
  assert.equal(markIn({ x: 0, y: 0, w: 9, h: 9 }, rects[0], [0.7, 0.7, 0.1, 0.1]), undefined)
})

test("the script goes on where it was, past what cannot be shown, and where its last step was taken out", () => {
  const steps = ["a", "b", "c", "d"].map((id) => ({ id, about: { state: id === "c" ? "gone" : "ok" } }))
  const from = (at, by) => {
    const { step, passed } = stepOf(steps, at, by)
    return [step?.id, passed.map(({ id }) => id).join("")]
  }
  assert.deepEqual(from(undefined, 1), ["a", ""])
  assert.deepEqual(from(undefined, -1), [undefined, ""])
  assert.deepEqual(from({ step: "b", n: 2 }, 1), ["d", "c"])
  assert.deepEqual(from({ step: "d", n: 4 }, 1), [undefined, ""])
  assert.deepEqual(from({ step: "x", n: 2 }, 1), ["b", ""])
  assert.deepEqual(from({ step: "x", n: 2 }, -1), ["a", ""])
})

test("steps are made of a map, of numbers and of what is on the stage", () => {
  const kinds = (steps) => steps.map(({ kind, node, page: n }) => [kind, node ?? n])
  assert.deepEqual(kinds(stepsOfMap(MAP, "m", { from: "N2", which: "bl" })), [
    ["node", "N3"],
    ["node", "N4"],
  ])
  assert.equal(stepsOfMap(MAP, "m", { pages: true }).length, 10)
  const cited = stepsOfCitations([
    { result: "one", pages: [page(84)], against: 0 },
    { result: "one", pages: [page(121), page(133), page(134)], against: 2 },
    { result: "several", pages: [page(1), page(2)] },
  ])
  assert.deepEqual(
    cited.steps.map(({ kind }) => kind),
    ["evidence", "pair", "pair"],
  )
  assert.equal(cited.unclear.length, 1)
  const stage = { kind: "evidence", case: "c", ...page(3), callouts: [[0, 0, 1, 0.1]] }
  assert.equal(stepOfStage(stage, "c").kind, "callout")
  assert.equal(stepOfStage(stage, "other"), undefined)
  assert.equal(stepOfStage({ ...stage, covered: true }, "c"), undefined)
})

test("a clicker goes through the numbers of a node", () => {
  const stage = { kind: "evidence", case: "c", from_node: "N3", ...page(2) }
  assert.deepEqual([placeIn(MAP, stage, false).n, placeIn(MAP, stage, false).chips.length], [0, 2])
  assert.equal(placeIn(MAP, { ...stage, from_node: "N5" }, false), undefined)
  assert.equal(placeIn(MAP, { kind: "map", map: { node: "N3" } }, false), undefined)
  assert.equal(placeIn(MAP, { kind: "map", map: { node: "N3" } }, true).n, -1)
})

test("behind a step that is refused one goes on, and is not stopped there for ever", () => {
  const steps = [{ id: "a" }, { id: "b" }, { id: "c" }]
  const ahead = aheadAfter({ step: "b", n: 2 }, "page_not_drawn", { step: "a" })
  assert.equal(stepOf(steps, ahead, 1).step.id, "c")
  assert.equal(stepOf(steps, ahead, -1).step.id, "a")
  // No connection, or somebody else holds the stage: the same step is asked for again.
  for (const code of ["not_known", "not_the_holder"])
    assert.equal(aheadAfter({ step: "b", n: 2 }, code, { step: "a" }), undefined)
})
