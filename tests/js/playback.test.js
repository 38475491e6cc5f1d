/** How the time of a meeting goes when it is seen again. */

import assert from "node:assert/strict"
import test from "node:test"

import { countUpTo, markAfter, markBefore, Playback } from "../../static/js/meeting/playback.js"

const SECOND = 1000
const MINUTE = 60 * SECOND

function playing(how) {
  const playback = new Playback({ from: 0, until: 60 * MINUTE, stops: [], leaps: false, ...how })
  playback.play()
  return playback
}

test("the meeting goes as fast as one wishes, from 1 to 60 times", () => {
  for (const [wished, speed] of [
    [1, 1],
    [7, 7],
    [60, 60],
    [61, 60],
    [0, 1],
    [-3, 1],
    [Number.NaN, 1],
  ]) {
    const playback = playing({ speed: wished })
    playback.pass(2 * SECOND)
    assert.equal(playback.at, speed * 2 * SECOND, `${wished}`)
  }
})

test("nothing moves while it is paused; at the end it pauses by itself, and plays from the beginning", () => {
  const playback = playing({ speed: 60 })
  playback.pause()
  playback.pass(SECOND)
  assert.equal(playback.at, 0)
  playback.play()
  playback.pass(61 * SECOND)
  assert.equal(playback.at, 60 * MINUTE)
  assert.equal(playback.playing, false)
  playback.play()
  assert.equal(playback.at, 0)
})

test("long silence is left out, once what happened last has been looked at", () => {
  const playback = playing({ stops: [MINUTE, 20 * MINUTE], speed: 10, leaps: true })
  playback.seek(MINUTE)
  assert.equal(playback.pass(4 * SECOND), 0)
  const left = playback.pass(SECOND)
  assert.equal(playback.at, 20 * MINUTE - 10 * SECOND)
  assert.equal(left, 19 * MINUTE - 60 * SECOND)
  assert.equal(playback.pass(SECOND), 0)
  assert.equal(playback.at, 20 * MINUTE)
})

test("a short pause, and the time after the last change, are seen whole", () => {
  const playback = playing({ stops: [MINUTE, MINUTE + 20 * SECOND], speed: 1, leaps: true })
  playback.seek(MINUTE)
  for (let n = 0; n < 15; n++) assert.equal(playback.pass(SECOND), 0)
  playback.seek(2 * MINUTE)
  assert.equal(playback.pass(10 * SECOND), 0)
})

test("a moment outside the meeting is its beginning or its end", () => {
  const playback = playing({})
  playback.seek(-5)
  assert.equal(playback.at, 0)
  playback.seek(Infinity)
  assert.equal(playback.at, 0)
  playback.seek(1e15)
  assert.equal(playback.at, 60 * MINUTE)
  assert.equal(new Playback({ from: 5, until: 1, stops: [] }).until, 5)
})

test("marks are found before and after a moment; shortly after one, back is the one before it", () => {
  const marks = [10, 20, 20, 40].map((at) => ({ at }))
  assert.equal(markAfter(marks, 20).at, 40)
  assert.equal(markAfter(marks, 40), undefined)
  assert.equal(markBefore(marks, 40).at, 20)
  assert.equal(markBefore(marks, 42, 5).at, 20)
  assert.equal(markBefore(marks, 10), undefined)
  assert.deepEqual(
    [5, 10, 25, 99].map((at) => countUpTo([10, 20, 20, 40], at)),
    [0, 1, 3, 4],
  )
})
