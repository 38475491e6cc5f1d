/** Papers are said to be kept only with the pages that open them; a worker that never comes keeps nobody waiting. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test, { beforeEach } from "node:test"

const folders = new Map()
const caches = {
  open: async (name) => {
    if (!folders.has(name)) folders.set(name, new Map())
    return { put: async (path, answer) => folders.get(name).set(path, answer) }
  },
  delete: async (name) => folders.delete(name),
  has: async (name) => folders.has(name),
  keys: async () => [...folders.keys()],
}
/** The next worker: what becomes of it, and what it answers. */
class Worker extends EventTarget {
  state = "installing"
  answer = true
  postMessage(message, [port]) {
    said.push(message)
    port.postMessage(this.answer)
  }
  becomes(state) {
    this.state = state
    if (state === "activated") registration.active = this
    this.dispatchEvent(new Event("statechange"))
  }
}
let worker, registration, said, registered, isReady
const serviceWorker = {
  register: async () => {
    registered += 1
    return registration
  },
  get ready() {
    return isReady
  },
}
Object.assign(globalThis, { caches, isSecureContext: true, localStorage: new Store() })
Object.defineProperty(globalThis, "navigator", { value: { serviceWorker, locks: { query: async () => ({}) } } })
Object.assign(globalThis, { setInterval: () => 0 })
Object.assign(document.documentElement, { dataset: {} })
Object.assign(window, { addEventListener() {}, localStorage })

// Not spelled out in the import: they lead to a library that is not ours, which is not checked.
const [KEEPING, WORKER] = ["../../static/js/offline/keeping.js", "../../static/js/offline/worker-of-page.js"]
const { keep } = await import(KEEPING)
const { workerReady } = await import(WORKER)
const OFFER = { meeting: "m1", title: "Họp", papers: [] }

beforeEach(() => {
  worker = new Worker()
  said = []
  registered = 0
  folders.clear()
  registration = Object.assign(new EventTarget(), { installing: worker, active: undefined, waiting: undefined })
  isReady = new Promise((done) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && done(registration))
  })
})

test("a worker whose files could not be had is no worker, and is asked for again", async () => {
  const first = workerReady()
  setImmediate(() => worker.becomes("redundant"))
  await assert.rejects(first)
  await assert.rejects(workerReady(), "it is gone before it was looked at")
  assert.equal(registered, 2)
})

test("nothing is kept where the pages that open the papers could not be kept", async () => {
  worker.answer = false
  worker.becomes("activated")
  assert.equal(await keep(OFFER, []), "line")
  assert.deepEqual(said, [{ type: "pages", meeting: "m1" }])
  assert.deepEqual([...folders.keys()], [])
})

test("what was kept of a meeting before stays where its pages cannot be had anew", async () => {
  worker.answer = false
  worker.becomes("activated")
  folders.set("papers-m1", new Map([["/documents/d/pages/bundle-0", "pages"]]))
  assert.equal(await keep(OFFER, []), "line")
  assert.ok(folders.get("papers-m1").has("/documents/d/pages/bundle-0"))
})

test("who stops while the worker is still on its way has stopped", async () => {
  const stop = new AbortController()
  const kept = keep(OFFER, [], { signal: stop.signal })
  setImmediate(() => stop.abort())
  assert.equal(await kept, "line")
  assert.deepEqual([...folders.keys()], [])
})
