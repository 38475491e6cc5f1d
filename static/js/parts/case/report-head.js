/** What a case report is about: the case and its charge, what is to be decided, by when. */

import { countdown, dayWord, fileWord, provision, stageWord } from "../../case/report-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"

/** `folded`: what everybody knows by now (charges, persons) is a press away, and leaves room for what is to be done. */
export function reportHead(report, now, view, { folded = false } = {}) {
  if (!report.case)
    return html`<p class="notice info">${icon("info")}<span>${t("No case has been registered for this meeting yet.")}</span></p>`
  const { title, code, question, stage, deadline, deadline_name, charges = [], parties = [], reporter } = report
  const file = fileWord(report)
  const sheet = html`${charges.map((charge) => html`<p class="report-charge">${[charge.name, provision(charge)].filter(Boolean).join(", ")}</p>`)}
    ${parties.length ? html`<p class="report-charge" translate="no">${parties.map(({ name, status }) => (status ? `${name} (${status})` : name)).join("; ")}</p>` : nothing}`
  return html`<header class="report-head">
    <p class="report-case" translate="no">${title}${code && !title.includes(code) ? html` <small>${code}</small>` : nothing}</p>
    ${folded && charges.length + parties.length ? html`<details class="report-more"><summary>${icon("chevron-down")}${t("Charges and persons")}</summary>${sheet}</details>` : sheet}
    <p class="report-question"><small>${t("Question to decide")}</small>${question}</p>
    <p class="report-marks">
      ${stage ? html`<span class="badge">${stageWord(stage)}</span>` : nothing}
      ${file ? html`<span class="badge">${icon("folder-open")}${file}</span>` : nothing}
      ${deadline ? html`<span class="badge ${countdown(deadline, now).tone}">${icon("hourglass")}${deadline_name || t("Procedural deadline")}: ${dayWord(deadline)} · ${countdown(deadline, now).word}</span>` : nothing}
      ${reporter ? html`<span class="report-who">${t("Reported by {name}", { name: report.names_of?.[reporter] ?? nameOf(view, reporter) })}</span>` : nothing}
    </p>
  </header>`
}
