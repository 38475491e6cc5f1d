/** A paper opened at a desk: all its pages below one another, each loaded when it comes near; no meeting is needed. */

import { show } from "../lib/dialog.js"
import { html, nothing } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { FULL, pageUrl } from "../lib/pages.js"
import { t, tn } from "../lib/t.js"

/** `paper` is {title, document, pages, shape: [[first page, width, height], …], download}. Resolves when it is closed. */
export function openPaper(paper) {
  const closed = show((close) => html`
    <div class="viewer">
      <header class="viewer-head">
        <h2 class="one-line">${paper.title}</h2>
        <span class="viewer-where" aria-live="off"><span data-where>1</span> / ${paper.pages}</span>
        ${paper.download ? html`<a class="button" href="/documents/${paper.document}/file" download>${icon("download")}<span class="wide-only">${t("Download")}</span></a>` : nothing}
        <button class="button icon-only" type="button" aria-label=${t("Close")} @click=${() => close()}>${icon("x")}</button>
      </header>
      <div class="viewer-pages" tabindex="0" aria-label=${tn("{n} page", "{n} pages", paper.pages)} data-pages>
        ${Array.from({ length: paper.pages }, (_, index) => page(paper, index + 1))}
      </div>
    </div>`, { label: paper.title })
  const dialogs = document.querySelectorAll("dialog[open]")
  const dialog = dialogs[dialogs.length - 1]
  dialog.classList.add("viewer-dialog")
  const pages = dialog.querySelector("[data-pages]")
  pages.focus()
  watch(pages, dialog.querySelector("[data-where]"))
  return closed
}

function page(paper, n) {
  const [width, height] = sizeOf(paper.shape, n)
  return html`
    <figure class="viewer-page" data-page=${n}>
      <img src=${pageUrl(paper.document, n, FULL)} width=${Math.round(width)} height=${Math.round(height)} loading="lazy" decoding="async"
        alt=${t("Page {n}", { n })} @error=${broken}>
    </figure>`
}

/** The size of a page in points, from the run-length list; A4 if nothing is said. */
function sizeOf(shape, n) {
  const runs = (shape || []).filter(([first]) => first <= n)
  const [, width, height] = runs[runs.length - 1] || [1, 595, 842]
  return [width, height]
}

function broken({ target }) {
  const figure = target.parentElement
  if (figure.querySelector(".viewer-broken")) return
  target.hidden = true
  const note = document.createElement("button")
  note.type = "button"
  note.className = "button viewer-broken"
  note.textContent = t("This page did not load. Try again")
  note.onclick = () => { note.remove(); target.hidden = false; target.src = `${target.src.split("&again")[0]}&again=${Date.now()}` }
  figure.append(note)
}

/** Says which page stands in the middle of the window. */
function watch(pages, where) {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) where.textContent = target.dataset.page
  }, { root: pages, rootMargin: "-45% 0px -45% 0px" })
  for (const figure of pages.children) seen.observe(figure)
}
