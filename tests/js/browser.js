/** What the pure modules know of a browser, for `node --test`: the page's words, its language and a place to keep things. */

import { webcrypto } from "node:crypto"

/** Something like localStorage; `full` refuses to keep anything, as private browsing may. */
export class Store {
  kept = new Map()
  full = false

  getItem(key) {
    return this.kept.get(key) ?? null
  }

  setItem(key, value) {
    if (this.full) throw new Error("QuotaExceededError")
    this.kept.set(key, String(value))
  }

  removeItem(key) {
    this.kept.delete(key)
  }
}

/** The page's words: what is not among them is spoken as it stands in the code, in English. */
export function speak(lang, words = {}) {
  document.documentElement.lang = lang
  Object.assign(window, { words })
}

const kept = { document: { documentElement: { lang: "en" } }, localStorage: new Store(), sessionStorage: new Store() }
Object.assign(globalThis, { window: { ...kept }, ...kept })
// Node 18 has it, but not as a global.
if (!globalThis.crypto) Object.assign(globalThis, { crypto: webcrypto })
