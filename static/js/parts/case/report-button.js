/** <report-button tab="ask">: opens the case report at one of its tabs; there in a case report only. `row`: all three. */

import { isReport } from "../../case/report-words.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import "./report-panel.js"

export class ReportButton extends Part {
  watches = ["meeting", "report"]
  emptyAtFirst = true

  draw(view) {
    this.hidden = !isReport(view) || view.meeting.status === "cancelled"
    if (this.hidden) return nothing
    return this.hasAttribute("row") ? ["ask", "say", "decide"].map(opener) : opener(this.getAttribute("tab"))
  }
}

function opener(tab) {
  const [sign, word] = {
    ask: ["circle-question-mark", t("Ask a question")],
    say: ["message-square", t("Opinion")],
    decide: ["gavel", t("Direction")],
  }[tab]
  return html`<button type="button" class="button compact" aria-haspopup="dialog" aria-label=${word} title=${word} @click=${() => openReport(tab)}>
      ${icon(sign)}<span>${word}</span></button>`
}

export const openReport = (tab) =>
  show(
    (close) => html`
    <div class="dialog-body report-dialog"><h2 class="visually-hidden">${t("Report of the case")}</h2><report-panel tab=${tab}></report-panel></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true },
  )

customElements.define("report-button", ReportButton)
