/** How much of what waits goes in one request. Pure. */

const AT_ONCE = 200
const LETTERS = 200_000

/** As many of the first ones as one request takes. @param {any[]} acts @param {number} [letters] */
export function portion(acts, letters = LETTERS) {
  const found = []
  let taken = 0
  for (const act of acts.slice(0, AT_ONCE)) {
    taken += JSON.stringify(act).length
    if (found.length && taken > letters) break
    found.push(act)
  }
  return found
}
