/** Whether what this screen looks at alone is still there: the stage of the meeting does not say so. */

import { ask } from "../lib/ask.js"
import { NOTHING } from "../lib/proof.js"
import { forgetPicture } from "./page-pictures.js"
import { ownPlace } from "./own-place.js"
import { isStillThere } from "./room-maps.js"

const AGAIN = 20_000 // ms after which it is asked again

/** Event `change`: something of it went, or is back. */
export class OwnThere extends EventTarget {
  #place
  /** @type {any[]} */
  #gone = []
  #why = ""

  /** @param {AbortSignal} signal */
  constructor(signal) {
    super()
    const again = setInterval(() => this.askAgain(), AGAIN)
    signal.addEventListener("abort", () => clearInterval(again))
    document.addEventListener("visibilitychange", () => this.askAgain(), { signal })
  }

  /** What is not there any more: pages, recordings, maps as `ownPlace.place` has them. */
  get gone() {
    return this.#place === ownPlace.place ? this.#gone : []
  }

  /** Asks at once when the meeting says that something was removed, or is released otherwise. */
  follow({ stage, exhibits = {} }) {
    const levels = Object.entries(exhibits).map(([case_, { level }]) => [case_, level])
    const why = JSON.stringify([stage.removed, levels])
    if (why === this.#why) return
    this.#why = why
    this.askAgain()
  }

  async askAgain() {
    const { place } = ownPlace
    if (!place || document.hidden) return
    const parts = place.pair ?? [place.page ?? place.media ?? place.map]
    const found = await Promise.all(parts.map(isThere))
    // Where nobody answers, what was known holds.
    const gone = parts.filter((part, n) => found[n] === false || (found[n] === undefined && this.gone.includes(part)))
    if (place !== ownPlace.place || same(gone, this.gone)) return
    this.#place = place
    this.#gone = gone
    for (const part of gone) if (!part.map) forgetPicture(part)
    this.dispatchEvent(new CustomEvent("change"))
  }
}

const same = (a, b) => a.length === b.length && a.every((each, n) => each === b[n])

/** undefined where nobody answered. */
async function isThere(part) {
  if (part.map) return isStillThere(part.case, part.map, part.version)
  const path = part.media
    ? `/api/cases/${encodeURIComponent(part.case)}/media/${encodeURIComponent(part.media)}/there`
    : `/api/documents/${encodeURIComponent(part.document)}/pages/${part.page}/there`
  const { ok, status } = await ask(path, { proof: NOTHING })
  return ok ? true : status === 404 ? false : undefined
}
