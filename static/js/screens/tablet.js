/** A shared tablet: a code until it is enrolled; then the page for its people, and their names. */

import { onKeys } from "../lib/keys.js"
import { state } from "../parts/devices/shared-tablet.js"
import { stayAwake } from "../lib/wake-lock.js"
import { Connection } from "../meeting/connection.js"
import { following } from "../meeting/following.js"
import { boot, enter } from "../meeting/meeting.js"
import "../meeting/device-check.js"
import "../meeting/kept-papers.js"
import "../parts/agenda/agenda-title.js"
import "../parts/stage/call-banner.js"
import "../parts/core/connection-lamp.js"
import "../parts/page/follow-switch.js"
import "../parts/page/own-place.js"
import "../parts/page/page-thumbs.js"
import "../parts/page/page-turner.js"
import "../parts/page/page-view.js"
import "../parts/page/paper-list.js"
import "../parts/devices/shared-tablet-call.js"
import "../parts/devices/shared-tablet-card.js"
import "../parts/core/side-drawer.js"
import "../parts/case/case-stage.js"
import "../parts/stage/stage-card.js"
import { waitToBeEnrolled } from "../parts/devices/tablet-enrolment.js"

const here = boot()

stayAwake()
if (here.meeting) follow()
else waitToBeEnrolled(here.code).then(() => location.reload())

async function follow() {
  const line = (place) => new Connection({ meeting: here.meeting, place, probe: standing })
  const meeting = enter({ meeting: here.meeting, me: {} }, { connection: line })
  // Let go by the staff, or the meeting is over for good: the code again.
  meeting.addEventListener("lamp", (/** @type {CustomEvent} */ { detail }) => {
    if (detail.state === "removed") location.reload()
  })

  const page = document.querySelector("page-view")
  const where = await following
  const show = () => {
    page.browse = where.place
  }
  where.addEventListener("change", show)
  show()
  // Nobody presents from a shared tablet: who turns a page here reads on their own.
  page.addEventListener("turn", (/** @type {CustomEvent} */ event) => {
    event.preventDefault()
    where.browse(page.shown.paper, event.detail.page)
  })
  onKeys({
    ArrowRight: () => page.turnBy(1),
    PageDown: () => page.turnBy(1),
    ArrowLeft: () => page.turnBy(-1),
    PageUp: () => page.turnBy(-1),
    Escape: () => (page.near ? page.showWhole() : where.follow()),
  })
}

/** Does the server still have this tablet in this meeting? */
async function standing() {
  const found = await state()
  if (found === undefined) return "unknown"
  return found.meeting === here.meeting ? "in" : "removed"
}
