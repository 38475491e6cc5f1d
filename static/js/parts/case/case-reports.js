/**
 * <case-reports>: in which sessions a case was or will be reported, the maps that were seen there, and for its owner and
 * leaders the final record: the copy for the procuracy's own file.
 */

import { boot, caseData } from "../../case/case-data.js"
import { ask } from "../../lib/ask.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { statusTone, statusWord } from "../../meeting/meeting-words.js"

class CaseReports extends HTMLElement {
  connectedCallback() {
    this.#load()
  }

  async #load() {
    const answer = await ask(`${caseData().path}/reports`, { proof: shaped({ reports: "list" }) })
    const { reports = [] } = answer.ok ? answer.body : {}
    const none = answer.ok
      ? t("This case has not been registered for a report yet.")
      : t("The reports of this case could not be asked for.")
    render(
      reports.length
        ? html`<ul class="rows wraps plain">${reports.map(report)}</ul>`
        : html`<p class="help">${none}</p>`,
      this,
    )
  }
}

const address = (meeting, ending) =>
  `/api/cases/${encodeURIComponent(boot.case)}/reports/${encodeURIComponent(meeting)}/record.${ending}`

const report = ({ meeting, status, starts_at, question, role, maps, record }) => html`<li><div class="grow">
    ${role ? html`<a class="link" href="/meetings/${encodeURIComponent(meeting)}"><b>${moment(starts_at)}</b></a>` : html`<b>${moment(starts_at)}</b>`}
    <span class="badge ${statusTone(status)}">${statusWord(status)}</span>
    <span class="help block">${question}</span>
    ${maps.length ? html`<span class="help block">${t("Reported and kept as they were: {maps}", { maps: maps.map(({ title, version }) => t("“{title}”, version {n}", { title, n: version })).join("; ") })}</span>` : nothing}
  </div>
  ${record ? ["pdf", "docx"].map((ending) => html`<a class="button compact" href=${address(meeting, ending)} title=${`SHA-256 ${record[ending]}`}>${icon("file-text")}${t("Record ({kind})", { kind: ending.toUpperCase() })}</a>`) : nothing}</li>`

customElements.define("case-reports", CaseReports)
