/** The page of the search is a plain form; here the keys that walk through its hits, and the way back to the place. */

import "./desk.js"
import { dayFields } from "../lib/day-field.js"

dayFields(document)

const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".search-hit h2 a, .search-pages a")])
const field = /** @type {HTMLInputElement | null} */ (document.querySelector("#search-q"))

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  if (at < 0 && document.activeElement !== field && document.activeElement !== document.body) return
  const next = at < 0 && step < 0 ? null : links[at + step] || (step < 0 ? field : null)
  if (!next) return
  event.preventDefault()
  next.focus()
})
