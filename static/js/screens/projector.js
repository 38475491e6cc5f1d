/** The big screen: a code until it is paired, then what the meeting shows. Nobody stands before it, so nothing asks. */

import { t } from "../lib/t.js"
import { stayAwake } from "../lib/wake-lock.js"
import { chosen, Wall } from "../parts/wall/wall-state.js"
import { Connection } from "../meeting/connection.js"
import { boot, enter } from "../meeting/meeting.js"
import "../meeting/device-check.js"
import "../meeting/kept-papers.js"
import "../parts/roll/attendance-board.js"
import "../parts/core/connection-lamp.js"
import "../parts/page/page-view.js"
import { state } from "../parts/devices/pairing-code.js"
import "../parts/case/case-stage.js"
import { ScriptTrial } from "../parts/case/script-trial.js"
import { showsReport } from "../parts/case/wall-report.js"
import "../parts/stage/stage-card.js"
import "../parts/wall/wall-ballot.js"
import "../parts/wall/wall-clock.js"
import "../parts/wall/wall-speech.js"

const here = boot()
const HIDE_CURSOR_AFTER = 3000

begin()
quiet()
stayAwake()

async function begin() {
  const code = document.querySelector("pairing-code")
  const paired = here.meeting || (await code.wait(here.code))
  document.body.dataset.state = "meeting"
  const meeting = enter(
    { meeting: paired, me: {} },
    { connection: (place) => new Connection({ meeting: paired, place, probe: () => standing(paired) }) },
  )
  meeting.addEventListener("lamp", (/** @type {CustomEvent} */ { detail }) => {
    document.body.dataset.lamp = detail.unheard ? "late" : detail.state
    // Taken from its meeting: the code again. A reload leaves nothing of the meeting behind.
    if (detail.state === "removed") location.reload()
  })
  lay(meeting, new Wall(chosen()))
  new ScriptTrial(meeting)
}

/** What the moment needs comes forward; the page stays where it is, under it. */
function lay(meeting, wall) {
  const ballot = document.querySelector("wall-ballot")
  const speech = document.querySelector("wall-speech")
  const board = document.querySelector("attendance-board")
  const report = document.querySelector("wall-report")
  meeting.watch(["meeting", "stage", "agenda", "floor", "ballots", "report"], (view) => {
    const { shows, ballot: id, strip = false } = wall.now(view, meeting.now())
    document.body.dataset.shows = shows
    // Paired without a reload, or the meeting renamed: the window says whose screen it is.
    const title = view.meeting.title || t("Meeting without a title")
    document.title = `${t("Big screen")} · ${title}`
    meeting.showing(shows)
    document.body.classList.toggle("with-strip", strip)
    speech.toggleAttribute("strip", strip)
    speech.hidden = shows !== "speech" && !strip
    ballot.hidden = shows !== "ballot"
    board.hidden = shows !== "board"
    report.hidden = !showsReport(view, shows)
    ballot.ballot = id
  })
}

/** Does the server still have this screen in this meeting? */
async function standing(meeting) {
  const found = await state()
  if (found === undefined) return "unknown"
  return found.meeting === meeting ? "in" : "removed"
}

/** No cursor, and the whole screen as soon as anybody touches anything (a browser allows it only then). */
function quiet() {
  let still
  const moved = () => {
    document.body.classList.remove("still")
    clearTimeout(still)
    still = setTimeout(() => document.body.classList.add("still"), HIDE_CURSOR_AFTER)
  }
  document.addEventListener("pointermove", moved)
  moved()
  const whole = () => {
    if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {})
  }
  document.addEventListener("click", whole)
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") whole()
  })
}
