/**
 * Pages, photos and recordings to which one is about to be led (next-pages.js): fetched while the node is looked at that
 * leads to them, so that they stand there at once. Who may have them before they are shown, the server says.
 */

import { wait } from "../meeting/backoff.js"
import { keepMediaReady, makeMediaReady } from "./media-ahead.js"
import { MOST, nameOfPlace } from "./next-pages.js"
import { keepReady, makeReady } from "./page-pictures.js"

/** ms: whoever steps on fetches nothing; and not all tablets ask at once. */
const REST = 300
const SPREAD = 400

/** How many places the line may carry that nobody may look at. */
function lineTakes() {
  const line = /** @type {any} */ (navigator).connection
  if (line?.saveData) return 0
  const isWeak = line?.type === "cellular" || (line?.effectiveType && line.effectiveType !== "4g")
  return isWeak ? 1 : MOST
}

const isRecording = (place) => Boolean(place.media) && place.kind !== "photo"

/** Fetches them, one after the other; what is not wanted any more is let go. */
export class PlacesAhead {
  #wanted = ""
  #level = ""
  #stop = new AbortController()

  /**
   * `level`: at which the case is released; `plays`: recordings run on this screen.
   * @param {any[]} all @param {{ level?: string, plays?: boolean }} how
   */
  want(all, { level = "", plays = false } = {}) {
    // Of recordings and photos nothing goes out that is not released; of pages the server alone has one drawn.
    const places = all.filter(({ media }) => !media || level !== "shown")
    const wanted = `${places.map(nameOfPlace).join(" ")} ${plays}`
    if (wanted === this.#wanted && level === this.#level) return
    // What was released at another level may not be theirs any more.
    const kept = level === this.#level ? places : []
    keepReady(kept.filter((place) => !isRecording(place)))
    keepMediaReady(kept.filter(isRecording), plays)
    this.#wanted = wanted
    this.#level = level
    this.#stop.abort()
    this.#stop = new AbortController()
    if (places.length) this.#fetch(places, plays, this.#stop.signal)
  }

  async #fetch(places, plays, signal) {
    await wait(REST + Math.random() * SPREAD, signal)
    const most = lineTakes()
    let heads = most < MOST ? 0 : 1
    for (const place of places.slice(0, most)) {
      if (signal.aborted || document.hidden) return
      if (!isRecording(place)) await makeReady(place)
      else if (!plays || heads-- > 0) await Promise.race([makeMediaReady(place, plays), aborted(signal)])
    }
  }
}

const aborted = (signal) => new Promise((done) => signal.addEventListener("abort", done, { once: true }))
