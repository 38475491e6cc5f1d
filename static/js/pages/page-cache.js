/** A paper fetched ahead: what comes in bundles is held in memory, the rest is left with the browser's cache. */

import { isListed } from "../lib/fetched.js"
import { wait } from "../meeting/backoff.js"
import { AHEAD, BUNDLE, bundleUrl, FULL, pageUrl, picture } from "./page-files.js"

// Compressed; a paper that is larger goes into the browser's cache.
const HELD = 48e6
const PATIENCE = 400
// Only what the browser has kept; nobody is asked.
/** @type {RequestInit} */
const HERE = { cache: "only-if-cached", mode: "same-origin" }

/** One paper at a time. `busy()` says whether the line is needed for a page that somebody waits for. */
export class PageCache {
  #busy
  #paper = undefined
  #held = new Map()
  #heldBytes = 0

  constructor(busy) {
    this.#busy = busy
  }

  /** The whole paper, from this page on, when there is nothing better to do; the paper before is let go. */
  fill(document, page, pages) {
    if (this.#paper?.document === document) return
    this.empty()
    this.#fill(document, page, pages)
  }

  /** Stop fetching and let everything go. */
  empty() {
    this.#paper?.stop.abort()
    this.#paper = undefined
    this.#held.clear()
    this.#heldBytes = 0
  }

  /**
   * The file of a page if it is held, as soon as it is known what the device check has left here; a browser that does
   * not say so keeps nobody waiting for the page.
   */
  async page(url) {
    await Promise.race([this.#paper?.preloaded, wait(PATIENCE)])
    return this.#held.get(url)
  }

  async #fill(document, page, pages) {
    const stop = new AbortController()
    const bundles = near(Math.ceil(pages / BUNDLE), Math.floor((page - 1) / BUNDLE))
    this.#paper = { document, stop, preloaded: this.#takeKept(document, bundles, stop.signal) }
    await this.#paper.preloaded
    if (!plentiful()) return
    // Not all tablets of the hall at once.
    await wait(2000 + Math.random() * 4000, stop.signal)
    for (const n of bundles) {
      await this.#quiet(stop.signal)
      if (stop.signal.aborted || !(await this.#take(document, n, stop.signal))) break
    }
    for (const n of near(pages, page - 1).map((each) => each + 1)) {
      if (this.#held.has(pageUrl(document, n, FULL))) continue
      await this.#quiet(stop.signal)
      if (stop.signal.aborted) return
      const keep = await into(pageUrl(document, n, FULL), stop.signal)
      if (!keep) return
    }
  }

  /** What the device check has fetched is here already, also when there is no line now. Takes it off the list. */
  async #takeKept(document, bundles, signal) {
    const taken = async (bundle) =>
      (await isListed(bundleUrl(document, bundle))) && this.#take(document, bundle, signal, HERE)
    while (bundles.length && (await taken(bundles[0]))) bundles.shift()
  }

  async #quiet(signal) {
    await idle(signal)
    while (!signal.aborted && this.#busy()) await wait(300, signal)
  }

  /**
   * A bundle of pages; false if it cannot be had. The pages are views of what arrived, nothing is copied.
   * @param {string} document
   * @param {number} n
   * @param {AbortSignal} signal
   * @param {RequestInit} how
   */
  async #take(document, n, signal, how = { priority: "low" }) {
    if (this.#heldBytes > HELD) return false
    const whole = await picture(bundleUrl(document, n), signal, how)
    if (!whole || signal.aborted) return false
    const head = (await whole.slice(0, 4096).text()).split("\n", 1)[0]
    const lengths = contents(parsed(head), whole.size - head.length - 1)
    if (!lengths || signal.aborted) return false
    let at = head.length + 1
    for (const [page, length] of lengths) {
      this.#held.set(pageUrl(document, page, FULL), whole.slice(at, at + length, "image/webp"))
      at += length
    }
    this.#heldBytes += whole.size
    return true
  }
}

/** The numbers below `count`, what comes next before what has been. */
const near = (count, here) => [...Array(count).keys()].sort((a, b) => nearness(a, here) - nearness(b, here))

const nearness = (n, here) => (n >= here ? n - here : (here - n) * 2 + 1)

/** The list [[page, length], …] at the head of a bundle, if exactly that much follows: half a bundle is none. */
function contents(list, size) {
  const right = Array.isArray(list) && list.every((one) => Array.isArray(one) && one.every(Number.isInteger))
  return right && list.reduce((sum, [, length]) => sum + length, 0) === size ? list : undefined
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Read a file so that the browser keeps it; false if it will not be kept (restricted papers) or the line is bad. */
async function into(url, signal) {
  const outcome = {}
  return Boolean(await picture(url, signal, { priority: "low", ...AHEAD }, outcome)) && outcome.kept
}

function plentiful() {
  const line = navigator.connection
  return !line || (!line.saveData && line.type !== "cellular")
}

function idle(signal) {
  const ask = window.requestIdleCallback || ((done) => setTimeout(done, 50))
  return signal.aborted ? Promise.resolve() : new Promise((done) => ask(done, { timeout: 2000 }))
}
