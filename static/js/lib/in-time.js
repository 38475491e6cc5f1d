/** Waiting for what may never answer. */

export class TooLate extends Error {}

/**
 * What `answer` says, if it does within so many milliseconds; else a TooLate. It may still be done afterwards.
 * @template Value
 * @param {Promise<Value>} answer
 * @param {number} limit
 * @returns {Promise<Value>}
 */
export function inTime(answer, limit) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate("no answer came")), limit)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
