/** Digits that were pressed over a map as levels, and may have begun a number of the file. Pure. */

const SOON = 3000 // ms within which another digit makes a number of those before it

export class BegunNumber {
  #keys = ""
  #at = Number.NEGATIVE_INFINITY

  /** @param {string} key @param {number} at in ms */
  level(key, at) {
    this.#keys = this.before(at) + key
    this.#at = at
  }

  /** What stands before a digit that is pressed at this moment. @param {number} at */
  before(at) {
    return at - this.#at < SOON ? this.#keys : ""
  }

  end() {
    this.#keys = ""
  }
}
