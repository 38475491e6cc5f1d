/** The bar of the reader: whose paper, which page, and what can be done. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { nameOfPage } from "../../reader/layout.js"
import { isHard, recognisedWords } from "../../reader/recognised.js"

export function drawBar(reader) {
  const { paper, state } = reader
  const usable = !state
  return html`
    <header class="reader-bar">
      <button class="button icon-only" type="button" aria-label=${t("Close")} title=${t("Close")} data-close @click=${() => reader.leave()}>${icon("x")}</button>
      <h2 class="one-line">${paper.title}</h2>
      <button class="button reader-where" type="button" ?hidden=${!usable} aria-expanded=${reader.panel === "goto"} aria-keyshortcuts=${keyOf("G")} title=${withKey(t("Go to page"), "G")}
        aria-label=${t("Page {page} of {pages}. Go to page", { page: nameOfPage(reader.page, reader.outline.labels), pages: paper.pages })} @click=${() => reader.open("goto")}><b data-where>${nameOfPage(reader.page, reader.outline.labels)}</b> <small>/ ${paper.pages}</small></button>
      <div class="reader-tools" role="toolbar" aria-label=${t("Reading")} ?hidden=${!usable}>
        ${reader.buttons.map(
          (one) => html`
          <button class="button icon-only" type="button" data-tool=${one.name} aria-pressed=${one.pressed ? String(Boolean(one.pressed())) : nothing} aria-keyshortcuts=${one.key ? keyOf(one.key.toUpperCase()) : nothing}
            aria-label=${one.word()} title=${one.key ? withKey(one.word(), one.key.toUpperCase()) : one.word()} @click=${() => one.act(reader)}>${icon(one.sign)}</button>`,
        )}
        ${tool(reader, "find", "search", t("Find in the paper"), "Control+F")}
        ${tool(reader, "contents", "list", t("Contents and pages"))}
        ${tool(reader, "view", "sliders-horizontal", t("How to read"))}
        ${paper.download ? html`<a class="button icon-only" href=${`/documents/${encodeURIComponent(paper.document)}/file`} download aria-label=${t("Download")} title=${t("Download")}>${icon("download")}</a>` : nothing}
      </div>
    </header>`
}

function tool(reader, name, sign, word, key = undefined) {
  const open = name === "find" ? Boolean(reader.finder?.shown) : reader.panel === name
  const act = () => (name === "find" ? reader.finder.toggle() : reader.open(name))
  return html`<button class="button icon-only" type="button" data-tool=${name} aria-expanded=${open} aria-keyshortcuts=${key ?? nothing} aria-label=${word} title=${word} @click=${act}>${icon(sign)}</button>`
}

/** After a link inside the paper: the way back. */
export function drawBack(reader) {
  const page = reader.came[reader.came.length - 1]
  if (!page) return nothing
  return html`<button class="button primary reader-back" type="button" @click=${() => reader.goBack()}>${icon("undo-2")}<span>${t("Back to page {page}", { page: nameOfPage(page, reader.outline.labels) })}</span></button>`
}

/** The words of the page were recognised: what is found or copied may be wrong. */
export function drawRecognised(reader) {
  const conf = reader.state || reader.largePrint ? undefined : reader.recognised
  if (conf === undefined) return nothing
  return html`<p class="reader-mark ${isHard(conf) ? "hard" : ""}" title=${t("The words of this page were recognised from a picture and may be wrong.")}>${icon("scan", { kind: "small" })}<span>${recognisedWords(conf)}</span></p>`
}
