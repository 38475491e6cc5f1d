/** Go to a page by its number: a dialog with one field, and the pages in small around the present one. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { turn } from "../stage/stage-hand.js"

/** How many small pages are offered; the number reaches the others. */
const OFFERED = 24

export async function askForPage(meeting) {
  const { page, pages, document: paper } = meeting.view.stage
  if (!pages) return
  const chosen = await show(
    (close) => html`
    <form class="page-picker" method="dialog" novalidate @submit=${(event) => submit(event, pages, close)}>
      <div class="dialog-body">
        <h2>${t("Go to page")}</h2>
        <div class="picker-line">
          <label class="visually-hidden" for="picked-page">${t("Page number, 1 to {pages}", { pages })}</label>
          <input id="picked-page" class="input" name="page" inputmode="numeric" pattern="[0-9]*" autocomplete="off" autofocus
            aria-describedby="picked-of" .value=${String(page)} @focus=${(event) => event.target.select()}>
          <span id="picked-of">/ ${pages}</span>
          <button class="button primary big" type="submit">${t("Go")}</button>
        </div>
        <p class="picker-wrong" role="alert" hidden>${t("There are pages 1 to {pages}.", { pages })}</p>
        <div class="picker-pages">${near(page, pages).map(
          (n) => html`
          <button type="button" aria-label=${t("Page {page}", { page: n })} aria-current=${n === page ? "page" : "false"} @click=${() => close(n)}>
            ${thumb(paper, n, { lazy: true })}<span>${n}</span></button>`,
        )}
        </div>
      </div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button></div>
    </form>`,
    { wide: pages > 6 },
  )
  if (chosen) turn(meeting, chosen)
}

function submit(event, pages, close) {
  event.preventDefault()
  const wanted = Number(event.target.elements.page.value.trim())
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages) return close(wanted)
  event.target.querySelector(".picker-wrong").hidden = false
  event.target.elements.page.select()
  return undefined
}

function near(page, pages) {
  const first = Math.max(1, Math.min(page - OFFERED / 2, pages - OFFERED + 1))
  return Array.from({ length: Math.min(OFFERED, pages) }, (_, i) => first + i)
}
