/** The pages of tasks work as plain forms; here a file can come along with a step, and days are typed as they are written. */

import "./desk.js"
import { dayFields } from "../lib/day-field.js"
import { submitOnce } from "../lib/submit-once.js"
import { ask, unanswered } from "../lib/ask.js"
import { t } from "../lib/t.js"

dayFields(document)
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(".step-form"))) {
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-file]"))
  if (field) takesFile(form, field)
  submitOnce(form)
}

function takesFile(form, field) {
  field.closest("[data-evidence]").hidden = false
  form.addEventListener("submit", (event) => {
    if (!field.files.length) return
    // Before the others hear of it: this goes another way.
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!form.dataset.sending) send(form, field)
  })
}

/** The step and its file in one request; afterwards the page is read anew. */
async function send(form, field) {
  const button = form.querySelector("[type=submit]")
  const values = Object.fromEntries(new FormData(form))
  const args = { text: values.text }
  if (values.unit) args.unit = values.unit
  if (values.percent) args.percent = Number(String(values.percent).replace("%", ""))
  const body = new FormData()
  body.append("id", String(values.id))
  body.append("name", String(values.name))
  body.append("args", JSON.stringify(args))
  body.append("file", field.files[0])
  form.dataset.sending = "yes"
  button.setAttribute("aria-busy", "true")
  const answer = await ask(`/api/tasks/${form.dataset.task}/steps`, { method: "POST", form: body })
  if (answer.ok) return location.reload()
  delete form.dataset.sending
  button.removeAttribute("aria-busy")
  const line = form.querySelector("[data-file-error]")
  line.textContent = answer.status
    ? answer.body.error.message || t("The server could not do that.")
    : unanswered(answer)
  line.hidden = false
  field.focus()
}
