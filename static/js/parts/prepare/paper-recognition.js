/** How far the recognition of a paper's words is: pages of scans have none of their own. */

import { html, nothing } from "../../lib/html.js"
import { t, tn } from "../../lib/t.js"

const NAMED = 8

/** `one` is a document as the server tells it. Says nothing of a paper whose pages have words. */
export function recognitionOf(one) {
  const found = one?.recognition
  if (!found || one.status !== "ready") return nothing
  const { state, done, of, hard, found: recognised } = found
  if (state === "waiting")
    return html`<span class="recognition help"><span>${t("Recognising words {done}/{of}", { done, of })}</span>
      <progress max=${of} .value=${done} aria-label=${t("Recognising words of “{title}”", { title: one.title })}></progress></span>`
  if (state === "missing")
    return html`<span class="why">${tn("{n} page without words: it cannot be searched. Please have tesseract-ocr and tesseract-ocr-vie installed on the server.", "{n} pages without words: they cannot be searched. Please have tesseract-ocr and tesseract-ocr-vie installed on the server.", of - done)}</span>`
  if (state === "off")
    return html`<span class="help">${tn("{n} page without words: recognition is switched off on this server", "{n} pages without words: recognition is switched off on this server", of - done)}</span>`
  if (!recognised) return nothing
  return html`<span class="help">${tn("Words of {n} page were recognised and may be wrong", "Words of {n} pages were recognised and may be wrong", recognised)}${
    hard.length
      ? html`; ${tn("hard to read: page {list}", "hard to read: pages {list}", hard.length, { list: listed(hard) })}`
      : nothing
  }</span>`
}

const listed = (pages) => pages.slice(0, NAMED).join(", ") + (pages.length > NAMED ? " …" : "")
