/** The page of a meeting: its papers open in place, it prints, and it follows what is changed meanwhile. */

import "./desk.js"
import { keepFresh } from "../lib/fresh.js"
import { openPaper } from "../parts/paper-viewer.js"

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-paper]")
  if (link) openPaper(JSON.parse(link.dataset.paper), Number(link.dataset.at) || 1)
  if (event.target.closest("[data-print]")) window.print()
})

keepFresh({ every: 15000 })
