/** Time left, drawn from the server's clock: nothing ticks over the network. Milliseconds; pure. */

/** @typedef {{ started_at: number, paused_at?: number, paused_ms?: number, seconds?: number }} Speech */

import { duration } from "./time.js"

/** From here on the speaker is warned. */
export const WARNING = 30000

/**
 * How long a speech has lasted, without its pauses.
 * @param {Speech} speech
 * @param {number} now
 */
export const spent = (speech, now) =>
  Math.max(0, (speech.paused_at || now) - speech.started_at - (speech.paused_ms || 0))

/**
 * What is left of it, negative once it runs over; undefined when it has no limit.
 * @param {Speech} speech
 * @param {number} now
 */
export const left = (speech, now) => (speech.seconds ? speech.seconds * 1000 - spent(speech, now) : undefined)

/**
 * "running", "last" (the warning), "over", "paused" or "free" (no limit).
 * @param {Speech} speech
 * @param {number} now
 */
export function mood(speech, now) {
  const rest = left(speech, now)
  if (speech.paused_at) return rest !== undefined && rest < 0 ? "over" : "paused"
  if (rest === undefined) return "free"
  return rest <= 0 ? "over" : rest <= WARNING ? "last" : "running"
}

/**
 * "04:59": a second that has begun counts while time is left; "-00:07" when it is over.
 * @param {number} ms
 */
export const shown = (ms) => duration(ms > 0 ? Math.ceil(ms / 1000) * 1000 : ms)

/**
 * Calls `act` four times a second until the signal, so that no second is ever skipped on the screen.
 * @param {() => void} act
 * @param {AbortSignal} signal
 */
export function ticking(act, signal) {
  const timer = setInterval(act, 250)
  signal.addEventListener("abort", () => clearInterval(timer))
}
