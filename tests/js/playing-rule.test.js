import assert from "node:assert/strict"
import { test } from "node:test"
import { speak } from "./browser.js"
import { durationOf, exactOf, rateOf, secondsOf } from "../../static/js/case/media-time.js"
import { correct, FRESH, hasEnded, learnt, REST, targetOf } from "../../static/js/case/playing-rule.js"
import { countsOf, playsNowhere } from "../../static/js/case/ready-screens.js"

const media = { position: 10, at: 5000, rate: 1, playing: true, seconds: 90 }

test("every screen is where the clock says, also who comes late or reloads", () => {
  const at = (now, more = {}) => targetOf({ ...media, ...more }, now)
  assert.deepEqual(at(4700), { position: 10, runs: true, waits: true })
  assert.deepEqual(at(6500), { position: 11.5, runs: true, waits: false })
  assert.equal(at(6500, { rate: 2 }).position, 13)
  assert.deepEqual(at(200_000), { position: 90, runs: false, waits: false })
  assert.deepEqual(at(9000, { clip: [5, 12] }), { position: 12, runs: false, waits: false })
  assert.deepEqual(at(9000, { playing: undefined }), { position: 10, runs: false, waits: false })
  assert.equal(hasEnded(media, 200_000), true)
  assert.equal(hasEnded({ ...media, playing: false }, 200_000), false)
})

const seen = (drift, more = {}) => ({
  drift,
  target: 20,
  rate: 1,
  now: 10_000,
  muted: true,
  nudges: true,
  seeking: false,
  readyState: 4,
  ...more,
})

test("a little drift is nothing, more is run down by the rate, until it is close, then exactly the rate again", () => {
  assert.equal(correct(FRESH, seen(0.07)).rate, 1)
  const behind = correct(FRESH, seen(-0.2))
  assert.equal(behind.rate, 1.05)
  assert.equal(correct(behind.memory, seen(-0.06)).rate, 1.05)
  const there = correct(behind.memory, seen(-0.03))
  assert.equal(there.rate, 1)
  assert.equal(correct(there.memory, seen(-0.06)).rate, 1)
  assert.equal(correct(FRESH, seen(0.2)).rate, 0.95)
  assert.equal(correct(FRESH, seen(0.2, { rate: 1.5 })).rate, 1.5 * 0.95)
})

test("far away it seeks once, ahead by what its own seeks take, and rests", () => {
  const { memory, seek, rate } = correct(learnt(FRESH, 0.55), seen(-2, { rate: 2 }))
  assert.equal(seek, 20.8)
  assert.equal(rate, 2)
  assert.equal(correct(memory, seen(-2, { now: 10_000 + REST - 1 })).seek, undefined)
  assert.notEqual(correct(memory, seen(-2, { now: 10_000 + REST })).seek, undefined)
  assert.ok(learnt(FRESH, 60).seekTime <= 1.5)
})

test("its own seek and a line that is slow are no drift", () => {
  for (const more of [{ seeking: true }, { readyState: 2 }]) {
    const found = correct({ ...FRESH, nudging: true }, seen(-3, more))
    assert.deepEqual([found.rate, found.seek, found.memory.nudging], [1, undefined, false])
  }
})

test("nobody hears a change of rate, and Safari is spared it", () => {
  for (const more of [{ muted: false }, { nudges: false }]) {
    assert.equal(correct(FRESH, seen(-0.3, more)).rate, 1)
    assert.notEqual(correct(FRESH, seen(-0.6, more)).seek, undefined)
  }
})

test("whatever drift it begins with, a screen comes back and stays", () => {
  for (const start of [-5, -0.6, -0.4, -0.09, 0.3, 0.49, 3]) {
    let [memory, drift, seeks] = [FRESH, start, 0]
    for (let now = 0; now < 20_000; now += 200) {
      const next = correct(memory, seen(drift, { now }))
      memory = next.memory
      if (next.seek !== undefined) {
        seeks++
        drift = 0.12 // its seek took a little less than was thought
      } else drift += 0.2 * (next.rate - 1)
    }
    assert.ok(Math.abs(drift) < 0.08, `${start} → ${drift}`)
    assert.ok(seeks <= 1)
  }
})

test("whoever presents reads how many screens have it, and that no big one can play it", () => {
  const wall = (state, more = {}) => ({ name: "Tường", state, ...more })
  const counts = (...projectors) => countsOf({ key: "media:v1", screens: 3, on_page: 2, projectors }, "media:v1")
  const both = counts(wall("shown", { silent: true }), wall("loading"), wall("lost"), wall("other"))
  assert.deepEqual(both, { shown: 3, all: 5, big: { shown: 1, all: 2 }, silent: ["Tường"] })
  assert.equal(countsOf({ key: "media:v2", projectors: [] }, "media:v1"), undefined)
  assert.equal(countsOf({ key: "media:v1", sites: {} }, "media:v1"), undefined) // as a technician hears it
  assert.equal(countsOf(undefined, undefined), undefined)
  const film = { kind: "video" }
  assert.equal(playsNowhere(both, film), false)
  assert.equal(playsNowhere(counts(wall("loading")), film), true)
  assert.equal(playsNowhere(counts(), film), true)
  assert.equal(playsNowhere(counts(), { ...film, everywhere: true }), false)
  assert.equal(playsNowhere(counts(), { kind: "photo" }), false)
  assert.equal(playsNowhere(undefined, film), false)
})

test("a moment of a recording is told as a clock has it", () => {
  assert.deepEqual([0, 65.9, 3725].map(durationOf), ["00:00", "01:05", "1:02:05"])
  assert.deepEqual(["90", "1:30", "1:02:03,5", "x", "1:2:3:4", ""].map(secondsOf), [90, 90, 3723.5, NaN, NaN, NaN])
  assert.deepEqual([60, 123.44, 59.96].map(exactOf), ["01:00", "02:03.4", "01:00"])
  speak("vi")
  assert.deepEqual([exactOf(123.44), rateOf(0.5), rateOf(2)], ["02:03,4", "×0,5", "×2"])
  speak("en")
})
