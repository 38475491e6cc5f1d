/** The chair's screen: agenda, page, and who has it. Its parts by name; `chair.html` says what stands where. */

import { hasPage } from "../meeting/on-stage.js"
import { sizeOf } from "../pages/camera.js"
import { t } from "../lib/t.js"
import "../parts/agenda/agenda-rail.js"
import "../parts/ballots/ballot-desk.js"
import "../parts/room/meeting-clock.js"
import "../parts/room/meeting-controls.js"
import "../parts/stage/next-page.js"
import "../parts/notices/notice-banner.js"
import "../parts/page/page-strip.js"
import "../parts/ink/ink-tools.js"
import "../parts/page/page-view.js"
import "../parts/stage/painted-board.js"
import "../parts/stage/presenter-notes.js"
import "../parts/roll/roll-summary.js"
import "../parts/room/room-tabs.js"
import "../parts/room/room-title.js"
import "../parts/floor/speaker-queue.js"
import "../parts/room/staff-menu.js"
import "../parts/case/case-button.js"
import "../parts/case/case-desk.js"
import "../parts/case/case-stage.js"
import "../parts/case/report-button.js"
import "../parts/stage/stage-card.js"
import "../parts/stage/stage-tools.js"
import "../parts/stage/turn-buttons.js"
import "../parts/notices/whisper-line.js"
import { openDesk } from "../parts/ballots/ballot-desk.js"
import { openRoll } from "../parts/roll/roll-summary.js"
import { enterShortcuts, goTo } from "../parts/room/shortcuts.js"
import { enterRoom } from "./room.js"

document.querySelector("room-tabs").tabs = [
  { id: "page", word: t("Page"), sign: "file-text" },
  { id: "agenda", word: t("Agenda"), sign: "list-ordered" },
  { id: "speakers", word: t("The floor"), sign: "mic", count: ({ floor }) => floor?.queue.length || "" },
  { id: "ballots", word: t("Ballots"), sign: "vote", count: ({ ballots }) => (ballots?.open ? "●" : "") },
  { id: "people", word: t("Those present"), sign: "users", count: ({ roll }) => roll.counts.present },
  { id: "more", word: t("More"), sign: "ellipsis" },
]

const meeting = enterRoom()
const stage = document.querySelector(".stage")

const opens = (dialog) => () => {
  dialog(meeting)
  return true
}
enterShortcuts(
  [
    ["v", () => t("Ballots"), opens(openDesk)],
    ["r", () => t("Roll call"), opens(openRoll)],
    ["q", () => t("The floor"), () => goTo("#queue")],
    ["a", () => t("Agenda"), () => goTo("#agenda")],
    ["p", () => t("Page"), () => goTo("#page")],
  ],
  { leads: true },
)

// The small pages lie where the large one leaves room: beside an upright page, under a slide.
meeting.watch(["stage", "papers"], ({ stage: shown, papers }) => {
  const { paper } = shown
  if (!hasPage(shown) || !papers[paper]) return
  const { w, h } = sizeOf(papers[paper].shape, 1) ?? { w: 210, h: 297 }
  stage.dataset.lies = w > h ? "across" : "down"
})
