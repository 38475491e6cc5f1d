/** <shared-tablet-call>: over the page while a ballot is open: what is asked, and that everybody votes by their own name. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { sharers } from "./shared-tablet-card.js"

export class SharedTabletCall extends Part {
  watches = ["meeting", "ballots"]
  emptyAtFirst = true

  draw({ meeting, ballots }) {
    const ballot = meeting.status === "live" && ballots?.items?.[ballots.open]
    const mine = ballot?.roll.some((id) => sharers.includes(id))
    this.hidden = !mine
    if (!mine) return nothing
    return html`<p role="status">${icon("vote")}<span><b>${ballot.question}</b>
      <small>${ballot.secret ? t("A secret ballot: vote on a phone of your own, or on paper.") : t("Voting is open: tap your name below.")}</small></span></p>`
  }
}

customElements.define("shared-tablet-call", SharedTabletCall)
