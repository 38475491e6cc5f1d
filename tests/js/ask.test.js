/** A line that was cut without a word keeps nobody waiting for ever; a file takes as long as it takes. */

import "./browser.js"

import assert from "node:assert/strict"
import test, { afterEach, beforeEach, mock } from "node:test"

// As on a connection that a router has forgotten: nothing comes but the end that the asker makes.
let given
globalThis.fetch = (_url, { signal }) => {
  given = signal
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
}
Object.assign(document.documentElement, { dataset: {} })

const { ask } = await import("../../static/js/lib/ask.js")
const { picture } = await import("../../static/js/pages/page-files.js")

beforeEach(() => mock.timers.enable())
afterEach(() => mock.timers.reset())

test("a question is given up after a minute, and nothing is known of it", async () => {
  const answer = ask("/api/session")
  mock.timers.tick(59_000)
  assert.equal(given.aborted, false)
  mock.timers.tick(2000)
  assert.deepEqual(await answer, { ok: false, status: 0, foreign: false })
})

test("a file on its way is not given up", () => {
  ask("/api/papers", { method: "POST", form: new FormData() })
  mock.timers.tick(600_000)
  assert.equal(given.aborted, false)
})

test("a page is given up when nothing of it has come for some seconds", async () => {
  const page = picture("/documents/d/pages/1.webp?w=1920", new AbortController().signal)
  mock.timers.tick(15_000)
  assert.equal(await page, undefined)
  assert.equal(given.aborted, true)
})
