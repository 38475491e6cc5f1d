/** An excerpt that is kept while the line breaks is kept once; what somebody else has changed is not overwritten. */

import "./browser.js"
import assert from "node:assert/strict"
import { test } from "node:test"

Object.assign(document, { documentElement: { lang: "vi", dataset: {} }, addEventListener() {}, hidden: false })
Object.assign(globalThis, { addEventListener() {} })
Object.assign(window, { addEventListener() {} })

const PLACE = { case: "c1", document: "d1", page: 2 }
const RECTS = [[0.1, 0.2, 0.5, 0.06]]
const kept = new Map()
let isCut = false

const answer = (status, body) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", "X-Meetingroom": "1" },
  })

globalThis.fetch = async (path, { method = "GET", body = "{}" } = {}) => {
  const wish = JSON.parse(body)
  if (method === "POST") {
    kept.set(wish.id, { rev: 1, ...wish })
    if (isCut) throw new TypeError("the line broke before the answer came")
    return answer(201, { id: wish.id })
  }
  if (method === "PATCH") {
    const [found] = kept.values()
    if (wish.rev !== found.rev) return answer(409, { error: { code: "changed", message: "changed" } })
    Object.assign(found, wish, { rev: found.rev + 1 })
    return answer(200, found)
  }
  if (isCut) throw new TypeError("no line")
  return answer(
    200,
    path === "/api/cases" ? { cases: [{ id: "c1" }] } : { callouts: [...kept.values()], may_edit: true },
  )
}

// Not spelled out in the import: it leads to libraries that are not ours, which are not checked.
const SCRIPT = "../../static/js/case/kept-callouts.js"
const { KeptCallouts } = await import(SCRIPT)

test("what is sent again after a lost answer is the same excerpt", async () => {
  const excerpts = new KeptCallouts()
  excerpts.show(PLACE)
  await excerpts.read()
  isCut = true
  assert.equal((await excerpts.keep(RECTS, "Số tiền")).ok, false)
  isCut = false
  assert.equal((await excerpts.keep(RECTS, "Số tiền")).ok, true)
  assert.equal(kept.size, 1)
  assert.equal(excerpts.find(RECTS).name, "Số tiền")
})

test("a change of somebody else comes before one's own is kept", async () => {
  const excerpts = new KeptCallouts()
  excerpts.show(PLACE)
  await excerpts.read()
  const [mine] = excerpts.list
  kept.values().next().value.rev = 2
  assert.equal((await excerpts.change(mine.id, { rev: mine.rev, marks: [] })).status, 409)
  assert.equal(excerpts.list[0].rev, 2)
  assert.equal((await excerpts.change(mine.id, { rev: excerpts.list[0].rev, marks: [] })).ok, true)
})
