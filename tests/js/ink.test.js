/** Whose touch draws; what is seen of a page; what can be undone. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { HandRules } from "../../static/js/ink/hand-rules.js"
import { History, opposite } from "../../static/js/ink/history.js"
import { Sheet } from "../../static/js/ink/sheet.js"
import { Stroke } from "../../static/js/ink/strokes.js"

const sent = (id) => ({ id, t: "pen", c: "red", w: 28, d: "AAAA" })
const stroke = (id) => new Stroke(sent(id))
const seen = (sheet) => [...sheet.strokes.keys()]

function hand(more = {}) {
  const rules = Object.assign(new HandRules(), { on: true }, more)
  const say = (kind, type, id, at, x = 0, y = 0, buttons = 1) => rules[kind]({ id, type, at, x, y, buttons })
  return { rules, say }
}

test("without a tool nothing draws", () => {
  const { say } = hand({ on: false })
  for (const type of ["pen", "touch", "mouse"]) assert.equal(say("down", type, 1, 0).means, "pass")
})

test("as long as nobody has seen a pen, one finger draws and two pinch", () => {
  const { say } = hand()
  assert.equal(say("down", "touch", 1, 0).means, "draw")
  assert.deepEqual(say("down", "touch", 2, 100), { means: "pass", cancels: true })
  assert.equal(say("move", "touch", 1, 120).means, "pass")
})

test("a second finger that comes late is a slip", () => {
  const { say } = hand()
  say("down", "touch", 1, 0)
  assert.equal(say("down", "touch", 2, 900).means, "ignore")
  assert.equal(say("move", "touch", 1, 950).means, "draw")
  assert.equal(say("up", "touch", 2, 960).means, "ignore")
})

test("from the first pen on fingers move the page, from the same touch on", () => {
  const { rules, say } = hand()
  assert.equal(say("down", "touch", 1, 0).means, "draw")
  assert.deepEqual(say("down", "pen", 2, 10), { means: "draw", cancels: true })
  say("up", "pen", 2, 100)
  assert.equal(say("down", "touch", 3, 1000).means, "pass")
  rules.fingersToo = true
  assert.equal(say("up", "touch", 3, 1900).means, "pass")
  assert.equal(say("down", "touch", 4, 2000).means, "draw", "the switch gives it back: a lost pencil locks nothing")
})

test("a palm does nothing while the pen is down and half a second after", () => {
  const { say } = hand({ penSeen: true })
  assert.equal(say("down", "touch", 1, 0).means, "pass", "it came before the pen")
  say("down", "pen", 2, 20)
  assert.equal(say("move", "touch", 1, 40).means, "ignore")
  assert.equal(say("down", "touch", 3, 60).means, "ignore")
  say("up", "pen", 2, 100)
  assert.equal(say("move", "touch", 1, 500).means, "ignore")
  assert.equal(say("down", "touch", 4, 590).means, "ignore")
  assert.equal(say("move", "touch", 4, 900).means, "ignore", "whoever came then stays a palm")
  assert.equal(say("down", "touch", 5, 700).means, "pass")
})

test("the eraser of the pen erases; a second pen or mouse button does not disturb a stroke", () => {
  const { say } = hand()
  assert.equal(say("down", "pen", 1, 0, 0, 0, 32).means, "erase")
  assert.equal(say("down", "mouse", 9, 5).means, "ignore")
  say("up", "pen", 1, 10)
  assert.equal(say("down", "mouse", 9, 900, 0, 0, 2).means, "ignore")
  assert.equal(say("down", "mouse", 9, 950).means, "draw")
})

test("sixty quick taps are sixty dots", () => {
  const { say } = hand()
  for (let n = 0; n < 60; n++) {
    assert.equal(say("down", "pen", n, n * 80).means, "draw")
    assert.equal(say("up", "pen", n, n * 80 + 30).means, "draw")
  }
})

test("two fingers that tap together take a step back; a pinch does not", () => {
  const { say } = hand({ penSeen: true })
  say("down", "touch", 1, 0)
  say("down", "touch", 2, 30, 100)
  assert.ok(!say("up", "touch", 1, 100).undo)
  assert.ok(say("up", "touch", 2, 110).undo)
  say("down", "touch", 3, 1000)
  say("down", "touch", 4, 1030, 100)
  say("move", "touch", 4, 1080, 180)
  say("up", "touch", 3, 1100)
  assert.ok(!say("up", "touch", 4, 1110).undo)
})

test("on a phone a finger writes only where the page is large, a pen always", () => {
  const { say } = hand({ roomy: false })
  assert.equal(say("down", "touch", 1, 0).means, "pass")
  say("up", "touch", 1, 10)
  assert.equal(say("down", "pen", 2, 900).means, "draw")
})

test("a page follows its operations in order and says when one is missing", () => {
  const sheet = new Sheet()
  sheet.take(16, [sent("stroke1")])
  assert.ok(sheet.apply(17, { draw: [sent("stroke2")], by: "an", at: 5 }))
  assert.ok(!sheet.apply(19, { erase: ["stroke1"] }))
  assert.ok(sheet.apply(17, { erase: ["stroke1"] }), "an old one is known already")
  assert.deepEqual(seen(sheet), ["stroke1", "stroke2"])
  assert.ok(sheet.apply(18, { erase: ["stroke1"] }) && sheet.apply(19, { clear: true }))
  assert.deepEqual([sheet.rev, seen(sheet)], [19, []])
  sheet.take(3, [sent("old")])
  assert.equal(sheet.rev, 19)
})

test("what this hand does is seen at once, once, and stays when it is kept", () => {
  const sheet = new Sheet()
  sheet.take(0, [])
  const changes = []
  sheet.addEventListener("change", (/** @type {CustomEvent} */ { detail }) =>
    changes.push([detail.added.length, detail.removed.length]),
  )
  const mine = stroke("mine001")
  const drawing = sheet.add({ draw: [mine] })
  sheet.apply(1, { draw: [mine.sent], by: "an", at: 5 })
  sheet.settle(drawing)
  assert.deepEqual(changes, [[1, 0]])
  assert.equal(sheet.strokes.get("mine001"), mine, "its outline is worked out once")
  const refused = sheet.add({ erase: ["mine001"] })
  sheet.settle(refused)
  assert.deepEqual(changes.slice(1), [
    [0, 1],
    [1, 0],
  ])
})

