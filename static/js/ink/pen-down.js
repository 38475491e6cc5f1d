/**
 * While a pen is down, nothing else is drawn: what is to be drawn waits until it is up, at most a second; then one thing
 * after the other, with room for the pen's next stroke between them.
 */

const LONGEST = 1000
const AFTER = 30
const SLICE = 8

let isDown = false
let passing = false
const waiting = []
let timer

export function penIs(down) {
  isDown = down
  if (down || !waiting.length) return
  clearTimeout(timer)
  // The end of the stroke itself is seen first.
  timer = setTimeout(run, AFTER)
}

/** True if `act` was put off: a pen is down. */
export function putOff(act) {
  if (!isDown || passing) return false
  waiting.push(act)
  timer ??= setTimeout(run, LONGEST)
  return true
}

function run() {
  timer = undefined
  const until = performance.now() + SLICE
  passing = true
  try {
    do waiting.shift()?.()
    while (waiting.length && performance.now() < until)
  } finally {
    passing = false
    if (waiting.length) timer = setTimeout(run)
  }
}
