/** <page-turner for="page">: the number of the page I see, with arrows while I browse; it opens the small pages. */

/** @import { PageView } from "./page-view.js" */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { versionOf } from "../../pages/versions.js"
import { FollowingPart } from "../core/following-part.js"

export class PageTurner extends FollowingPart {
  watches = ["stage", "papers", "meeting"]
  emptyAtFirst = true

  draw({ stage, papers, meeting: { status } }, meeting) {
    const place = this.following?.place
    const { page, pages } = place
      ? { page: place.page, pages: papers[place.paper] && versionOf(papers[place.paper], place.version).pages }
      : status === "live"
        ? stage
        : {}
    // The holder has <turn-buttons>, which turn for everybody.
    this.hidden = !page || meeting.holding
    if (this.hidden) return nothing
    const view = /** @type {PageView} */ (document.getElementById(this.getAttribute("for")))
    const arrow = (by, sign, label) => html`
      <button type="button" class="button icon-only" aria-label=${label} ?disabled=${page + by < 1 || page + by > pages}
        @click=${() => view.turnBy(by)}>${icon(sign, { kind: "large" })}</button>`
    return html`
      ${place ? arrow(-1, "chevron-left", t("Previous page")) : nothing}
      <button type="button" class="page-number" data-opens="thumbs" aria-expanded="false" aria-controls="thumbs"
        aria-label=${t("Page {page} of {pages}. All pages", { page, pages })}><b>${page}</b> <small>/ ${pages}</small></button>
      ${place ? arrow(1, "chevron-right", t("Next page")) : nothing}`
  }
}

customElements.define("page-turner", PageTurner)
