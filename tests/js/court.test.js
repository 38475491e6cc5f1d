import assert from "node:assert/strict"
import { test } from "node:test"
import { boxOf, isPageOf, trialOf } from "../../static/js/case/court-box.js"
import { byPhase, keyed, laidOver, likelyKind } from "../../static/js/case/court-order.js"

const me = { id: "u1", name: "Em" }
const entry = (id, more = {}) => ({
  id,
  n: 1,
  phase: "questioning",
  moment: 100,
  joined: "",
  text: id,
  edits: 0,
  ...more,
})

test("what waits is laid over what the server has said, in its order", () => {
  const acts = [
    { op: "1", id: "new", at: 500, put: { phase: "debate", kind: "event", text: "mới" } },
    { op: "2", id: "new", at: 600, edit: { text: "mới hơn" } },
    { op: "3", id: "a", at: 700, remove: true, saved: true },
  ]
  const [a, fresh] = laidOver([entry("a")], acts, { me, ahead: -60 })
  assert.deepEqual([a.removed_at, a.waits], [700, false])
  assert.deepEqual([fresh.text, fresh.moment, fresh.by_name, fresh.waits], ["mới hơn", 440, "Em", true])
  // Once the server tells of it, its own word holds.
  const [there] = laidOver([entry("new", { text: "mới" })], acts.slice(0, 1), { me, ahead: 0 })
  assert.deepEqual([there.text, there.waits], ["mới", undefined])
})

test("entries stand by phase and time, what was joined with its head", () => {
  const late = entry("late", { phase: "opening", moment: 900 })
  const found = byPhase([entry("b", { joined: "a" }), entry("c", { moment: 50 }), entry("a"), late])
  assert.deepEqual(
    found.map(({ phase, groups }) => [
      phase,
      groups.map(({ head, others }) => [head.id, ...others.map(({ id }) => id)]),
    ]),
    [
      ["opening", [["late"]]],
      ["questioning", [["c"], ["a", "b"]]],
    ],
  )
})

test("the kind follows from the phase and who speaks; keys lie where they lie", () => {
  assert.equal(likelyKind("questioning", "Chủ tọa phiên tòa"), "question")
  assert.equal(likelyKind("questioning", "Bị cáo"), "answer")
  assert.equal(likelyKind("debate", "Người bào chữa"), "argument")
  assert.equal(likelyKind("debate", "Chủ tọa phiên tòa"), "event")
  assert.equal(likelyKind("questioning", ""), "event")
  assert.deepEqual(keyed("Digit3"), { phase: "debate" })
  assert.deepEqual(keyed("KeyN"), { kind: "violation" })
  assert.deepEqual(keyed("Comma"), { kind: "weakness" })
  assert.deepEqual(keyed("KeyE"), { speaker: 2 })
  assert.equal(keyed("Digit7"), undefined)
})

test("a box is of one person and one trial", () => {
  assert.deepEqual(trialOf(boxOf("u1", "c1", "h1")), { case_: "c1", hearing: "h1" })
  assert.equal(trialOf("u1/marks/p1"), undefined)
  assert.ok(isPageOf("/cases/c1/court/h1", { case_: "c1", hearing: "h1" }))
})
