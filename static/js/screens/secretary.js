/** The secretary's screen: the minutes being written, the roll, the conclusions; the page and what has happened beside them. */

import { isReport } from "../case/report-words.js"
import { t } from "../lib/t.js"
import "../parts/agenda/agenda-rail.js"
import "../parts/ballots/ballot-desk.js"
import { callsToDo } from "../parts/notices/calls-board.js"
import "../parts/minutes/conclusions-list.js"
import "../parts/room/meeting-clock.js"
import "../parts/minutes/note-editor.js"
import "../parts/notices/notice-desk.js"
import "../parts/ink/ink-tools.js"
import "../parts/page/page-view.js"
import "../parts/stage/painted-board.js"
import "../parts/roll/roll-board.js"
import "../parts/room/room-tabs.js"
import "../parts/room/room-title.js"
import "../parts/floor/speaker-queue.js"
import "../parts/room/staff-menu.js"
import "../parts/case/case-button.js"
import "../parts/case/case-desk.js"
import "../parts/case/case-stage.js"
import "../parts/case/report-panel.js"
import "../parts/stage/stage-card.js"
import "../parts/stage/stage-tools.js"
import "../parts/minutes/timeline.js"
import "../parts/stage/turn-buttons.js"
import { enterShortcuts, goTo } from "../parts/room/shortcuts.js"
import { enterRoom } from "./room.js"

document.querySelector("room-tabs").tabs = [
  { id: "notes", word: t("Minutes"), sign: "notebook-pen" },
  {
    id: "roll",
    word: t("Roll call"),
    sign: "users",
    count: ({ roll }) => `${roll.counts.present}/${roll.counts.members}`,
  },
  { id: "floor", word: t("The floor"), sign: "mic", count: ({ floor }) => floor?.queue.length || "" },
  {
    id: "ballots",
    word: t("Ballots"),
    sign: "vote",
    // Of a case nobody votes.
    where: (view) => !isReport(view) || Boolean(view.ballots?.order?.length),
    count: ({ ballots }) =>
      ballots?.open ? `${ballots.items[ballots.open].cast}/${ballots.items[ballots.open].voters}` : "",
  },
  {
    id: "conclusions",
    word: t("Conclusions"),
    sign: "gavel",
    count: ({ record }) => record?.conclusions?.order.length || "",
  },
  {
    id: "report",
    word: t("Report"),
    sign: "scale",
    count: ({ report }) => report?.missing?.length || "",
    where: isReport,
  },
  { id: "service", word: t("Service"), sign: "bell-ring", count: ({ notices }) => callsToDo(notices).length || "" },
  { id: "page", word: t("Course"), sign: "history", small: true },
  { id: "agenda", word: t("Agenda"), sign: "list-ordered", small: true },
]

enterRoom()

const tabs = document.querySelector("room-tabs")
const work = tabs.tabs.filter(({ small }) => !small)
enterShortcuts([
  ...work.map(({ id, word }, n) => [
    String(n + 1),
    () => word,
    () => {
      tabs.go(id)
      return goTo(`[data-panel=${id}]`)
    },
  ]),
  ["a", () => t("Agenda"), () => goTo("#agenda")],
  ["p", () => t("Page"), () => goTo("#page")],
])
