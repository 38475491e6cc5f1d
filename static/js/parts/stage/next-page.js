/** What comes next, for the one who turns: the next page in small, or the next paper at the end of this one. */

import { isOfCase } from "../../case/places.js"
import { isReport } from "../../case/report-words.js"
import { hasPage } from "../../meeting/on-stage.js"
import { html, nothing } from "../../lib/html.js"
import { firstLine } from "../../pages/page-words.js"
import { t } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { Part } from "../core/part.js"
import { isListing, rememberedPage, show, turnBy } from "./stage-hand.js"

export class NextPage extends Part {
  watches = ["stage", "agenda", "papers", "meeting", "report"]
  emptyAtFirst = true
  #line = { of: undefined, text: "" }

  draw(view, meeting) {
    const next = following(view)
    // A case has no next page here; its column needs the room for what is pressed.
    this.hidden = view.meeting.status !== "live" || isReport(view) || isOfCase(view.stage)
    if (this.hidden) return nothing
    // Without a page its place is kept: what stands below does not move.
    if (isListing(view)) return html`<p class="next-end">${t("The list of conclusions is on the screens.")}</p>`
    if (!next) return html`<p class="next-end">${t("No page is on the screens.")}</p>`
    if (next.end) return html`<p class="next-end">${t("The last page of the last paper of this item.")}</p>`
    this.#read(next)
    const act = next.paper
      ? () => show(meeting, next.paper, rememberedPage(meeting, next.paper))
      : () => turnBy(meeting, 1)
    return html`
      <button class="next" ?disabled=${!meeting.holding} @click=${act}>
        ${thumb(next.document, next.page)}
        <span class="next-words"><small>${next.label}</small>${next.title ?? this.#line.text}</span>
      </button>`
  }

  /**
   * The heading of the next page comes a moment later; nothing waits for it.
   * @param {{ document?: string, page?: number, title?: string }} next
   */
  async #read({ document, page, title }) {
    const t = Object.values(this.meeting.view.papers ?? {}).find((paper) => paper.document === document)?.t
    const of = `${document}/${page}/${t}`
    if (title || this.#line.of === of) return
    this.#line = { of, text: "" }
    const text = await firstLine(document, page, t)
    if (this.#line.of !== of) return
    // A line that could not be had is asked for again with the next drawing.
    this.#line = { of: text === undefined ? undefined : of, text: text ?? "" }
    if (!text) return
    this.redraw()
  }
}

/**
 * {document, page, label} of what follows; {end: true} after the last page; nothing when no page is shown.
 * @returns {{ end?: boolean, document?: string, page?: number, paper?: string, title?: string, label?: string } | undefined}
 */
function following({ stage, agenda, papers }) {
  const { paper, document, page, pages } = stage
  if (!hasPage(stage)) return undefined
  if (page < pages) return { document, page: page + 1, label: t("Next page · {page}", { page: page + 1 }) }
  const item = agenda.items[papers[paper]?.item]
  const after = (item?.papers ?? []).slice((item?.papers ?? []).indexOf(paper) + 1).find((id) => papers[id])
  if (!after) return { end: true }
  return { document: papers[after].document, page: 1, paper: after, title: papers[after].title, label: t("Next paper") }
}

customElements.define("next-page", NextPage)
