/**
 * A citation of the case file as chips: one for each label and range, as the server answered (`GET /api/cases/<c>/cite`,
 * `POST` for many). Solid: opens its page; a dotted amber edge: its volume was not yet checked against the paper file; with "?":
 * several pages have this number; dotted red: there is none.
 */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

/** Where a page of a case is read. @param {string} case_ @param {{document: string, page: number}} page */
export const addressOf = (case_, { document, page }, query = "") =>
  `/cases/${encodeURIComponent(case_)}/pages/${encodeURIComponent(document)}/${page}${query}`

/**
 * @param {any} answer one citation
 * @param {{ case_: string, open?: (item: any, event: Event) => void }} how `open` takes a tap instead of the link
 */
export function blChips(answer, { case_, open }) {
  const items = answer.items ?? []
  return html`<span class="bl-chips">${items.map(
    (item, n) =>
      html`${
        item.against && !items[n - 1]?.against
          ? html`<span class="bl-against" aria-label=${t("compared with")}>↔</span>`
          : nothing
      }${blChip(item, { case_, open })}`,
  )}</span>`
}

/** @param {any} item @param {{ case_: string, open?: (item: any, event: Event) => void }} how */
export function blChip(item, { case_, open }) {
  const [first] = item.pages
  const look = lookOf(item)
  const words = html`<span>BL ${item.label}</span>${SIGNS[look] ? icon(SIGNS[look]) : nothing}`
  if (!first) return html`<span class="bl-chip none" title=${t("There is no such number in the file")}>${words}</span>`
  const query =
    item.result === "several" || item.pages.length > 1 ? `?cite=${encodeURIComponent(`BL ${item.label}`)}` : ""
  return html`<a class="bl-chip ${look}" href=${addressOf(case_, first, query)} title=${titleOf(item, look)}
    @click=${open ? (event) => [event.preventDefault(), open(item, event)] : nothing}>${words}</a>`
}

const SIGNS = { several: "circle-question-mark", none: "circle-alert" }

/** several · none · unchecked · "" */
export function lookOf({ result, pages }) {
  if (result !== "one") return result
  return pages.every((page) => page.checked) ? "" : "unchecked"
}

function titleOf({ pages: [first] }, look) {
  const place = [first.volume ? t("Volume {n}", { n: first.volume }) : "", first.title].filter(Boolean).join(" · ")
  if (look === "several") return t("Several pages have this number")
  return look === "unchecked" ? `${place} · ${t("not yet checked against the paper file")}` : place
}
