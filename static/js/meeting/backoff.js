/** How long to wait before trying again: soon at first, never long, never all tablets at once. */

const FIRST = 300
const LONGEST = 2500

/**
 * Milliseconds before attempt number `n` (0, 1, 2 …); at most 2.5 s, so that 3 s holds with the connecting itself.
 * @param {number} n
 */
export function pause(n, chance = Math.random()) {
  const whole = Math.min(LONGEST, FIRST * 1.7 ** n)
  return Math.round(whole * (0.6 + 0.4 * chance))
}

/**
 * Wait, or less if the signal comes first. Never rejects.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function wait(milliseconds, signal) {
  return new Promise((done) => {
    const stop = () => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", stop) // it may live as long as the page, and be waited under again and again
      done()
    }
    const timer = setTimeout(stop, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener("abort", stop)
  })
}
