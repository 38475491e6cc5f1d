/**
 * Pages to which one is about to be led (next-pages.js): fetched while the node is looked at that leads to them, so that
 * they stand there at once. Who may have them before they are shown, the server says.
 */

import { wait } from "../meeting/backoff.js"
import { MOST } from "./next-pages.js"
import { keepReady, makeReady } from "./page-pictures.js"
import { nameOf } from "./places.js"

/** ms: whoever steps on fetches nothing; and not all tablets ask at once. */
const REST = 300
const SPREAD = 400

/** How many pages the line may carry that nobody may look at. */
function lineTakes() {
  const line = /** @type {any} */ (navigator).connection
  if (line?.saveData) return 0
  const isWeak = line?.type === "cellular" || (line?.effectiveType && line.effectiveType !== "4g")
  return isWeak ? 1 : MOST
}

/** Fetches them, one after the other; what is not wanted any more is let go. */
export class PagesAhead {
  #wanted = ""
  #level = ""
  #stop = new AbortController()

  /** @param {{ document: string, page: number }[]} pages @param {string} level at which the case is released */
  want(pages, level = "") {
    const wanted = pages.map(nameOf).join(" ")
    if (wanted === this.#wanted && level === this.#level) return
    // What was released at another level may not be theirs any more.
    keepReady(level === this.#level ? pages : [])
    this.#wanted = wanted
    this.#level = level
    this.#stop.abort()
    this.#stop = new AbortController()
    if (pages.length) this.#fetch(pages, this.#stop.signal)
  }

  async #fetch(pages, signal) {
    await wait(REST + Math.random() * SPREAD, signal)
    for (const page of pages.slice(0, lineTakes())) {
      if (signal.aborted || document.hidden) return
      await makeReady(page)
    }
  }
}
