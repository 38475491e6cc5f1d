/** What every room begins with: enter the meeting, tell what became of doubtful commands, stay awake. */

import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { putOff } from "../ink/pen-down.js"
import { stayAwake } from "../lib/wake-lock.js"
import { belongsTo } from "../lib/page-owner.js"
import { boot, enter } from "../meeting/meeting.js"
import { checkKept, writeView } from "../offline/keeping.js"
import { sendWhatWaits } from "../offline/left.js"
import { haveWorker, inMeeting } from "../offline/worker-of-page.js"
import "../meeting/device-check.js"
import "../meeting/kept-papers.js"
import "../parts/core/connection-lamp.js"
import "../parts/room/room-gate.js"
import "../parts/room/room-menu.js"
import "../parts/core/side-drawer.js"

/** Enters the meeting of this page; the parts on it find it by themselves. */
export function enterRoom() {
  const meeting = enter(boot())
  meeting.addEventListener("outcome", (/** @type {CustomEvent} */ { detail: { done } }) => {
    if (done) toast(t("What was not answered before has been done."))
    else toast(t("What was not answered before has not been done. Please do it again."), { kind: "bad" })
  })
  let before = ""
  meeting.addEventListener("lamp", () => {
    // At a site: also the line from there to the centre.
    const state = meeting.lamp.unheard ? "late" : meeting.lamp.state
    if (state === "live" && before !== state) document.dispatchEvent(new Event("line-back"))
    before = state
  })
  sendWhatWaits({ meeting: meeting.id })
  haveWorker({ after: 30_000 })
  inMeeting(meeting)
  checkKept({ spread: 20_000 })
  keepsView(meeting)
  stayAwake()
  return meeting
}

const VIEW_EVERY = 10_000

/** What is seen of a kept meeting is written down now and then: its room opens with it where there is no line. */
function keepsView(meeting) {
  if (!belongsTo()) return
  let written
  let timer
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    const { received } = meeting
    if (!received || received.view === written || putOff(write)) return
    written = received.view
    writeView(meeting.id, received).catch(() => {})
  }
  meeting.addEventListener("change", () => {
    timer ??= setTimeout(write, VIEW_EVERY)
  })
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && write())
}
