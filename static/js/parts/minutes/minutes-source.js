/** What the minutes say at this moment: the sentences from the log and the whole text, asked for again when it changed. */

import { ask, BRIEF, unanswered } from "../../lib/ask.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { entered } from "../../meeting/meeting.js"

// Between two questions: the pages of a meeting turn faster than anybody reads its minutes.
const PAUSE = 1000
// Where only the automatic lines are shown, and not the sheet.
const UNHURRIED = 5000

/** `minutes` is {draft, head, signers, blocks, before, lines}; `problem` are words when it could not be had. Event `told`. */
export class MinutesSource extends EventTarget {
  minutes = undefined
  problem = ""

  #meeting
  #timer = undefined
  #asking = false
  #stale = false
  #last = -Infinity
  #pause

  constructor(meeting, pause = PAUSE) {
    super()
    this.#pause = pause
    this.#meeting = meeting
    meeting.watch(
      ["meeting", "agenda", "papers", "stage", "roll", "sites", "record", "floor", "ballots", "review"],
      () => this.#changed(),
    )
    // A text that is being written goes into the log now and then; its readers hear of it at once.
    meeting.addEventListener("signal", ({ detail: { kind, rev } }) => kind === "note" && rev && this.#changed())
    meeting.addEventListener("lamp", ({ detail: { state } }) => {
      if (state === "live" && this.problem) this.ask()
    })
  }

  #changed() {
    this.#stale = true
    if (this.#timer || this.#asking) return
    this.#timer = setTimeout(() => this.ask(), Math.max(0, this.#last + this.#pause - performance.now()))
  }

  async ask() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#asking) return
    this.#asking = true
    this.#stale = false
    const answer = await ask(`/api/meetings/${encodeURIComponent(this.#meeting.id)}/minutes.json`, {
      proof: shaped({ blocks: "list", lines: "object" }),
      patience: BRIEF,
    })
    this.problem = answer.ok
      ? ""
      : answer.status
        ? answer.body.error.message || t("This could not be shown.")
        : unanswered(answer)
    if (answer.ok) this.minutes = answer.body
    else if (answer.status === 403 || answer.status === 404) this.minutes = undefined // unlocked: no longer for this reader
    this.#asking = false
    this.#last = performance.now()
    this.dispatchEvent(new CustomEvent("minutes"))
    if (this.#stale) this.#changed()
  }
}

/** The one of this page. */
export const source = entered.then(
  (meeting) => new MinutesSource(meeting, document.querySelector("minutes-preview") ? PAUSE : UNHURRIED),
)
