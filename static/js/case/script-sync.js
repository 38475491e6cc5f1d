/** A presentation script at the server, followed: as a map is (map-sync.js), and read anew after each change. */

import { ask, BRIEF } from "../lib/ask.js"
import { MapSync } from "./map-sync.js"

export class ScriptSync extends MapSync {
  /** @type {any[]} */
  steps = []

  async read() {
    const answer = await ask(this.address)
    if (answer.ok) this.#take(answer.body)
    return answer
  }

  async catchUp() {
    // Pages that are being drawn change no revision.
    const waiting = this.steps.some(({ about }) => about.state === "waiting")
    const answer = await ask(waiting ? this.address : `${this.address}?since=${this.map.rev}`, { patience: BRIEF })
    this.calm = answer.ok && answer.body.rev > this.map.rev ? 0 : this.calm + 1
    if (answer.ok && answer.body.steps) this.#take(answer.body)
    else if (answer.status === 404) this.heard("gone")
  }

  async took() {
    await this.read()
  }

  #take({ steps, ...about }) {
    this.map = { rev: about.rev }
    this.about = about
    this.steps = steps
    this.heard("map")
  }
}
