/** <paper-list>: the papers of the meeting under their agenda items; a tap reads one, for the holder shows it. */

import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { t, tn } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { FollowingPart } from "../core/following-part.js"
import { isOver, isStaff } from "../../meeting/rights.js"
import { hasPage } from "../../meeting/on-stage.js"
import { rememberedPage, show, showPair } from "../stage/stage-hand.js"
import "../keep/keep-here.js"
import "../keep/kept-sign.js"
import { empty } from "../core/states.js"
import { openOpenings } from "./paper-openings.js"
import { openVersions } from "./paper-versions.js"

export class PaperList extends FollowingPart {
  watches = ["agenda", "papers", "stage", "meeting"]

  draw(view) {
    const { agenda, papers = {} } = view
    if (!agenda?.order?.length) return empty(t("The agenda is still empty."))
    return html`<keep-here meeting=${this.meeting.id}></keep-here><ol class="plain paper-items">${repeat(
      agenda.order,
      (id) => id,
      (id, n) => this.#item(view, agenda.items[id], id, n + 1, papers),
    )}</ol>`
  }

  #item(view, item, id, number, papers) {
    const own = (item.papers || []).filter((paper) => papers[paper])
    const now = view.agenda.current === id
    const speakers = (item.presenters || []).map((who) => nameOf(view, who)).join("; ")
    return html`
      <li class="paper-item ${item.status}" aria-current=${now ? "step" : nothing}>
        <h3><span class="number">${number}</span><span>${item.title}</span></h3>
        <p class="quiet-text small">
          ${now ? html`<span class="badge live">${t("Now")}</span>` : item.status === "done" ? html`<span class="badge">${icon("check")}${t("Done")}</span>` : nothing}
          ${speakers}${item.minutes ? html`${speakers ? " · " : ""}${spokenLength(item.minutes)}` : nothing}
        </p>
        ${
          own.length
            ? html`<ul class="plain">${repeat(
                own,
                (paper) => paper,
                (paper) => this.#paper(view, paper, papers[paper]),
              )}</ul>`
            : nothing
        }
      </li>`
  }

  #paper(view, id, paper) {
    const reading = this.following?.place?.paper === id
    const shown = view.meeting.status === "live" && view.stage.paper === id
    const holding = this.meeting.holding
    return html`
      <li class="paper-row">
        <button type="button" aria-current=${reading || (shown && !this.following?.place) ? "true" : "false"} @click=${() => this.#open(id)}>
          ${thumb(paper.document, paper.limited && !holding ? view.stage.page : 1, { lazy: true, width: 48, height: 64 })}
          <span class="grow"><b>${paper.title}</b>
            <small>${tn("{n} page", "{n} pages", paper.pages)}${shown ? html` · <span class="on-stage">${icon("cast", { kind: "small" })} ${t("on the screens")}</span>` : nothing} <kept-sign document=${paper.document}></kept-sign></small></span>
          ${holding && !shown ? html`<span class="show">${t("Show")}</span>` : nothing}
        </button>
        ${
          holding && hasPage(view.stage)
            ? html`<button type="button" class="button quiet icon-only beside" title=${t("Beside the page that is shown")} aria-label=${t("“{title}” beside the page that is shown", paper)} @click=${() => this.#beside(id)}>${icon("columns-2")}</button>`
            : nothing
        }
        ${
          isStaff(this.meeting.me) && !paper.limited && (paper.versions || !isOver(view.meeting.status))
            ? html`<button type="button" class="button quiet icon-only versions-of" title=${t("Replace with a new version …")} aria-label=${t("Versions of “{title}”", paper)} @click=${() => openVersions(this.meeting, id)}>${icon("copy")}</button>`
            : nothing
        }
        ${
          isStaff(this.meeting.me)
            ? html`<button type="button" class="button quiet icon-only" title=${t("Who has opened it")} aria-label=${t("Who has opened: {title}", paper)} @click=${() => openOpenings(id)}>${icon("eye")}</button>`
            : nothing
        }
        ${
          paper.download && !holding && !paper.limited
            ? html`<a class="button quiet icon-only" href=${`/documents/${encodeURIComponent(paper.document)}/file`} download
          aria-label=${t("Download {title}", paper)}>${icon("download")}</a>`
            : nothing
        }
      </li>`
  }

  /** The page of this paper where it was left, or the next one of the paper that is shown. */
  #beside(id) {
    const { stage, papers } = this.meeting.view
    const { paper, page } = stage
    const other = id === paper ? page + 1 : rememberedPage(this.meeting, id)
    showPair(this.meeting, { paper, page }, { paper: id, page: Math.min(other, papers[id].pages) })
    if (window.matchMedia("(max-width: 960px)").matches) this.closest("side-drawer")?.close()
  }

  #open(paper) {
    const { stage } = this.meeting.view
    if (this.meeting.holding) {
      if (stage.paper !== paper || stage.pair) show(this.meeting, paper)
    } else if (stage.paper === paper && stage.page) this.following?.browse(paper, stage.page)
    else this.following?.browse(paper)
    if (window.matchMedia("(max-width: 960px)").matches) this.closest("side-drawer")?.close()
  }
}

customElements.define("paper-list", PaperList)
