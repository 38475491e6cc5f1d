/** <case-button>: opens the case beside the stage, where one is attached; tells the presenter that somebody asks. */

import { requestsOf } from "../../case/requests.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isRoomOpen } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class CaseButton extends Part {
  watches = ["exhibits", "stage", "meeting"]
  emptyAtFirst = true

  started(meeting) {
    this.listensTo(requestsOf(meeting), "change")
  }

  draw({ exhibits = {}, meeting: { status, kind } }, meeting) {
    this.hidden = !(Object.keys(exhibits).length || kind === "case_report") || !isRoomOpen(status)
    if (this.hidden) return nothing
    const asked = meeting.holding ? requestsOf(meeting).list.length : 0
    return html`<button type="button" class="button compact" data-opens="case" aria-expanded="false" aria-controls="case" @click=${() => this.dispatchEvent(new CustomEvent("chosen", { bubbles: true }))} title=${t("Case file")} aria-label=${t("Case file")}>
      ${icon("network")}<span>${t("Case file")}</span>${asked ? html`<b class="asked-count">${asked}</b>` : nothing}</button>`
  }
}

customElements.define("case-button", CaseButton)
