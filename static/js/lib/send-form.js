/**
 * Forms and buttons that ask the JSON API: `data-send="POST /api/…"`, with `data-then`, where to go afterwards ({name} is
 * filled from the answer; the page anew otherwise), `data-json` for a button, `data-confirm` for a question before.
 * What is wrong is said at its field (`data-error="name"`), and above (`data-problem`).
 */

import { ask, NOTHING, unanswered } from "./ask.js"
import { confirm } from "./dialog.js"
import { isObject } from "./proof.js"
import { t } from "./t.js"
import { toast } from "./toast.js"

export function sendForms() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target)
    if (!form.dataset.send) return
    event.preventDefault()
    send(form, valuesOf(form), form)
  })
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button[data-send]")
    if (button instanceof HTMLButtonElement)
      send(button, button.dataset.json ? JSON.parse(button.dataset.json) : {}, button.closest("section"))
  })
}

/** Every field by its name; those that may stand several times (`data-list`) as lists. @param {HTMLFormElement} form */
function valuesOf(form) {
  const lists = new Set([...form.querySelectorAll("[data-list]")].map((field) => field.getAttribute("name")))
  const values = {}
  for (const name of lists) values[name] = []
  for (const [name, value] of new FormData(form)) {
    if (lists.has(name)) values[name].push(value)
    else values[name] = value
  }
  return values
}

/** @param {HTMLElement} from @param {object} json @param {HTMLElement | null} place */
async function send(from, json, place) {
  const question = from.dataset.confirm
  if (question && !(await confirm({ title: question }))) return
  if (from.dataset.busy) return
  from.dataset.busy = "yes"
  const [method, path] = from.dataset.send.split(" ")
  const proof = method === "DELETE" ? (body) => body === undefined || NOTHING(body) || isObject(body) : isObject
  const answer = await ask(path, { method, json, proof })
  delete from.dataset.busy
  if (answer.ok) {
    const filled = (from.dataset.then || "").replace(/\{(\w+)\}/g, (_whole, name) =>
      encodeURIComponent(answer.body?.[name] ?? ""),
    )
    if (filled) location.assign(filled)
    else location.reload()
    return
  }
  sayProblem(place, answer)
}

/** @param {HTMLElement | null} place @param {any} answer */
function sayProblem(place, answer) {
  const error = answer.status ? answer.body.error : { message: unanswered(answer) }
  const words = error.message || t("The server could not do that.")
  const fields = error.fields || {}
  for (const line of place?.querySelectorAll("[data-error]") ?? []) {
    line.textContent = fields[line.dataset.error] || ""
    line.hidden = !line.textContent
  }
  const problem = place?.querySelector("[data-problem]")
  if (!problem) return void toast(words, { kind: "bad" })
  problem.textContent = words
  problem.hidden = false
  // The first in the order of the form: an answer has its fields in that of the alphabet.
  const field = [...place.querySelectorAll("[name]")].find((each) => each.getAttribute("name") in fields)
  ;(field || problem).scrollIntoView({ block: "center" })
  if (field instanceof HTMLElement) field.focus({ preventScroll: true })
}
