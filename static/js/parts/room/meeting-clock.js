/** The server's time, and how long the meeting has lasted. */

import { html, nothing } from "../../lib/html.js"
import { shortLength } from "../../lib/spoken-times.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { Part } from "../core/part.js"

const MINUTE = 60000

export class MeetingClock extends Part {
  watches = ["meeting"]
  emptyAtFirst = true

  started() {
    const ticking = setInterval(() => this.redraw(), 1000)
    this.signal.addEventListener("abort", () => clearInterval(ticking))
  }

  draw({ meeting }) {
    const moment = this.meeting.now()
    return html`<time>${clock(moment)}</time>${sinceOpening(meeting, moment)}`
  }
}

function sinceOpening({ status, opened_at: opened, adjourned_at: adjourned }, now) {
  if (status === "adjourned" && adjourned)
    return html`<small>${t("Break {time}", { time: spell(now - adjourned) })}</small>`
  if (status === "live" && opened) return html`<small>${t("In session {time}", { time: spell(now - opened) })}</small>`
  return nothing
}

const spell = (ms) => shortLength(Math.max(0, Math.floor(ms / MINUTE)))

customElements.define("meeting-clock", MeetingClock)
