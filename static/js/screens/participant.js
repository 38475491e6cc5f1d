/** A delegate's screen: the page, with the chair or on one's own. */

import { entered } from "../meeting/meeting.js"
import { following } from "../meeting/following.js"
import { onKeys } from "../lib/keys.js"
import { t } from "../lib/t.js"
import "../parts/agenda/agenda-title.js"
import "../parts/ballots/ballot-card.js"
import "../parts/stage/call-banner.js"
import "../parts/roll/check-in.js"
import "../parts/floor/floor-button.js"
import "../parts/page/follow-switch.js"
import "../parts/notices/notice-banner.js"
import "../parts/page/own-place.js"
import "../parts/page/page-thumbs.js"
import "../parts/page/page-turner.js"
import "../parts/ink/ink-tools.js"
import "../parts/page/page-view.js"
import "../parts/page/paper-list.js"
import "../parts/notices/service-call.js"
import "../parts/floor/speech-clock.js"
import "../parts/stage/presenter-notes.js"
import "../parts/case/case-button.js"
import "../parts/case/case-desk.js"
import "../parts/case/case-stage.js"
import "../parts/case/report-button.js"
import "../parts/stage/stage-card.js"
import { turns } from "../parts/stage/turn-buttons.js"
import { enterShortcuts, press } from "../parts/room/shortcuts.js"
import { enterRoom } from "./room.js"

enterRoom()

const page = document.querySelector("page-view")

Promise.all([entered, following]).then(([meeting, where]) => {
  const show = () => {
    page.browse = where.place
    document.querySelector(".room-bar").classList.toggle("browsing", where.mode === "browse")
  }
  meeting.watch(["meeting", "exhibits", "stage"], (view) => {
    const {
      meeting: { kind },
      exhibits,
    } = view
    const isAboutCase = kind === "case_report" || Object.keys(exhibits ?? {}).length > 0
    const { classList } = document.querySelector(".room-bar")
    classList.toggle("with-case", isAboutCase)
    classList.toggle("presents", meeting.holding)
    classList.toggle("turns", turns(view, meeting))
  })
  where.addEventListener("change", show)
  show()

  // Whoever turns a page that is not theirs to turn for everybody begins to read on their own.
  page.addEventListener("turn", (/** @type {CustomEvent} */ event) => {
    if (meeting.holding) return
    event.preventDefault()
    where.browse(page.shown.paper, event.detail.page)
  })

  const turn = (by) => meeting.holding || page.turnBy(by)
  const presses = (selector) => () => press(selector)
  enterShortcuts(
    [
      ["p", () => t("Papers"), presses("[data-opens=papers]")],
      ["s", () => t("Ask to speak"), presses("floor-button button")],
    ],
    { owns: true },
  )
  onKeys({
    ArrowRight: () => turn(1),
    PageDown: () => turn(1),
    ArrowLeft: () => turn(-1),
    PageUp: () => turn(-1),
    "+": () => page.zoomBy(1.4),
    "=": () => page.zoomBy(1.4),
    "-": () => page.zoomBy(1 / 1.4),
    0: () => page.showWhole(),
    Escape: () => (page.near ? page.showWhole() : where.follow()),
  })
})