test("a page that was cleared comes back as it was, before the server has said so", () => {
  const sheet = new Sheet()
  sheet.take(1, [sent("stroke1"), sent("stroke2")])
  const clearing = sheet.add({ clear: true })
  sheet.apply(2, { clear: true })
  sheet.settle(clearing)
  assert.deepEqual(seen(sheet), [])
  sheet.add({ restore: true })
  assert.deepEqual(seen(sheet), ["stroke1", "stroke2"])
})

test("fifty steps are undone and done again", () => {
  const history = new History()
  const sheet = new Sheet()
  sheet.take(0, [])
  for (let n = 0; n < 60; n++) {
    const draw = [stroke(`stroke${n}`)]
    history.add({ draw }, opposite({ draw }, sheet.strokes))
    sheet.add({ draw })
  }
  for (let n = 0; n < 50; n++) sheet.add(history.undo())
  assert.equal(sheet.strokes.size, 10)
  for (let n = 0; n < 50; n++) sheet.add(history.redo())
  assert.equal(sheet.strokes.size, 60)
  history.undo()
  history.add({ clear: true }, { restore: true })
  assert.ok(!history.canRedo)
})

test("what takes a cut back draws the same strokes again", () => {
  const before = new Map([["stroke1", stroke("stroke1")]])
  const back = opposite({ erase: ["stroke1"], draw: [stroke("piece1"), stroke("piece2")] }, before)
  assert.deepEqual(back.erase, ["piece1", "piece2"])
  assert.equal(back.draw[0], before.get("stroke1"))
})
