/** <page-thumbs>: the pages of the paper in front of me, small; drawn when the drawer is open, loaded when in sight. */

import { hasPage } from "../../meeting/on-stage.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { sizeOf } from "../../pages/camera.js"
import { versionOf } from "../../pages/versions.js"
import { thumb as small } from "../../pages/thumb.js"
import { t } from "../../lib/t.js"
import { FollowingPart } from "../core/following-part.js"
import { empty } from "../core/states.js"

export class PageThumbs extends FollowingPart {
  watches = ["stage", "papers", "meeting"]

  #seen = ""

  started(meeting) {
    const drawer = this.closest("side-drawer")
    if (drawer) {
      this.listensTo(drawer, "open", () => {
        this.#seen = ""
        this.redraw()
      })
    }
    super.started(meeting)
  }

  draw({ stage, papers = {} }) {
    if (this.closest("side-drawer")?.hidden) return nothing
    const place = this.following?.place || (hasPage(stage) ? stage : undefined)
    const found = place && papers[place.paper]
    const earlier = place === stage ? stage.newest && stage.version : place?.version
    const paper = found && versionOf(found, earlier)
    if (!paper) return empty(t("No paper is shown now. Choose one under Papers."))
    const alone = paper.limited && !this.meeting.holding
    const pages = alone ? [place.page] : Array.from({ length: paper.pages }, (_, i) => i + 1)
    return html`
      <p class="thumbs-title quiet-text">${paper.title}</p>
      <ol class="plain thumbs" data-paper=${place.paper}>${repeat(
        pages,
        (n) => `${paper.document}/${n}`,
        (n) => html`
        <li><button type="button" aria-label=${t("Page {page}", { page: n })} aria-current=${n === place.page ? "page" : "false"}
          class=${stage.paper === place.paper && stage.page === n ? "chairs" : ""} @click=${() => this.#open(place.paper, n)}>
          ${thumb(paper, n)}<span>${n}</span></button></li>`,
      )}</ol>`
  }

  drawn() {
    const now = this.querySelector("[aria-current=page]")
    const place = now && `${this.querySelector(".thumbs").dataset.paper}/${now.getAttribute("aria-label")}`
    if (!now || place === this.#seen) return
    now.scrollIntoView({ block: this.#seen ? "nearest" : "center" })
    this.#seen = place
  }

  #open(paper, page) {
    if (this.meeting.holding) attempt(this.meeting.turnTo(page))
    else this.following.browse(paper, page)
  }
}

/** A small page that keeps its place before it has come, so that the list does not jump. */
function thumb(paper, page) {
  const { w, h } = sizeOf(paper.shape, page) || { w: 210, h: 297 }
  return small(paper.document, page, { lazy: true, width: Math.round(w), height: Math.round(h) })
}

customElements.define("page-thumbs", PageThumbs)
