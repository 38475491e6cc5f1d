/** What this browser keeps, and what becomes of it where nothing is kept. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { SafeStorage } from "../../static/js/lib/storage.js"

test("what is kept is read again, as text and as a value", () => {
  const store = new Store()
  const storage = new SafeStorage(() => store)
  assert.equal(storage.set("name", "em"), true)
  assert.equal(storage.write("draft", { text: "Kết luận" }), true)
  assert.equal(new SafeStorage(() => store).get("name"), "em")
  assert.deepEqual(new SafeStorage(() => store).read("draft"), { text: "Kết luận" })
  storage.remove("name")
  assert.equal(storage.get("name"), undefined)
  assert.equal(storage.read("never"), undefined)
})

test("a full storage says that nothing was kept, and what it has can still be read", () => {
  const store = new Store()
  const storage = new SafeStorage(() => store)
  storage.set("name", "em")
  store.full = true
  assert.equal(storage.set("name", "an"), false)
  assert.equal(storage.write("draft", {}), false)
  assert.equal(storage.get("name"), "em")
})

test("a storage that is missing or forbidden disturbs nobody", () => {
  for (const open of [
    () => undefined,
    () => {
      throw new Error("SecurityError")
    },
  ]) {
    const storage = new SafeStorage(open)
    assert.equal(storage.get("name"), undefined)
    assert.equal(storage.read("name"), undefined)
    assert.equal(storage.set("name", "em"), false)
    storage.remove("name")
  }
})

test("what somebody else wrote there and nobody can read counts as nothing", () => {
  const store = new Store()
  store.setItem("draft", "{half a sent")
  assert.equal(new SafeStorage(() => store).read("draft"), undefined)
})
