/** <room-gate>: stands over the room when this person may no longer be in it, with the way out. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { signedOut } from "../core/states.js"

export class RoomGate extends Part {
  watches = ["lamp"]

  started(meeting) {
    this.listensTo(meeting, "lamp")
  }

  draw(_view, meeting) {
    return this.waiting(meeting)
  }

  waiting(meeting) {
    const state = meeting?.lamp.state
    this.hidden = state !== "signed_out" && state !== "removed"
    if (state === "signed_out") return signedOut()
    if (state === "removed") return removed()
    return nothing
  }
}

const removed = () => html`
  <div class="state no-right" role="alert">${icon("lock")}
    <p>${t("You are no longer in this meeting. If this is a mistake, ask the secretary.")}</p>
    <a class="button" href="/">${t("To my meetings")}</a></div>`

customElements.define("room-gate", RoomGate)
