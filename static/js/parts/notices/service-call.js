/** <service-call>: calls for water, paper, a microphone, somebody who helps; shows that somebody is coming. */

import { isRoomOpen } from "../../meeting/rights.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { callsOf, callState, callWord } from "./service-words.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import "./service-sheet.js"

/** `worded` (attribute): the button says its name beside the icon. */
export class ServiceCall extends Part {
  watches = ["meeting", "notices"]
  emptyAtFirst = true

  draw({ meeting: { status }, notices }, meeting) {
    this.hidden = !isRoomOpen(status)
    if (this.hidden) return nothing
    const [running] = callsOf(notices, [meeting.me.id]).filter(({ state }) => state !== "done")
    const word = t("Call for service")
    const said = running ? `${callWord(running.kind)}: ${callState(running.state)}` : ""
    const worded = this.hasAttribute("worded")
    return html`<button type="button" class="button ${worded ? "" : "icon-only"} ${running?.state || ""}" aria-haspopup="dialog"
        aria-label=${said ? `${word}, ${said}` : word} title=${word} @click=${openService}>
        ${icon("bell-ring", { kind: "large" })}${worded ? html`<span>${word}</span>` : nothing}${running ? html`<i class="service-dot"></i>` : nothing}</button>
      <span class="visually-hidden" role="status" aria-live="polite">${said}</span>`
  }
}

export function openService() {
  return show((close) => html`<service-sheet .close=${close}></service-sheet>`, { label: t("Call for service") })
}

customElements.define("service-call", ServiceCall)
