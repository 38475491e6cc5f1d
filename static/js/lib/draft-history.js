/** The last versions of a text as they stood on this device: a parachute. Without a database nobody is disturbed. */

import { inTime } from "./in-time.js"

const NAME = "meetingroom-drafts"
const STORE = "drafts"
export const MOST = 50
// A page that was left while it wrote keeps the others waiting for ever in WebKit.
const LIMIT = 3000

let opened

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true }).createIndex("key", "key")
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
    asked.onblocked = () => reject(new Error("the database is in use"))
  })
  return opened
}

/**
 * The latest first.
 * @param {string} key
 * @returns {Promise<{ n: number, html: string, at: number }[]>}
 */
export async function draftsOf(key) {
  const all = async () => {
    const store = (await database()).transaction(STORE).objectStore(STORE)
    return result(store.index("key").getAll(key))
  }
  try {
    return (await inTime(all(), LIMIT)).reverse()
  } catch {
    return []
  }
}

/** Keeps a version, unless it is the one before; the oldest of more than MOST go. */
export async function keepDraft(key, html, at) {
  try {
    const store = (await database()).transaction(STORE, "readwrite").objectStore(STORE)
    const all = await result(store.index("key").getAll(key))
    if (all[all.length - 1]?.html === html) return
    await result(store.add({ key, html, at }))
    for (const { n } of all.slice(0, Math.max(0, all.length + 1 - MOST))) store.delete(n)
  } catch {
    /* the other copies remain */
  }
}

/** @returns {Promise<any>} */
const result = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
