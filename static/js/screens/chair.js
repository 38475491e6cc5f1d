/** The chair's screen: agenda, page, and who has it. The lists of parts in `chair.html` say what stands where. */

import { sizeOf } from "../lib/camera.js"
import { t } from "../lib/t.js"
import "../parts/agenda-rail.js"
import "../parts/ballot-desk.js"
import "../parts/meeting-clock.js"
import "../parts/meeting-controls.js"
import "../parts/next-page.js"
import "../parts/notice-banner.js"
import "../parts/page-strip.js"
import "../parts/page-view.js"
import "../parts/painted-board.js"
import "../parts/roll-summary.js"
import "../parts/room-tabs.js"
import "../parts/room-title.js"
import "../parts/speaker-queue.js"
import "../parts/staff-menu.js"
import "../parts/stage-card.js"
import "../parts/stage-tools.js"
import "../parts/turn-buttons.js"
import "../parts/whisper-line.js"
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

// The small pages lie where the large one leaves room: beside an upright page, under a slide.
meeting.watch(["stage", "papers"], ({ stage: { kind, paper }, papers }) => {
  if (kind !== "page" || !papers[paper]) return
  const { w, h } = sizeOf(papers[paper].shape, 1) ?? { w: 210, h: 297 }
  stage.dataset.lies = w > h ? "across" : "down"
})
