/** After a restart a thousand tablets come back soon, and not all at the same moment. */

import assert from "node:assert/strict"
import test from "node:test"

import { pause, wait } from "../../static/js/meeting/backoff.js"

test("tablets come back soon and spread over the time", () => {
  for (let attempt = 0; attempt < 12; attempt++) {
    const pauses = Array.from({ length: 1000 }, () => pause(attempt))
    const [least, most] = [Math.min(...pauses), Math.max(...pauses)]
    assert(least > 0)
    assert(most <= 2500)
    // Spread over at least a third of the longest: in no tenth of that time come more than a quarter of them.
    assert(most - least > most / 3)
    const width = (most - least) / 10
    const crowds = Array.from({ length: 10 }, (_, n) =>
      pauses.filter((p) => n <= (p - least) / width && (p - least) / width < n + 1),
    )
    assert(Math.max(...crowds.map((crowd) => crowd.length)) < 250)
  }
})

test("each pause is longer than the one before, up to the longest", () => {
  const pauses = [0, 1, 2, 3, 4, 5].map((n) => pause(n, 1))
  assert.deepEqual(pauses, [300, 510, 867, 1474, 2500, 2500])
  assert.equal(pause(0, 0), 180)
})

test("a signal ends the waiting, also one that has come already", { timeout: 5000 }, async () => {
  const soon = new AbortController()
  const waiting = wait(60_000, soon.signal)
  soon.abort()
  await waiting
  await wait(60_000, soon.signal)
  await wait(1)
})
