/** The secretary's screen: the minutes being written, the roll, the conclusions; the page and what has happened beside them. */

import { t } from "../lib/t.js"
import "../parts/agenda-rail.js"
import "../parts/conclusions-list.js"
import "../parts/meeting-clock.js"
import "../parts/note-editor.js"
import "../parts/page-view.js"
import "../parts/painted-board.js"
import "../parts/roll-board.js"
import "../parts/room-tabs.js"
import "../parts/room-title.js"
import "../parts/staff-menu.js"
import "../parts/stage-card.js"
import "../parts/stage-tools.js"
import "../parts/timeline.js"
import "../parts/turn-buttons.js"
import { enterRoom } from "./room.js"

document.querySelector("room-tabs").tabs = [
  { id: "notes", word: t("Minutes"), sign: "notebook-pen" },
  { id: "roll", word: t("Roll call"), sign: "users", count: ({ roll }) => `${roll.counts.present}/${roll.counts.members}` },
  { id: "conclusions", word: t("Conclusions"), sign: "gavel", count: ({ record }) => record?.conclusions?.order.length || "" },
  { id: "page", word: t("Course"), sign: "history", small: true },
  { id: "agenda", word: t("Agenda"), sign: "list-ordered", small: true },
]

enterRoom()
