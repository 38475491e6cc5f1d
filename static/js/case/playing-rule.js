/** Where a recording on the stage is, and how a screen that is elsewhere comes back to it. Pure; seconds, `now` in ms. */

export const NOTHING = 0.08
export const CLOSE = 0.04
export const FAR = 0.5
export const NUDGE = 0.05
export const REST = 3000
const FIRST_SEEK = 0.25
const LONGEST_SEEK = 1.5

export const startOf = ({ clip }) => clip?.[0] ?? 0
export const endOf = ({ clip, seconds = 0 }) => clip?.[1] ?? seconds

/**
 * Where every screen is to be: {position, runs, waits}. `waits`: it begins at `media.at`, a little ahead.
 * @param {any} media as the stage has it @param {number} now the meeting's time
 */
export function targetOf(media, now) {
  const { position = 0, at = 0, rate = 1, playing = false } = media
  if (!playing) return { position, runs: false, waits: false }
  const end = endOf(media)
  const here = position + (Math.max(0, now - at) / 1000) * rate
  return { position: Math.min(here, end), runs: here < end, waits: now < at }
}

/** Is it over? */
export const hasEnded = (media, now) => Boolean(media.playing) && !targetOf(media, now).runs

/** What a screen knows of itself, to begin with. */
export const FRESH = { nudging: false, restUntil: 0, seekTime: FIRST_SEEK }

/**
 * What a screen does about its drift (its second less the one it should be at): {memory, rate, seek?}. `seek` is where it
 * goes, aimed ahead by the time that its seeks take. Rates are only touched where nobody hears it (`muted`) and where the
 * browser can (`nudges`, not Safari); while it seeks, or has nothing to play, nothing is done: what it lacks then is
 * no drift.
 * @param {typeof FRESH} memory
 * @param {{ drift: number, target: number, rate: number, now: number, muted: boolean, nudges: boolean, seeking: boolean,
 *   readyState: number }} seen
 */
export function correct(memory, { drift, target, rate, now, muted, nudges, seeking, readyState }) {
  const still = { ...memory, nudging: false }
  if (seeking || readyState < 3) return { memory: still, rate }
  if (now < memory.restUntil) return { memory: still, rate }
  const off = Math.abs(drift)
  if (off > FAR) return { memory: { ...still, restUntil: now + REST }, rate, seek: target + memory.seekTime * rate }
  if (!muted || !nudges) return { memory: still, rate }
  const nudging = off >= (memory.nudging ? CLOSE : NOTHING)
  return { memory: { ...memory, nudging }, rate: nudging ? rate * (drift > 0 ? 1 - NUDGE : 1 + NUDGE) : rate }
}

/** After a seek that took so many seconds. */
export function learnt(memory, took) {
  return { ...memory, seekTime: Math.min(LONGEST_SEEK, (memory.seekTime + took) / 2) }
}
