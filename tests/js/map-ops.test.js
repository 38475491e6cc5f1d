import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import test from "node:test"
import {
  amountOf,
  boxesOf,
  FIRST_OPEN,
  followed,
  heightOf,
  MOST_OPEN,
  opened,
  openTo,
  spelled,
  whenOf,
  whenSaid,
} from "../../static/js/case/map-ops.js"

const map = () => ({
  rev: 0,
  root: "N1",
  loose: [],
  nodes: {
    N1: { text: "Vụ án", kind: "root", children: ["a", "b"] },
    a: { text: "a", kind: "", children: ["c"] },
    b: { text: "b", kind: "", children: [] },
    c: { text: "c", kind: "", children: [] },
  },
  links: {},
  bin: [],
})

// tests/cases/test_first_branches.py reads the same: what stands in the first HTML is what is drawn then.
const FIRST = JSON.parse(readFileSync(new URL("first-branches.json", import.meta.url), "utf-8"))

for (const { what, branches, open, both, right } of FIRST)
  test(`what is open at first, and how high that is: ${what}`, () => {
    const nodes = { N1: { text: "Vụ án", kind: "root", children: branches.map((_, n) => `b${n}`) } }
    for (const [n, [text, bl, fold, below]] of branches.entries()) {
      const children = Array.from({ length: below }, (_, m) => `b${n}-${m}`)
      nodes[`b${n}`] = { text, bl, fold, kind: "", children }
      for (const child of children) nodes[child] = { text: "Con", kind: "", children: [] }
    }
    const one = { ...map(), nodes }
    const found = openTo(one, 2, FIRST_OPEN)
    assert.deepEqual([...found].sort(), [...(branches.length ? ["N1"] : []), ...open.map((n) => `b${n}`)])
    assert.deepEqual([heightOf(one, found, false), heightOf(one, found, true)], [both, right])
  })

test("what the server has done is done here too", () => {
  let found = followed(map(), {
    id: "1",
    rev: 0,
    add: { node: { id: "d", text: "mới", bl: "" }, parent: "a", before: "c" },
  })
  assert.deepEqual(found.nodes.a.children, ["d", "c"])
  assert.deepEqual(found.nodes.d, { text: "mới", kind: "", children: [] })
  found = followed(found, { edit: { node: "d", set: { bl: "84", note: "" } } })
  assert.equal(found.nodes.d.bl, "84")
  found = followed(found, { link: { id: "l", from: "d", to: "b", kind: "bác bỏ" } })
  found = followed(found, { remove: { node: "a" } })
  assert.deepEqual(Object.keys(found.nodes), ["N1", "b"])
  assert.deepEqual(found.links, {})
  found = followed(found, { restore: { node: "a" } })
  assert.deepEqual(found.nodes.N1.children, ["a", "b"])
  assert.equal(found.links.l.kind, "refutes")
  found = followed(found, { move: { node: "d", parent: "b", before: "" } })
  assert.deepEqual([found.nodes.a.children, found.nodes.b.children], [["c"], ["d"]])
  assert.equal(found.rev, 6)
  assert.deepEqual(map().nodes.a.children, ["c"])
})

test("no more boxes open than can be moved about", () => {
  const large = { ...map(), nodes: { N1: { text: "", kind: "root", children: [] } } }
  for (let n = 0; n < 20; n++) {
    large.nodes[`b${n}`] = { text: "", kind: "", children: [] }
    large.nodes.N1.children.push(`b${n}`)
    for (let m = 0; m < 60; m++) {
      large.nodes[`b${n}-${m}`] = { text: "", kind: "", children: [] }
      large.nodes[`b${n}`].children.push(`b${n}-${m}`)
    }
  }
  let open = openTo(large)
  assert.ok(boxesOf(large, open) <= MOST_OPEN)
  assert.ok(boxesOf(large, openTo(large, 4, 70)) <= 70)
  for (let n = 0; n < 20; n++) {
    open = opened(large, open, `b${n}`)
    assert.ok(boxesOf(large, open) <= MOST_OPEN)
    assert.ok(open.has(`b${n}`))
  }
})

test("what is open takes about so much room, half of it on either side", () => {
  const short = map()
  const folded = heightOf(short, new Set(["N1"]), true)
  assert.equal(heightOf(short, new Set(["N1"]), false) * 2, folded)
  assert.equal(heightOf(short, new Set(["N1", "a"]), true), folded)
  short.nodes.a.children.push("b")
  assert.ok(heightOf(short, new Set(["N1", "a"]), true) > folded)
  short.nodes.c.bl = "84"
  short.nodes.c.text = "Lời khai của bị can A ngày 12/11/2025 về việc nhận tiền của bị hại"
  assert.ok(heightOf(short, new Set(["N1", "a"]), true) > 2 * folded)
})

test("amounts and dates as they are typed", () => {
  assert.equal(amountOf("1.400 tr"), 1_400_000_000)
  assert.equal(amountOf("1,5 tỷ"), 1_500_000_000)
  assert.equal(amountOf("350.000.000"), 350_000_000)
  assert.equal(amountOf("nhiều"), null)
  assert.equal(amountOf(" "), undefined)
  assert.equal(spelled(1950000000), "1.950.000.000")
  for (const said of ["12/11/2025", "02–04/2025", "01/2025", "2025"]) assert.equal(whenSaid(whenOf(said)), said)
  assert.equal(whenOf("31/02/2025"), null)
  assert.equal(whenOf(""), undefined)
})
