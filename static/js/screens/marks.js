/** My notes: a line opens its paper at its page. */

import "./desk.js"
import { openPaper } from "../parts/page/paper-viewer.js"

document.addEventListener("click", (event) => {
  const place = /** @type {Element} */ (event.target).closest("[data-paper]")
  if (place) openPaper(JSON.parse(place.dataset.paper), Number(place.dataset.at) || 1)
})
