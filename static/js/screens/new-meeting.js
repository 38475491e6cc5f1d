/** The form of a new meeting: the question on state secrets decides which fields there are. */

import "./desk.js"
import { dayFields } from "../lib/day-field.js"
import { fit, growing } from "../lib/growing-field.js"
import { submitOnce } from "../lib/submit-once.js"
import { spokenTimes } from "../lib/spoken-times.js"

/** @type {HTMLFormElement} */
const form = document.querySelector(".new-meeting")
const elements = /** @type {any} */ (form.elements)

function follow() {
  const answer = elements.secrecy.value
  const shell = answer === "secret" || answer === "unsure"
  form.querySelector(".rest").hidden = !answer
  /** @type {HTMLButtonElement} */
  const submit = form.querySelector("[type=submit]")
  submit.disabled = !answer
  for (const part of form.querySelectorAll(".shell-only")) show(part, shell)
  for (const part of form.querySelectorAll(".open-only")) show(part, !shell)
}

function show(part, on) {
  part.hidden = !on
  if (part.matches("fieldset")) part.disabled = !on
}

function speak() {
  const place = form.querySelector("[data-spoken]")
  const words = spokenTimes(
    elements.day.value,
    elements.starts.value,
    elements.last_day.value || elements.day.value,
    elements.ends.value,
  )
  place.textContent = words
  place.hidden = !words
}

form.addEventListener("change", () => {
  follow()
  speak()
})
form.addEventListener("input", speak)
growing(form)
dayFields(form)
submitOnce(form)
follow()
speak()
/** @type {NodeListOf<HTMLTextAreaElement>} */
const areas = form.querySelectorAll("textarea[data-one-line]")
for (const area of areas) if (area.value) fit(area)
const wrong = form.querySelector("[aria-invalid]")
if (wrong) wrong.focus()
