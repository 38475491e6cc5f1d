/** <follow-switch>: with the chair, or on my own. Says where the chair is. */

import { ownPlace } from "../../case/own-place.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { hasPage } from "../../meeting/on-stage.js"
import { FollowingPart } from "../core/following-part.js"

export class FollowSwitch extends FollowingPart {
  watches = ["stage", "meeting", "papers"]
  emptyAtFirst = true

  started(meeting) {
    super.started(meeting)
    this.listensTo(ownPlace, "change")
  }

  draw({ stage, papers }, meeting) {
    const where = this.following
    if (!where) return nothing
    if (meeting.holding) {
      return html`<p class="presenting">${icon("presentation")}<span>${t("You are presenting")}</span></p>`
    }
    // A paper, or a place of a case (case/own-place.js): either is one's own.
    const alone = where.mode === "browse" || Boolean(ownPlace.place)
    const found = papers?.[where.mine?.paper]
    const mine = !alone && found && !found.limited && where.mine
    const first = mine ? [mine.paper, mine.page] : firstPlace(stage, papers)
    return html`
      <div class="switch" role="group" aria-label=${t("What this screen shows")}>
        <button type="button" aria-pressed=${!alone} @click=${() => {
          ownPlace.follow()
          where.follow()
        }}>
          <span>${t("Follow the chair")}${alone && hasPage(stage) ? html`<small>${t("page {page}", stage)}</small>` : nothing}</span>
        </button>
        <button type="button" aria-pressed=${alone} ?disabled=${!alone && !first}
          @click=${() => alone || where.goOn(...first)}>
          <span>${t("On my own")}${mine ? html`<small>${t("page {page}", mine)}</small>` : nothing}</span></button>
      </div>`
  }
}

/** Where reading on one's own begins: at the chair's page, or at the first paper. */
function firstPlace(stage, papers = {}) {
  if (stage.paper && !papers[stage.paper]?.limited) return [stage.paper, stage.page]
  const first = Object.keys(papers).find((id) => !papers[id].limited)
  return first && [first, 1]
}

customElements.define("follow-switch", FollowSwitch)
