/**
 * A big screen before its meeting: when somebody who presents a case tries its script here, the screen goes through the
 * steps by itself and tells of each what is on its glass.
 */

import { ask } from "../../lib/ask.js"
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
    let { ok, body } = await ask(this.#path)
    if (!ok || !body.trial || signal.aborted) return
    const place = trialPlace()
    signal.addEventListener("abort", () => place.remove())
    while (ok && body.trial && !signal.aborted) {
      const { trial, step, n, of, case: case_ } = body
      const why = await paintStep(place, step, { where: `${n}/${of}`, case: case_, signal })
      if (signal.aborted) break
      const glass = `${window.innerWidth}×${window.innerHeight}`
      ;({ ok, body } = await ask(this.#path, { method: "POST", json: { trial, step: step.id, why, glass } }))
    }
    place.remove()
  }
}
