/** What opens beside the pages: contents, small pages, ways of reading, a page by its number. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { saveCopy } from "../../lib/marked-copy.js"
import { toast } from "../../lib/toast.js"
import { thumb } from "../../pages/thumb.js"
import { nameOfPage, pageSize } from "../../reader/layout.js"

const AROUND = 60

export function panel(reader) {
  const draw = { contents, view, goto: numbers }[reader.panel]
  if (!draw) return nothing
  const [name, body] = draw(reader)
  return html`
    <aside class="reader-panel ${reader.panel}" role="region" aria-label=${name}>
      <header><h3>${name}</h3><button class="button quiet icon-only" type="button" aria-label=${t("Close")} @click=${() => reader.open("")}>${icon("x")}</button></header>
      ${body}
    </aside>`
}

function contents(reader) {
  const { outline, paper, page } = reader
  // The last heading that stands on or before this page.
  const now = outline.entries.reduce((found, entry, n) => (entry.page <= page ? n : found), -1)
  const first = Math.max(1, Math.min(page - AROUND / 2, paper.pages - AROUND + 1))
  const small = Array.from({ length: Math.min(AROUND, paper.pages) }, (_, n) => first + n)
  return [
    t("Contents and pages"),
    html`
    ${
      outline.entries.length
        ? html`
      <ol class="plain reader-contents" aria-label=${t("Contents")}>${outline.entries.map(
        (entry, n) => html`
        <li class="level-${entry.level}"><button type="button" aria-current=${n === now ? "true" : nothing} @click=${() => reader.go(entry.page, { back: true })}><span>${entry.title}</span><small>${nameOfPage(entry.page, outline.labels)}</small></button></li>`,
      )}</ol>`
        : nothing
    }
    <ol class="plain reader-thumbs" aria-label=${t("Pages")}>${small.map((n) => {
      const { w, h } = pageSize(paper.shape, n)
      return html`
      <li><button type="button" data-page-thumb=${n} aria-label=${t("Page {page}", { page: nameOfPage(n, outline.labels) })} aria-current=${n === page ? "page" : nothing} @click=${() => reader.go(n)}>
        ${thumb(paper.document, n, { lazy: true, width: Math.round(w), height: Math.round(h) })}<span>${nameOfPage(n, outline.labels)}</span></button></li>`
    })}</ol>
    ${paper.pages > AROUND ? html`<p class="quiet-text small reader-more">${t("Other pages: go there by their number.")}</p>` : nothing}`,
  ]
}

function numbers(reader) {
  const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0"]
  const field = () => reader.querySelector("[data-typed]")
  const press = (key) => () => {
    const at = field()
    at.value = key === "⌫" ? at.value.slice(0, -1) : at.value + key
  }
  return [
    t("Go to page"),
    html`
    <form class="reader-goto" novalidate @submit=${(event) => {
      event.preventDefault()
      reader.goTyped(field().value)
    }}>
      <label class="visually-hidden" for="reader-typed">${t("Page number, 1 to {pages}", reader.paper)}</label>
      <input id="reader-typed" class="input" data-typed inputmode="numeric" autocomplete="off" autofocus placeholder=${`1 – ${reader.paper.pages}`}>
      <div class="reader-pad">${keys.map((key) => html`<button class="button" type="button" aria-label=${key === "⌫" ? t("Delete the last figure") : nothing} @click=${press(key)}>${key}</button>`)}
        <button class="button primary" type="submit">${t("Go")}</button></div>
    </form>`,
  ]
}

function view(reader) {
  const { look, sheets } = reader
  const choice = (on, sign, word, act, more = /** @type {unknown} */ (nothing)) => html`
    <button class="wide-row" type="button" aria-pressed=${String(on)} @click=${act}>${icon(sign)}<span class="grow">${word}${more}</span>${on ? icon("check") : nothing}</button>`
  const layout = (name, sign, word) =>
    choice(reader.layout === name, sign, word, () => reader.setLook({ layout: name }))
  const fit = (name, sign, word) => choice(look.fit === name, sign, word, () => reader.setLook({ fit: name }))
  return [
    t("How to read"),
    html`
    <div class="rows" role="group" aria-label=${t("Pages")}>
      ${layout("one", "file", t("One page"))}
      ${layout("scroll", "arrow-up-down", t("Scrolling"))}
      ${reader.clientWidth >= 1000 ? layout("two", "book-open", t("Two pages")) : nothing}
    </div>
    <div class="rows" role="group" aria-label=${t("Size")}>
      ${fit("read", "file-text", t("Comfortable"))}
      ${fit("width", "move-horizontal", t("Fit width"))}
      ${fit("whole", "minimize", t("Whole page"))}
      <div class="reader-zoom"><button class="button" type="button" aria-label=${t("Smaller")} @click=${() => reader.zoomBy(0.8)}>${icon("zoom-out")}</button>
        <output>${Math.round(sheets.zoom * 100)} %</output>
        <button class="button" type="button" aria-label=${t("Larger")} @click=${() => reader.zoomBy(1.25)}>${icon("zoom-in")}</button></div>
    </div>
    <div class="rows" role="group" aria-label=${t("For the eyes")}>
      ${choice(look.night, "moon", t("Night"), () => reader.setNight(!look.night), html`<span class="help block">${t("Pictures and stamps keep their colours")}</span>`)}
      ${choice(reader.largePrint, "a-large-small", t("Large print"), () => reader.setLargePrint(!reader.largePrint), html`<span class="help block">${t("The text alone, in large letters")}</span>`)}
    </div>
    ${searchable(reader)}`,
  ]
}

/** Of a scan: the file with its recognised words in it. */
function searchable({ paper, recognised }) {
  if (!paper.download || !paper.id || recognised === undefined) return nothing
  const save = () =>
    saveCopy(paper.id, { what: "words", kind: "annots" }, (words) => toast(words)).catch(({ message }) =>
      toast(message, { kind: "bad" }),
    )
  return html`
    <div class="rows"><button class="wide-row" type="button" data-searchable @click=${save}>${icon("download")}<span class="grow">${t("Download with words")}<span class="help block">${t("A PDF whose recognised words can be found and copied; they may be wrong")}</span></span></button></div>`
}
