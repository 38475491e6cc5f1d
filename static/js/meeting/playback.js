/** The time of a meeting that is seen again: how fast it goes, and over which silence it leaps. Milliseconds; pure. */

export const SLOWEST = 1
export const FASTEST = 60

const SILENCE = 30000 // of the meeting's time
const STAY = 5000 // of the reader's: what has just changed is looked at
const LEAD = 1000 // of the reader's, before the next change

/** `stops` are the moments at which something changes, in order; `at` is where we are. */
export class Playback {
  playing = false

  /** @param {{ from: number, until: number, stops: number[], at?: number, speed?: number, leaps?: boolean }} how */
  constructor({ from, until, stops, at = from, speed = 1, leaps = true }) {
    this.from = from
    this.until = Math.max(from, until)
    this.stops = stops
    this.leaps = leaps
    this.at = this.#within(at)
    this.speed = 1
    this.hasten(speed)
  }

  /** 1 to 60 times as fast as it was; what is no number leaves it as it is. */
  hasten(speed) {
    if (Number.isFinite(speed)) this.speed = Math.min(FASTEST, Math.max(SLOWEST, Math.round(speed)))
  }

  /** From the end on, it begins anew. */
  play() {
    if (this.at >= this.until) this.at = this.from
    this.playing = true
  }

  pause() {
    this.playing = false
  }

  seek(at) {
    this.at = this.#within(at)
  }

  /** So much of the reader's time goes by; returns how much silence was left out. */
  pass(passed) {
    if (!this.playing) return 0
    this.seek(this.at + passed * this.speed)
    if (this.at >= this.until) this.pause()
    return this.leaps ? this.#leap() : 0
  }

  /** How many of the stops are behind us. */
  get behind() {
    return countUpTo(this.stops, this.at)
  }

  #leap() {
    const n = this.behind
    if (n >= this.stops.length) return 0
    const last = n ? this.stops[n - 1] : this.from
    const lead = this.stops[n] - LEAD * this.speed
    const silent = this.stops[n] - last >= SILENCE && this.at >= last + STAY * this.speed
    if (!silent || lead <= this.at) return 0
    const left = lead - this.at
    this.at = lead
    return left
  }

  #within(at) {
    return Math.min(this.until, Math.max(this.from, Number.isFinite(at) ? at : this.from))
  }
}

/** How many of the numbers, which are in order, are not above `limit`. */
export function countUpTo(numbers, limit) {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle] <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** The mark before or after a moment; just after a mark, `before` is the one before it: pressed twice, it goes on. */
export function markBefore(marks, at, grace = 0) {
  return marks.filter((mark) => mark.at < at - grace).pop()
}
export const markAfter = (marks, at) => marks.find((mark) => mark.at > at)
