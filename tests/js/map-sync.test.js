import assert from "node:assert/strict"
import test from "node:test"

import "./browser.js"

Object.assign(document, { documentElement: { lang: "vi", dataset: {} }, addEventListener() {}, hidden: false })
Object.assign(globalThis, { addEventListener() {} })
const { MapSync } = await import("../../static/js/case/map-sync.js")
const { ScriptSync } = await import("../../static/js/case/script-sync.js")

/** A server that puts operations in order, as fast as `release` says. */
function server() {
  const heard = []
  let rev = 5
  globalThis.fetch = async (_path, { body, method }) => {
    const answer = (content) =>
      new Response(JSON.stringify(content), {
        headers: { "Content-Type": "application/json", "X-Meetingroom": "1" },
      })
    if (method !== "POST") return answer({ rev, ops: [], editing: [] })
    const op = JSON.parse(body)
    heard.push(op)
    await new Promise((done) => setTimeout(done, 5))
    rev += 1
    return answer({ rev, op })
  }
  return heard
}

function opened() {
  const sync = new MapSync("/api/cases/c/maps/m", () => {})
  sync.map = {
    rev: 5,
    root: "a",
    loose: [],
    nodes: { a: { text: "", kind: "root", children: [] } },
    links: {},
    bin: [],
  }
  return sync
}

test("who types on while a text is on its way is not asked to choose between his own two", async () => {
  const heard = server()
  const sync = opened()
  const types = (text) => sync.send({ edit: { node: "a", set: { text } } }, 5)
  await Promise.all([types("Bị hại"), types("Bị hại tố giác"), types("Bị hại tố giác muộn")])
  assert.deepEqual(
    heard.map((op) => op.rev),
    [5, 6, 7],
  )
  await sync.send({ edit: { node: "a", set: { note: "x" } } }, 5) // another field: what its author had seen
  assert.equal(heard[3].rev, 5)
})

test("what is taken back is the last step, also where that is on its way", async () => {
  const heard = server()
  const sync = opened()
  sync.done = ["long ago"]
  const removed = sync.send({ edit: { node: "a", set: { text: "" } } })
  await sync.undo()
  await removed
  assert.deepEqual(heard[1].undo, { op: heard[0].id })
  assert.deepEqual(sync.done, ["long ago"])
})

test("of two steps of a script each text is sent as its author had seen it: nobody is overwritten", async () => {
  const heard = server()
  const sync = new ScriptSync("/api/cases/c/script", () => {})
  sync.map = { rev: 5 }
  const writes = (step, note) => sync.send({ edit: { step, set: { note } } }, 5)
  await writes("s1", "Một")
  await writes("s2", "Hai")
  await writes("s1", "Một, hai")
  assert.deepEqual(
    heard.map((op) => op.rev),
    [5, 5, 6],
  )
})

test("a script in which nothing happens is asked for seldom", async () => {
  server()
  const sync = new ScriptSync("/api/cases/c/script", () => {})
  sync.map = { rev: 5 }
  await sync.catchUp()
  await sync.catchUp()
  assert.equal(sync.calm, 2)
})
