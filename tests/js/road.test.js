/** By which way a screen reaches the server. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { SafeStorage } from "../../static/js/lib/storage.js"
import { Transport } from "../../static/js/meeting/transport.js"

const kept = (store) => new Transport(new SafeStorage(() => store))

/** The way that is tried first after each of these. */
function ways(...said) {
  const road = kept(new Store())
  return said.map(([name, arg]) => {
    road[name](arg)
    return road.transports[0]
  })
}

const HUNG = ["hung"]

test("two hanging handshakes make way for polling, and a hanging poll gives it back", () => {
  assert.deepEqual(ways(HUNG, HUNG, HUNG, HUNG, HUNG), ["websocket", "polling", "websocket", "polling", "websocket"])
  assert.deepEqual(ways(HUNG, ["carried", "websocket"], HUNG), ["websocket", "websocket", "websocket"], "in a row")
  assert.deepEqual(ways(HUNG, HUNG, ["carried", "polling"], ["carried", "websocket"]), [
    "websocket",
    "polling",
    "polling",
    "websocket",
  ])
})

test("a screen looks for the better way soon and then seldom", () => {
  const road = kept(new Store())
  const looks = Array.from({ length: 8 }, () => road.nextLook)
  road.free()
  assert.deepEqual([...looks, road.nextLook], [2000, 30000, 60000, 120000, 240000, 480000, 600000, 600000, 2000])
})

test("a reload on the same line need not find out again, and a store that keeps nothing is no fault", () => {
  const store = new Store()
  const road = kept(store)
  road.hung()
  road.hung()
  road.carried("polling")
  assert.deepEqual(kept(store).transports, ["polling"])
  road.carried("websocket")
  assert.deepEqual(kept(store).transports, ["websocket", "polling"])
  store.full = true
  road.hung()
  road.hung()
  road.carried("polling")
  assert.deepEqual(road.transports, ["polling"])
})
