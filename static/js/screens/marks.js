/** My notes: a line opens its paper at its page; a paper is saved with its marks. */

import "./desk.js"
import { saveCopy } from "../lib/marked-copy.js"
import { openPaper } from "../parts/page/paper-viewer.js"

document.addEventListener("click", (event) => {
  const place = /** @type {Element} */ (event.target).closest("[data-paper]")
  if (place) openPaper(JSON.parse(place.dataset.paper), Number(place.dataset.at) || 1)
})

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-export]")))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    save(form)
  })

async function save(form) {
  const button = form.querySelector("[type=submit]")
  const line = form.querySelector("[data-said]")
  const { what, kind } = Object.fromEntries(new FormData(form))
  button.disabled = true
  line.hidden = false
  try {
    await saveCopy(form.dataset.export, { what, kind }, (words) => (line.textContent = words))
  } catch (problem) {
    line.textContent = problem.message
  }
  button.disabled = false
}
