/** The server's time on a tablet whose own clock may be an hour off. */

const KEPT = 8

export class ServerClock {
  #samples = []
  #offset = 0

  /** The server said `now` in answer to a question asked at `asked` (this machine's time, ms). */
  learn(asked, now, heard = Date.now()) {
    const took = heard - asked
    if (took < 0 || took > 10000) return
    this.#samples.push({ took, offset: now - (asked + heard) / 2 })
    if (this.#samples.length > KEPT) this.#samples.shift()
    // The quickest answer says most about the clocks and least about the line.
    this.#offset = this.#samples.reduce((a, b) => (b.took <= a.took ? b : a)).offset
  }

  /** After a sleep or a change of the tablet's clock nothing learnt before counts. */
  forget() {
    this.#samples = []
  }

  /** How long the last word took there and back, ms; nothing while none has been exchanged. */
  get delay() {
    return this.#samples.length ? this.#samples[this.#samples.length - 1].took : undefined
  }

  now() {
    return Date.now() + this.#offset
  }
}
