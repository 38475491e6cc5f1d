/** What the presenter wrote under the slide that is shown: for whoever conducts or has the stage, on no other screen. */

import { ask } from "../../lib/ask.js"
import { shaped } from "../../lib/proof.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { hasPage } from "../../meeting/on-stage.js"
import { isStaff } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class PresenterNotes extends Part {
  watches = ["stage", "meeting"]
  emptyAtFirst = true
  /** {document, notes}: of the paper on the stage, once they have come. */
  #found = { document: "", notes: {} }

  draw({ stage, meeting: { status } }, meeting) {
    const may = status === "live" && hasPage(stage) && (meeting.holding || isStaff(meeting.me))
    if (may) this.#fetch(stage.document)
    const text = may && this.#found.document === stage.document ? this.#found.notes[stage.page] : ""
    this.hidden = !text
    if (!text) return nothing
    return html`
      <details open>
        <summary>${icon("notebook-pen")}<span>${t("Presenter's notes · page {page}", stage)}</span></summary>
        <p translate="no">${text}</p>
      </details>`
  }

  async #fetch(document) {
    if (this.#found.document === document) return
    this.#found = { document, notes: {} }
    const path = `/documents/${encodeURIComponent(document)}/notes.json`
    const { ok, body } = await ask(path, { proof: shaped({ notes: "object" }) })
    if (this.#found.document !== document) return
    // Who has just got the stage asks again with the next page.
    if (!ok) this.#found = { document: "", notes: {} }
    else this.#found.notes = body.notes
    if (ok) this.redraw()
  }
}

customElements.define("presenter-notes", PresenterNotes)
