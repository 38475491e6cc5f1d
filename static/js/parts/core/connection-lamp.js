/** <connection-lamp>: whether this screen is in step, said in words, and how old that knowledge is. */

import { html, nothing } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { ago, hour } from "../../lib/time.js"
import { Since } from "../../meeting/clock.js"
import { keptAt } from "../../offline/kept-page.js"
import { Part } from "./part.js"

const KIND = {
  live: "",
  late: "late",
  connecting: "late",
  offline: "offline",
  signed_out: "offline",
  removed: "offline",
  another: "offline",
}
// A server that restarts is back before anybody would have read the word "lost".
const LOST_AFTER = 6000

export class ConnectionLamp extends Part {
  watches = ["lamp"]

  #since = new Since()
  #state = ""

  started(meeting) {
    const tick = setInterval(() => this.redraw(), 1000)
    this.signal.addEventListener("abort", () => clearInterval(tick))
    this.listensTo(meeting, "lamp")
  }

  draw(_view, meeting) {
    return this.waiting(meeting)
  }

  waiting(meeting) {
    const { state, at, way = "", unheard = 0 } = meeting?.lamp || { state: "connecting", at: 0 }
    if (state !== this.#state) [this.#state, this.#since] = [state, new Since()]
    // A room that was kept on this device has never heard the server: it is as old as what it was kept with.
    const known = at || keptAt()
    const lost = state === "offline" && this.#since.age > LOST_AFTER
    const age = unheard
      ? t("since {time}", { time: hour(unheard) })
      : state === "live" && slower(way)
        ? t("reserve line")
        : known && state !== "connecting"
          ? ago(known)
          : ""
    const why = unheard ? APART() : slower(way)
    return html`
      <span class="lamp ${unheard ? "late" : KIND[state]}" data-state=${state} data-way=${way} ?data-unheard=${!!unheard} title=${why || nothing}>
        <span><span role="status" aria-live="polite">${unheard ? t("Centre not heard") : words(state, lost)}${why ? html`<span class="visually-hidden">. ${why}</span>` : nothing}</span>${age ? html`<span class="lamp-age" aria-hidden="true"> · ${age}</span>` : ""}</span>
      </span>`
  }
}

const APART = () =>
  t("The line to the centre is down. This room stays together on its page; what is sent waits for the line.")

/** What is said of a line that has to ask again and again. */
const slower = (way) =>
  way === "polling"
    ? t("No WebSocket comes through this network: the screen asks the server again and again, a little slower.")
    : ""

function words(state, lost) {
  switch (state) {
    case "live":
      return t("In step")
    case "late":
      return t("Slow line")
    case "offline":
      return lost ? t("Connection lost") : t("Reconnecting…")
    case "signed_out":
      return t("Signed out")
    case "removed":
      return t("Not in this meeting")
    case "another":
      return t("Stopped")
    default:
      return t("Connecting…")
  }
}

customElements.define("connection-lamp", ConnectionLamp)
