/** <ballot-book>: in a dialog: every result that has been published, also one that was put away; receipts are looked up here. */

import { kindOfBallot, verdictTone, verdictWord } from "./ballot-words.js"
import { show } from "../../lib/dialog.js"
import { html, repeat } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { myStatus } from "../../meeting/my-status.js"
import { receiptOf } from "../../meeting/receipts.js"
import { published } from "./ballot-outcome.js"
import { Part } from "../core/part.js"

export class BallotBook extends Part {
  watches = ["ballots"]
  #status

  started() {
    this.drawsWith(myStatus, (it) => {
      this.#status = it
    })
  }

  draw(view, meeting) {
    const out = results(view).reverse()
    if (!out.length) return html`<p class="ballot-hint">${t("No result has been published yet.")}</p>`
    return html`${repeat(
      out,
      ({ id }) => id,
      (ballot) => html`
      <details class="ballot-out">
        <summary><span class="badge ${verdictTone(ballot.result.verdict)}">${verdictWord(ballot.result.verdict)}</span>
          <b>${ballot.question}</b><small>${kindOfBallot(ballot)} · ${clock(ballot.closed_at)}</small></summary>
        ${published(ballot, view, {
          code: ballot.secret && receiptOf(meeting.id, ballot.id, meeting.me.id),
          voted: this.#status?.ballots[ballot.id]?.voted,
        })}</details>`,
    )}`
  }
}

/** The published ballots in their order: [{id, …}]. */
export const results = ({ ballots }) =>
  (ballots?.order || [])
    .map((id) => ({ id, ...ballots.items[id] }))
    .filter(({ state, result }) => state === "published" && result)

export const openResults = () =>
  show(
    (close) => html`
  <div class="dialog-body"><h2>${t("Results of ballots")}</h2><ballot-book></ballot-book></div>
  <div class="dialog-actions"><button type="button" class="button" @click=${() => close()}>${t("Close")}</button></div>`,
  )

customElements.define("ballot-book", BallotBook)
