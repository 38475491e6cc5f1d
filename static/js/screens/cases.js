/** The list of cases, a new case, the log of one, and taking one over. */

import "./desk.js"
import { sendForms } from "../lib/send-form.js"

sendForms()

// Of what may be a state secret no content is typed.
const contents = /** @type {HTMLFieldSetElement | null} */ (document.querySelector("[data-contents]"))
if (contents)
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.name !== "secrecy") return
    contents.disabled = target.value !== "no"
    contents.hidden = contents.disabled
  })
