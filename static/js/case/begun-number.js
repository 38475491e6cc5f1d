/** Digits that were pressed over a map as levels, and may have begun a number of the file. Pure. */

const SOON = 3000 // ms within which another digit makes a number of those before it
const QUICK = 900 // ms from one to the next of three: nobody opens levels that fast

export class BegunNumber {
  #keys = ""
  #at = Number.NEGATIVE_INFINITY
  #isQuick = true

  /** @param {string} key @param {number} at in ms */
  level(key, at) {
    this.#keys = this.before(at) + key
    this.#isQuick = this.#keys.length < 2 || (this.#isQuick && at - this.#at < QUICK)
    this.#at = at
  }

  /** What stands before a digit that is pressed at this moment. @param {number} at */
  before(at) {
    return at - this.#at < SOON ? this.#keys : ""
  }

  /** 121 and 133 have digits of levels only: the third of them, as fast as one types, makes a number. @param {number} at */
  isNumber(at) {
    return this.before(at).length > 1 && this.#isQuick && at - this.#at < QUICK
  }

  end() {
    this.#keys = ""
  }
}
