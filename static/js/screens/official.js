/** The page of a meeting's documents works as plain forms; here a look follows what has been picked beside it. */

import "./desk.js"
import { questions, submitsOnce } from "./admin-helpers.js"

submitsOnce()
questions()

for (const form of document.querySelectorAll(".official-make"))
  form.addEventListener("change", () => {
    const picked = [...form.querySelectorAll("select")].filter((select) => select.value)
    const query = new URLSearchParams(picked.map((select) => [select.name, select.value]))
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (form.querySelectorAll("[data-look]"))) {
      const address = new URL(link.href)
      address.search = query.toString()
      link.href = address.href
    }
  })
