/** A browser's database that does not answer holds nothing up: what was asked of it is said not to be kept. */

import "./browser.js"

import assert from "node:assert/strict"
import test, { mock } from "node:test"

// As behind a page that was left while it wrote: asked, it never says anything.
class IDBRequest extends EventTarget {}
let asked = 0
const indexedDB = {
  open() {
    asked += 1
    return new IDBRequest()
  },
}
Object.assign(globalThis, { IDBRequest, indexedDB })
// Not spelled out in the import: it leads to a library that is not ours, which is not checked.
const SCRIPT = "../../static/js/lib/device.js"
const { onDevice } = await import(SCRIPT)
const NOTHING = { ok: false, value: undefined }

test("a database that does not answer is given up after some seconds, and left alone for a while", async () => {
  mock.timers.enable()
  try {
    const answer = onDevice((db) => db.get("papers", "d1"))
    mock.timers.tick(7000)
    assert.deepEqual(await answer, NOTHING)
    assert.equal(asked, 1)
    assert.deepEqual(await onDevice((db) => db.get("papers", "d1")), NOTHING)
    assert.equal(asked, 1, "nobody waits for it a second time")
  } finally {
    mock.timers.reset()
  }
})
