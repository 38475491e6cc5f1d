/** A shared tablet: a code until it is enrolled; then the page for its people, and their names. */

import { onKeys } from "../lib/keys.js"
import { state } from "../lib/tablet.js"
import { stayAwake } from "../lib/wake-lock.js"
import { Connection } from "../meeting/connection.js"
import { following } from "../meeting/following.js"
import { boot, enter } from "../meeting/meeting.js"
import "../meeting/preload.js"
import "../parts/agenda-title.js"
import "../parts/call-banner.js"
import "../parts/connection-lamp.js"
import "../parts/follow-switch.js"
import "../parts/own-place.js"
import "../parts/page-thumbs.js"
import "../parts/page-turner.js"
import "../parts/page-view.js"
import "../parts/paper-list.js"
import "../parts/seat-call.js"
import "../parts/seat-card.js"
import "../parts/side-drawer.js"
import "../parts/stage-card.js"
import { waitToBeEnrolled } from "../parts/tablet-door.js"

const here = boot()

stayAwake()
if (here.meeting) follow()
else waitToBeEnrolled(here.code).then(() => location.reload())

async function follow() {
  const line = (place) => new Connection({ meeting: here.meeting, place, probe: standing })
  const meeting = enter({ meeting: here.meeting, me: {} }, { connection: line })
  // Let go by the staff, or the meeting is over for good: the code again.
  meeting.addEventListener("lamp", ({ detail }) => { if (detail.state === "removed") location.reload() })

  const page = document.getElementById("page")
  const where = await following
  const show = () => { page.browse = where.place }
  where.addEventListener("change", show)
  show()
  // Nobody presents from a shared tablet: who turns a page here reads on their own.
  page.addEventListener("turn", (event) => {
    event.preventDefault()
    where.browse(page.shown.paper, event.detail.page)
  })
  onKeys({
    ArrowRight: () => page.turnBy(1), PageDown: () => page.turnBy(1), ArrowLeft: () => page.turnBy(-1), PageUp: () => page.turnBy(-1),
    Escape: () => (page.near ? page.showWhole() : where.follow()),
  })
}

/** Does the server still have this tablet in this meeting? */
async function standing() {
  const found = await state()
  if (found === undefined) return "unknown"
  return found.meeting === here.meeting ? "in" : "removed"
}
