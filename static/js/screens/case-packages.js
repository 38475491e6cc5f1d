/** The offline packages of a case: asking, deciding, how far one is. */

import "./desk.js"
import { ask, unanswered } from "../lib/ask.js"
import { refreshAutomatically } from "../lib/auto-refresh.js"
import { dayFields } from "../lib/day-field.js"
import { prompt } from "../lib/dialog.js"
import { isObject } from "../lib/proof.js"
import { sendForms } from "../lib/send-form.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"

sendForms()
dayFields(document)
refreshAutomatically({ every: 3000 })

// What is taken out is out from then on: the page says so.
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest("a[download]")) setTimeout(() => location.reload(), 1500)
})

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("[data-refuse]")
  if (!button) return
  const reason = await prompt({ title: t("Why do you not consent?"), yes: t("Do not consent") })
  if (!reason) return
  const [method, path] = button.getAttribute("data-refuse").split(" ")
  const answer = await ask(path, { method, json: { reason }, proof: isObject })
  if (answer.ok) location.reload()
  else toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
})
