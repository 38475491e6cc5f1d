/** What a finger on a recording means: for who holds the stage everybody sees it, for all others only they themselves. */

import { ownPlace } from "../../case/own-place.js"
import { endOf, hasEnded, startOf, targetOf } from "../../case/playing-rule.js"
import { playsNowhere, readyScreensOf } from "../../case/ready-screens.js"
import { attempt } from "../../lib/attempt.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"

const LEAST = 0.5
const waiting = new WeakMap()

/** A recording or photo {case, media, title, kind, …}, from this node of a map; `clip` [from, to] of it. */
export function openMedia(meeting, place, { node = "", clip = undefined } = {}) {
  if (meeting.holding) return showMedia(meeting, place, { node, clip })
  return ownPlace.open({ media: { ...place, clip, position: clip?.[0] ?? 0 } })
}

export function showMedia(meeting, { case: case_, media }, { node = "", clip = undefined, take = false } = {}) {
  const more = { ...(node && { node }), ...(clip && { clip }), ...(take && { take }) }
  return attempt(meeting.send("show_media", { case: case_, media, ...more }))
}

export const back = (meeting) => attempt(meeting.send("back"))

/** Run, or stand still. Before it runs all screens have it, or three seconds have passed. */
export async function toggle(meeting) {
  const { media, key } = meeting.view.stage
  if (media.playing && !hasEnded(media, meeting.now())) return attempt(meeting.send("pause"))
  // Whoever presses once more does not want to wait.
  if (waiting.has(meeting)) return waiting.get(meeting)()
  await Promise.race([readyScreensOf(meeting).wait(), new Promise((now) => waiting.set(meeting, now))])
  waiting.delete(meeting)
  if (meeting.view.stage.key !== key) return undefined
  // Who presents has it before them, and would not see that nobody else does.
  if (playsNowhere(readyScreensOf(meeting).counts, meeting.view.stage.media))
    toast(t("No big screen can play the recording at the moment."), { kind: "warn" })
  const rate = rateOf(meeting)
  rates.delete(meeting)
  return attempt(meeting.send("play", { rate }))
}

/** So many seconds on, or back. */
export function skip(meeting, by) {
  const { media } = meeting.view.stage
  const { position } = targetOf(media, meeting.now())
  const wanted = Math.min(Math.max(startOf(media), position + by), endOf(media))
  return Math.abs(wanted - position) < LEAST ? undefined : attempt(meeting.send("seek", { position: wanted }))
}

const rates = new WeakMap()

/** The speed it runs at, or will run at once it runs. */
export const rateOf = (meeting) => rates.get(meeting) ?? meeting.view.stage.media.rate ?? 1

/** Another speed; what stands still goes on standing, and runs at it later. */
export function setRate(meeting, rate) {
  const { media } = meeting.view.stage
  const runs = media.playing && !hasEnded(media, meeting.now())
  rates.set(meeting, runs ? undefined : rate)
  return runs ? attempt(meeting.send("play", { rate })) : undefined
}

/** What a key does to a recording on the stage; whether it was one. Held down it does it once, but for the arrows. */
export function press(meeting, key, repeat = false) {
  const { media, map } = meeting.view.stage
  if (repeat && !key.startsWith("Arrow")) return true
  if ((key === "Backspace" || key === "PageUp") && map) back(meeting)
  else if (media.kind === "photo") return false
  else if (key === " " || key === "PageDown") toggle(meeting)
  else if (key === "ArrowLeft") skip(meeting, -5)
  else if (key === "ArrowRight") skip(meeting, 5)
  else return false
  return true
}
