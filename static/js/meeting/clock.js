/** Time on a tablet whose own clock may be an hour off, and may be set at any moment. */

const KEPT = 8
const ROUNDING = 20

/** The moment in which it was made. Its age goes on whatever is done to the tablet's clock, and while it sleeps. */
export class Since {
  // The first stands still in a sleep on some systems; the second goes where somebody sets it.
  #steady = performance.now()
  #date = Date.now()

  /** ms */
  get age() {
    return Math.max(performance.now() - this.#steady, Date.now() - this.#date)
  }
}

/** The server's time: what it said last, and what has passed since by a clock that nobody sets. */
export class ServerClock {
  /** @type {{ took: number, offset: number }[]} */
  #samples = []
  /** @type {number | undefined} */
  #offset

  /** When something is asked: for `learn`. */
  mark() {
    return performance.now()
  }

  /**
   * The server said `now` (ms since the epoch) in answer to a question asked at `asked` (see `mark`).
   * @param {number} asked
   * @param {number} now
   */
  learn(asked, now, heard = performance.now()) {
    const took = heard - asked
    if (!(took >= 0 && took <= 10000)) return
    const sample = { took, offset: now - (asked + heard) / 2 }
    // Two words that cannot both be true: the server's clock was set, or this tablet slept. The later one holds.
    if (this.#samples.some((kept) => Math.abs(kept.offset - sample.offset) > (kept.took + took) / 2 + ROUNDING))
      this.forget()
    this.#samples.push(sample)
    if (this.#samples.length > KEPT) this.#samples.shift()
    // The quickest answer says most about the clocks and least about the line.
    this.#offset = this.#samples.reduce((a, b) => (b.took <= a.took ? b : a)).offset
  }

  /** After a sleep nothing learnt before counts. */
  forget() {
    this.#samples = []
  }

  /** How long the last word took there and back, ms; nothing while none has been exchanged. */
  get delay() {
    return this.#samples.length ? this.#samples[this.#samples.length - 1].took : undefined
  }

  now() {
    return this.#offset === undefined ? Date.now() : performance.now() + this.#offset
  }
}
