/** What whoever prepares a meeting should know of a paper before others see it; each page named can be looked at. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { openPaper } from "../page/paper-viewer.js"

const SHOWN = 12

/** `paper` as for `openPaper`; `warnings` are [{code, page?, message}] of its document. Says nothing if there are none. */
export function warningsOf(paper, warnings) {
  if (!warnings?.length) return nothing
  const lines = new Map()
  for (const { message, page } of warnings) {
    if (!lines.has(message)) lines.set(message, [])
    if (page) lines.get(message).push(page)
  }
  return html`
    <ul class="paper-warnings plain" aria-label=${t("Please check before release: {title}", { title: paper.title })}>
      ${[...lines].map(
        ([message, pages]) => html`
        <li>${icon("file-warning")}<span class="grow">${message} ${pages.length ? pageLinks(paper, pages) : nothing}</span></li>`,
      )}
    </ul>`
}

function pageLinks(paper, pages) {
  const rest = pages.length - SHOWN
  return html`<span class="warning-pages">${pages.slice(0, SHOWN).map(
    (n) => html`
    <button class="button quiet" type="button" @click=${() => openPaper(paper, n)}>${t("Page {n}", { n })}</button>`,
  )}
    ${rest > 0 ? html`<span class="help">+${rest}</span>` : nothing}</span>`
}
