/** What a countdown says. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { left, mood, shown, spent } from "../../static/js/lib/countdown.js"

const SPEECH = { started_at: 1000, seconds: 60 }

for (const [speech, now, ...said] of /** @type {[any, number, ...string[]][]} */ ([
  [SPEECH, 1000, "01:00", "running"],
  [SPEECH, 1500, "01:00", "running"], // a second that has begun still counts
  [SPEECH, 31000, "00:30", "last"],
  [SPEECH, 60001, "00:01", "last"],
  [SPEECH, 61000, "00:00", "over"],
  [SPEECH, 68000, "-00:07", "over"],
  [{ ...SPEECH, paused_at: 11000 }, 99000, "00:50", "paused"],
  [{ ...SPEECH, paused_at: 71000 }, 99000, "-00:10", "over"],
  [{ ...SPEECH, paused_ms: 20000 }, 31000, "00:50", "running"],
  [{ started_at: 1000 }, 66000, "01:05", "free"],
  [{ started_at: 1000 }, 900, "00:00", "free"],
])) {
  test(`${JSON.stringify(speech)} at ${now}: ${said}`, () => {
    const rest = left(speech, now)
    assert.deepEqual([rest === undefined ? shown(spent(speech, now)) : shown(rest), mood(speech, now)], said)
  })
}
