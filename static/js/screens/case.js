/** The page of a case: its sheet, what comes into it, its volumes and documents. */

import "./desk.js"
import "../parts/case/case-arrivals.js"
import "../parts/case/case-reports.js"
import "../parts/case/case-sheet.js"
import "../parts/case/case-volumes.js"
import { ask, unanswered } from "../lib/ask.js"
import { dayFields } from "../lib/day-field.js"
import { prompt } from "../lib/dialog.js"
import { sendForms } from "../lib/send-form.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"

sendForms()
dayFields(document)

document.addEventListener("click", async (event) => {
  if (!(/** @type {Element} */ (event.target).closest("[data-answer-no]"))) return
  const title = await prompt({ title: t("Title of the case"), yes: t("No state secret") })
  if (!title) return
  const { case: id } = JSON.parse(document.querySelector("#boot").textContent)
  const answer = await ask(`/api/cases/${id}`, { method: "PATCH", json: { secrecy: "no", title } })
  if (answer.ok) location.reload()
  else toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
})
