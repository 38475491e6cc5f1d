/** While a pen is down, nothing else is drawn: what is to be drawn waits until it is up, at most a second. */

const LONGEST = 1000

let since = 0
let waiting = []
let timer

export function penIs(down) {
  if (down) {
    since = performance.now()
    return
  }
  since = 0
  run()
}

/** True if `act` was put off: a pen is down. */
export function putOff(act) {
  if (!since) return false
  waiting.push(act)
  timer ??= setTimeout(run, Math.max(0, since + LONGEST - performance.now()) || LONGEST)
  return true
}

function run() {
  clearTimeout(timer)
  timer = undefined
  const acts = waiting
  waiting = []
  const was = since
  since = 0
  for (const act of acts) act()
  since = was && performance.now()
}
