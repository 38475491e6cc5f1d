/** The screen of a site's technician: the page, the line, and what the people of this site need: roll, floor, service. */

import { hasPage } from "../meeting/on-stage.js"
import { entered } from "../meeting/meeting.js"
import { t } from "../lib/t.js"
import "../parts/stage/call-banner.js"
import "../parts/site/line-state.js"
import "../parts/room/meeting-clock.js"
import "../parts/notices/notice-banner.js"
import "../parts/ink/ink-tools.js"
import "../parts/page/page-view.js"
import "../parts/roll/roll-board.js"
import "../parts/room/room-tabs.js"
import "../parts/room/room-title.js"
import { callsHere } from "../parts/site/site-calls.js"
import "../parts/site/site-floor.js"
import "../parts/site/site-people.js"
import "../parts/room/staff-menu.js"
import "../parts/case/case-stage.js"
import "../parts/stage/stage-card.js"
import { enterShortcuts, goTo } from "../parts/room/shortcuts.js"
import { enterRoom } from "./room.js"

document.querySelector("room-tabs").tabs = [
  { id: "page", word: t("Page"), sign: "file-text" },
  { id: "roll", word: t("Roll and line"), sign: "users", count: (view, me) => callsHere(view, me).length || "" },
]

enterRoom()
enterShortcuts([
  ["r", () => t("Roll and line"), () => goTo("#room-side")],
  ["p", () => t("Page"), () => goTo("#page")],
])

const roll = document.querySelector("roll-board")
entered.then((meeting) => {
  meeting.watch(["roll"], () => {
    roll.only = meeting.me.site || "none"
    roll.redraw()
  })
  // A hall looks at this screen: covered, what stands for the page is black to its edges.
  meeting.watch(["stage", "meeting"], ({ stage, meeting: { status } }) => {
    document
      .querySelector("main.site")
      .classList.toggle("covered", status === "live" && hasPage(stage) && Boolean(stage.covered))
  })
})
