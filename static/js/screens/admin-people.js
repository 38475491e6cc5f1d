// The list of people: filters at once while typing; choosing in a list sends the form.
import "./admin-forms.js"
import { stripAccents } from "../lib/strip-accents.js"

/** @type {HTMLFormElement} */
const form = document.querySelector(".people-filter")
/** @type {HTMLInputElement} */
const field = form.querySelector("[name=q]")
const rows = Array.from(document.querySelectorAll("tr[data-find]")).map((row) => ({
  row,
  text: row.dataset.find.normalize("NFC").toLowerCase(),
  bare: stripAccents(row.dataset.find),
}))
const count = document.querySelector("[data-count]")
const nobody = document.querySelector(".nobody")
const whole = count.textContent.trim()
const all = Number((whole.match(/\d+/g) || ["0"]).pop())

form.classList.add("scripted")
for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", () => form.submit())

// What the server filtered out by words is not here: only a longer search can be done without it.
const sent = stripAccents(field.value.trim())
field.addEventListener("input", () => {
  if (!stripAccents(field.value.trim()).startsWith(sent)) return
  const words = field.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  for (const { row, text, bare } of rows) {
    const fits = words.every((word) => (stripAccents(word) === word ? bare : text).includes(word))
    row.hidden = !fits
    if (fits) shown += 1
  }
  count.textContent = count.dataset.count.replace("{shown}", String(shown)).replace("{all}", String(all))
  if (nobody) nobody.hidden = shown > 0
  const table = document.querySelector(".people-table")
  if (table) table.parentElement.hidden = shown === 0
})
