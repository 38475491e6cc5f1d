/** <time-left>: "còn 01:20", ticking by the server's clock to the moment in `due` (property, ms). */

import { shown, ticking } from "../../lib/countdown.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { Part } from "./part.js"

const LAST = 30000

export class TimeLeft extends Part {
  emptyAtFirst = true
  waitsForTouch = false
  #due = 0

  set due(moment) {
    this.#due = moment || 0
    if (this.isConnected) this.redraw()
  }

  started() {
    ticking(() => {
      if (this.#due) this.redraw()
    }, this.signal)
  }

  draw(_view, meeting) {
    this.hidden = !this.#due
    if (!this.#due) return nothing
    const left = Math.max(0, this.#due - meeting.now())
    this.classList.toggle("last", left <= LAST)
    return html`<span role="timer">${icon("hourglass")}<span>${t("{time} left", { time: shown(left) })}</span></span>`
  }
}

customElements.define("time-left", TimeLeft)
