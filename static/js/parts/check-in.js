/** <check-in>: the button with which I say that I am here; gone once the roll knows it. */

import { attempt } from "../lib/attempt.js"
import { html, nothing } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { usualMode } from "../lib/people.js"
import { t } from "../lib/t.js"
import { hour } from "../lib/time.js"
import { toast } from "../lib/toast.js"
import { Part } from "./part.js"

export class CheckIn extends Part {
  watches = ["meeting", "roll", "sites"]

  #busy = false

  waiting() {
    return nothing
  }

  draw(view, meeting) {
    const { state } = meeting.me
    this.hidden = view.meeting.status !== "live" || !["waiting", "left", "excused"].includes(state)
    if (this.hidden) return nothing
    return html`<button type="button" class="button primary" aria-busy=${this.#busy} @click=${() => this.#sign()}>
      ${icon("user-check")}<span>${state === "waiting" ? t("Check in") : t("Check in again")}</span></button>`
  }

  async #sign() {
    if (this.#busy) return
    const { meeting } = this
    this.#busy = true
    this.redraw()
    const done = await attempt(meeting.send("check_in", { mode: usualMode(meeting.view, meeting.me.site) }))
    this.#busy = false
    this.redraw()
    if (done) toast(t("Checked in at {time}.", { time: hour(meeting.now()) }))
  }
}

customElements.define("check-in", CheckIn)
