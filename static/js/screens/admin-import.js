// The preview of a list: says on the button how many will be imported.
import "./admin-forms.js"
import { tn } from "../lib/t.js"

/** @type {HTMLFormElement} */
const form = document.querySelector("[data-preview]")
/** @type {HTMLButtonElement} */
const button = form.querySelector("[data-import]")
const label = form.querySelector("[data-import-label]")

function count() {
  const n = form.querySelectorAll("input[name=take]:checked").length
  label.textContent = tn("Import {n} person", "Import {n} people", n)
  button.disabled = n === 0
}

// A row may only be imported once its unit exists: ticking a new unit asks the server to look again.
for (const unit of form.querySelectorAll("input[name=new_unit]")) {
  unit.addEventListener("change", () => {
    form.action = "/admin/import"
    form.submit()
  })
}
form.addEventListener("change", count)
count()
