/** What every room begins with: enter the meeting, tell what became of doubtful commands, stay awake. */

import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { stayAwake } from "../lib/wake-lock.js"
import { boot, enter } from "../meeting/meeting.js"
import "../meeting/device-check.js"
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
  stayAwake()
  return meeting
}
