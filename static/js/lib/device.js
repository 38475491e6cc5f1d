/**
 * The database of this browser: what waits to be sent, and what is known of papers that are kept here. WebKit kills the
 * database behind a tab that sleeps, and its handle fails from then on: it is dropped, opened again and asked once more.
 * A page that was left while it wrote keeps others waiting for ever in WebKit: a database that does not answer is none
 * for a while. What cannot be written then is kept in memory alone, and whoever asked is told so.
 */

/** @import { Database } from "../../vendor/idb/idb.js" */

import { openDB } from "../../vendor/idb/idb.js"
import { inTime, TooLate } from "./in-time.js"
import { uid } from "./uid.js"

const NAME = "meetingroom"
const LEASE = 20_000
const TAB = uid()
const PATIENCE = 4
const LIMIT = 6000
const REST = 15_000

/** @type {Promise<Database> | undefined} */
let handle
let silentUntil = 0

/**
 * `acts` {op, box, n, act}: what waits, in order; `marks` {key, person, paper, document, rev, marks}; `papers` {document,
 * meeting, person, …} and `meetings` {meeting, person, …}: what is kept here (lib/kept.js); `views` {meeting, person, …};
 * `leases` {name, tab, until}; `addresses` {url, document}: what was fetched of papers (lib/fetched.js).
 */
function opened() {
  handle ??= openDB(NAME, 2, {
    upgrade(db, from) {
      if (from < 2) db.createObjectStore("addresses", { keyPath: "url" })
      if (from) return
      const acts = db.createObjectStore("acts", { keyPath: "op" })
      acts.createIndex("order", ["box", "n"], { unique: true })
      acts.createIndex("box", "box")
      db.createObjectStore("marks", { keyPath: "key" })
      db.createObjectStore("papers", { keyPath: "document" })
      db.createObjectStore("meetings", { keyPath: "meeting" })
      db.createObjectStore("views", { keyPath: "meeting" })
      db.createObjectStore("leases", { keyPath: "name" })
    },
    blocking: drop,
    terminated: drop,
  })
  return handle
}

function drop() {
  const dead = handle
  handle = undefined
  dead?.then((db) => db.close()).catch(() => {})
}

/** Is there a database at all? */
export const hasDatabase = () => {
  try {
    return typeof indexedDB !== "undefined" && indexedDB !== null
  } catch {
    return false
  }
}

/**
 * `work(db)`, twice if the handle is broken: {ok, value}. Never rejects, and answers within some seconds; what was not
 * done by then may still be done.
 * @template Value
 * @param {(db: Database) => Promise<Value>} work
 * @returns {Promise<{ ok: true, value: Value } | { ok: false, value: undefined }>}
 */
export async function onDevice(work) {
  for (let n = 0; n < 2 && hasDatabase() && performance.now() >= silentUntil; n++) {
    try {
      return { ok: true, value: await inTime(opened().then(work), LIMIT) }
    } catch (failed) {
      if (failed instanceof TooLate) silentUntil = performance.now() + REST
      drop()
    }
  }
  return { ok: false, value: undefined }
}

/**
 * Writes in one go, committed at once: what waits for an event of its own when its page is left holds the store.
 * @param {string} name
 * @param {(store: any) => void} act
 */
export const writeTo = (name, act) =>
  onDevice(async (db) => {
    const tx = db.transaction(name, "readwrite")
    act(tx.store)
    tx.commit?.()
    await tx.done
  })

/**
 * What waits in a box, oldest first; undefined where it cannot be known.
 * @param {string} box
 * @returns {Promise<{ op: string, act: any }[] | undefined>}
 */
export async function actsIn(box) {
  const all = IDBRangeOf([box], [box, Number.MAX_SAFE_INTEGER])
  return (await onDevice((db) => db.getAllFromIndex("acts", "order", all()))).value
}

/**
 * Written behind what waits already; what is there is left as it is. Resolves with whether it is kept.
 * @param {string} box
 * @param {{ op: string, act: any }[]} acts
 */
export async function putActs(box, acts) {
  const all = IDBRangeOf([box], [box, Number.MAX_SAFE_INTEGER])
  const { ok } = await onDevice(async (db) => {
    const tx = db.transaction("acts", "readwrite")
    const last = await tx.store.index("order").openKeyCursor(all(), "prev")
    let n = last ? last.key[1] : 0
    for (const { op, act } of acts) if (!(await tx.store.getKey(op))) tx.store.put({ op, box, n: ++n, act })
    tx.commit?.()
    await tx.done
  })
  return ok
}

/** @param {string[]} ops */
export async function dropActs(ops) {
  const { ok } = await writeTo("acts", (store) => {
    for (const op of ops) store.delete(op)
  })
  return ok
}

/**
 * The boxes of a person in which something waits, with how many: Map.
 * @param {string} person
 * @returns {Promise<Map<string, number>>}
 */
export async function boxesOf(person) {
  const mine = IDBRangeOf(`${person}/`, `${person}0`)
  const { value } = await onDevice((db) => db.getAllFromIndex("acts", "box", mine()))
  const found = new Map()
  for (const { box } of value ?? []) found.set(box, (found.get(box) ?? 0) + 1)
  return found
}

/** "0" is what comes after "/". @returns {() => IDBKeyRange} */
const IDBRangeOf = (from, to) => () => IDBKeyRange.bound(from, to)

/** A person's acts are forgotten, whatever becomes of them. @param {string} person */
export async function dropBoxesOf(person) {
  const boxes = await boxesOf(person)
  for (const box of boxes.keys()) await dropActs(((await actsIn(box)) ?? []).map(({ op }) => op))
}

const refused = new Map()

/**
 * `work()` while no other tab of this browser does the same: by a lock, or (plain HTTP) a row with an end. Resolves
 * with undefined where another is at it. A tab that sleeps on its lock is not waited for, since the server takes
 * everything once.
 * @param {string} name
 * @param {() => Promise<any>} work
 */
export async function alone(name, work) {
  const { locks } = navigator
  if (!locks) return leased(name, work)
  const tries = refused.get(name) ?? 0
  const how = tries < PATIENCE ? { ifAvailable: true } : { steal: true }
  return locks
    .request(`meetingroom/${name}`, how, async (lock) => {
      if (!lock) {
        refused.set(name, tries + 1)
        return undefined
      }
      refused.delete(name)
      return work()
    })
    .catch(() => undefined) // stolen by another
}

async function leased(name, work) {
  const { ok, value } = await onDevice(async (db) => {
    const tx = db.transaction("leases", "readwrite")
    const held = await tx.store.get(name)
    const free = !held || held.tab === TAB || !(held.until > Date.now() && held.until < Date.now() + 2 * LEASE)
    if (free) tx.store.put({ name, tab: TAB, until: Date.now() + LEASE })
    await tx.done
    return free
  })
  // Without a database there is nothing that two tabs would share.
  if (ok && !value) return undefined
  try {
    return await work()
  } finally {
    if (ok) await writeTo("leases", (store) => store.delete(name))
  }
}
