/** <wall-clock>: the agency's time by the server's clock; with `date`, the day as well. */

import { html, nothing } from "../../lib/html.js"
import { clock, date, weekday } from "../../lib/time.js"
import { Part } from "../core/part.js"

export class WallClock extends Part {
  emptyAtFirst = true
  started() {
    const tick = setInterval(() => this.redraw(), 1000)
    this.signal.addEventListener("abort", () => clearInterval(tick))
  }

  draw(_view, meeting) {
    const now = meeting.now()
    return html`<time>${clock(now)}</time>${this.hasAttribute("date") ? html`<span>${weekday(now)}, ${date(now)}</span>` : nothing}`
  }
}

customElements.define("wall-clock", WallClock)
