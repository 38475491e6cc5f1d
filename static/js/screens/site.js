/** The screen of a site's technician: the page, the line, and the roll of this site. */

import { entered } from "../meeting/meeting.js"
import { t } from "../lib/t.js"
import "../parts/line-state.js"
import "../parts/meeting-clock.js"
import "../parts/page-view.js"
import "../parts/roll-board.js"
import "../parts/room-tabs.js"
import "../parts/room-title.js"
import "../parts/staff-menu.js"
import "../parts/stage-card.js"
import { enterRoom } from "./room.js"

document.querySelector("room-tabs").tabs = [
  { id: "page", word: t("Page"), sign: "file-text" },
  { id: "roll", word: t("Roll and line"), sign: "users" },
]

enterRoom()

const roll = document.querySelector("roll-board")
entered.then((meeting) => meeting.watch(["roll"], () => {
  roll.only = meeting.me.site || "none"
  roll.redraw()
}))
