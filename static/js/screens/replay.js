/** A meeting that is over, seen again: its room's own parts, drawn by its own line of time. */

/** @import { ReplayBar } from "../parts/replay/replay-bar.js" */
/** @import { ReplayCourse } from "../parts/replay/replay-course.js" */
/** @import { RoomTabs } from "../parts/room/room-tabs.js" */
/** @import { WallBallot } from "../parts/wall/wall-ballot.js" */

import { boot, enter } from "../meeting/meeting.js"
import { ReplayLine } from "../meeting/replay-line.js"
import { t } from "../lib/t.js"
import "../parts/agenda/agenda-rail.js"
import "../parts/floor/speech-clock.js"
import "../parts/page/page-view.js"
import { remembered, STEP } from "../parts/replay/replay-bar.js"
import "../parts/replay/replay-course.js"
import "../parts/roll/roll-summary.js"
import "../parts/room/meeting-clock.js"
import "../parts/room/room-menu.js"
import "../parts/room/room-tabs.js"
import "../parts/room/room-title.js"
import "../parts/stage/stage-card.js"
import "../parts/wall/wall-ballot.js"
import { Wall } from "../parts/wall/wall-state.js"
import { onKeys } from "../lib/keys.js"
import { enterShortcuts, goTo } from "../parts/room/shortcuts.js"

const here = boot()
const line = new ReplayLine(here.meeting, { at: here.at, ...remembered() })

const bar = /** @type {ReplayBar} */ (document.querySelector("replay-bar"))
const course = /** @type {ReplayCourse} */ (document.querySelector("replay-course"))
const tabs = /** @type {RoomTabs} */ (document.querySelector("room-tabs"))
const board = /** @type {WallBallot} */ (document.querySelector("wall-ballot"))
bar.line = course.line = line
tabs.tabs = [
  { id: "course", word: t("Course"), sign: "history" },
  { id: "agenda", word: t("Agenda"), sign: "list-ordered" },
]

// Whoever looks back takes no part: nobody in particular, with no hand on anything.
const meeting = enter({ ...here, me: { id: "" } }, { connection: () => line, replayed: true })

// What the hall saw: a ballot comes forward, and goes when something newer came. After a jump nothing is news.
let wall = new Wall()
line.addEventListener("jump", () => {
  wall = new Wall()
  lay()
})
meeting.watch(["meeting", "stage", "agenda", "floor", "ballots"], () => lay())

function lay() {
  if (!meeting.view) return
  const { shows, ballot } = wall.now(meeting.view, meeting.now())
  board.hidden = shows !== "ballot"
  board.ballot = ballot
}

// A swipe over the page goes to the one that was shown before or after it.
document.querySelector("page-view").addEventListener("turn", (/** @type {CustomEvent} */ event) => {
  event.preventDefault()
  bar.page(event.detail.by)
})

const MOVES = [
  ["Space  K", () => t("Play, and pause")],
  ["←  →", () => t("Half a minute back, half a minute on")],
  ["PgUp  PgDn", () => t("The page shown before, the page shown next")],
  ["[  ]", () => t("Previous mark, next mark")],
  ["+  −", () => t("Faster, slower")],
  ["Home  End", () => t("The beginning, the end")],
  ["W", () => t("As wide as the screen, or whole")],
]
enterShortcuts(
  [
    ["a", () => t("Agenda"), () => goTo("#agenda")],
    ["d", () => t("Course"), () => goTo("#course")],
  ],
  { moves: MOVES },
)
onKeys({
  " ": () => bar.toggle(),
  k: () => bar.toggle(),
  K: () => bar.toggle(),
  ArrowRight: () => bar.step(STEP),
  ArrowLeft: () => bar.step(-STEP),
  PageDown: () => bar.page(1),
  PageUp: () => bar.page(-1),
  "]": () => bar.on(),
  "[": () => bar.back(),
  Home: () => bar.step(-1e12),
  End: () => bar.step(1e12),
  "+": () => bar.hasten(line.playback?.speed + 1),
  "=": () => bar.hasten(line.playback?.speed + 1),
  "-": () => bar.hasten(line.playback?.speed - 1),
})
