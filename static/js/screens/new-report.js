/** The form in which the report of a case is registered. */

import "./desk.js"
import { dayFields } from "../lib/day-field.js"
import { growing } from "../lib/growing-field.js"
import { submitOnce } from "../lib/submit-once.js"

/** @type {HTMLFormElement} */
const form = document.querySelector(".new-report")
growing(form)
dayFields(form)
submitOnce(form)
/** @type {HTMLElement} */
const wrong = form.querySelector("[aria-invalid]")
wrong?.focus()
