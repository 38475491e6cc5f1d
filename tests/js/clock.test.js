/** The server's time on a tablet whose clock is set, or which sleeps. */

import assert from "node:assert/strict"
import test from "node:test"

import { ServerClock, Since } from "../../static/js/meeting/clock.js"

/** What the clock says and how old the beginning is after each step of a story. */
function readings(t, story) {
  let [date, steady] = [5_000_000, 1000]
  t.mock.method(Date, "now", () => date)
  t.mock.method(performance, "now", () => steady)
  const [clock, since] = [new ServerClock(), new Since()]
  const found = story.map(([what, ...by]) => {
    if (what === "passes") {
      date += by[0]
      steady += by[0]
    }
    if (what === "set" || what === "sleeps") date += by[0]
    if (what === "syncs") {
      const asked = clock.mark()
      date += by[1]
      steady += by[1]
      clock.learn(asked, by[0])
    }
    return [clock.now(), since.age]
  })
  t.mock.restoreAll()
  return found
}

test("the server's time goes on while somebody sets the tablet's clock", (t) => {
  const story = [
    ["syncs", 900_000, 0],
    ["passes", 2000],
    ["set", -3_600_000],
    ["passes", 500],
    ["set", 7_200_000],
  ]
  assert.deepEqual(
    readings(t, story).map(([now]) => now),
    [900_000, 902_000, 902_000, 902_500, 902_500],
  )
})

test("a moment grows old with a clock that is set back and in a sleep", (t) => {
  const story = [
    ["passes", 4000],
    ["set", -3_600_000],
    ["passes", 6000],
  ]
  assert.deepEqual(
    readings(t, story).map(([, age]) => age),
    [4000, 4000, 10_000],
  )
  assert.equal(readings(t, [["sleeps", 60_000]])[0][1], 60_000)
})

test("the later word holds when the server's clock was set or the tablet slept", (t) => {
  const last = (story) => readings(t, story)[story.length - 1][0]
  assert.equal(
    last([
      ["syncs", 900_000, 10],
      ["passes", 1000],
      ["syncs", 5_900_000, 300],
    ]),
    5_900_150,
  )
  // Less sure, but no contradiction.
  assert.equal(
    last([
      ["syncs", 900_000, 10],
      ["passes", 1000],
      ["syncs", 901_100, 300],
    ]),
    901_305,
  )
})

test("an answer that took too long, or came before its question, teaches nothing", (t) => {
  assert.deepEqual(
    readings(t, [["syncs", 900_000, 10_001]]).map(([now]) => now),
    [5_010_001],
  )
  const clock = new ServerClock()
  clock.learn(100, 900_000, 50)
  assert.equal(clock.delay, undefined)
})
