/**
 * A big screen before its meeting: when somebody who presents a case tries its script here, the screen goes through the
 * steps by itself and tells of each what is on its glass.
 */

import { ask } from "../../lib/ask.js"
import { pause, wait } from "../../meeting/backoff.js"
import { paintStep, trialPlace } from "./script-try.js"

export class ScriptTrial {
  #path
  #stop = new AbortController()

  constructor(meeting) {
    this.#path = `/api/meetings/${encodeURIComponent(meeting.id)}/trial`
    meeting.addEventListener("trial", () => this.#begin())
    // A meeting that begins has its screens at once.
    meeting.watch(["meeting"], ({ meeting: about }) => {
      if (about.status === "live") this.#stop.abort()
    })
    this.#begin() // reloaded in the middle of it
  }

  async #begin() {
    this.#stop.abort()
    this.#stop = new AbortController()
    const { signal } = this.#stop
    let now = await this.#next(signal)
    if (!now) return
    const place = trialPlace()
    signal.addEventListener("abort", () => place.remove())
    while (now) {
      const { trial, step, n, of, case: case_ } = now
      const why = await paintStep(place, step, { where: `${n}/${of}`, case: case_, signal })
      const glass = `${window.innerWidth}×${window.innerHeight}`
      now = await this.#next(signal, { trial, step: step.id, why, glass })
    }
    place.remove()
  }

  /** What comes next, when what is on the glass was told; also over a line that was lost. @param {any} [said] */
  async #next(signal, said) {
    for (let n = 0; !signal.aborted; n++) {
      const { ok, status, body } = await ask(this.#path, said && { method: "POST", json: said })
      if (status) return ok && body.trial && !signal.aborted ? body : undefined
      await wait(pause(n), signal)
    }
    return undefined
  }
}
