/** A paper opened at a desk: all its pages below one another, each loaded when it comes near; no meeting is needed. */

import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { FULL, pageUrl } from "../../pages/page-files.js"
import { t, tn } from "../../lib/t.js"

/** `paper` is {title, document, pages, shape: [[first page, width, height], …], download}; `at` the page it is opened at. Resolves when it is closed. */
export function openPaper(paper, at = 1) {
  const closed = show(
    (close) => html`
    <div class="viewer">
      <header class="viewer-head">
        <h2 class="one-line">${paper.title}</h2>
        <span class="viewer-where" aria-live="off"><span data-where>1</span> / ${paper.pages}</span>
        ${paper.download ? html`<a class="button" href="/documents/${paper.document}/file" download aria-label=${t("Download")}>${icon("download")}<span class="wide-only">${t("Download")}</span></a>` : nothing}
        <button class="button icon-only" type="button" aria-label=${t("Close")} @click=${() => close()}>${icon("x")}</button>
      </header>
      <div class="viewer-pages" tabindex="0" aria-label=${tn("{n} page", "{n} pages", paper.pages)} data-pages>
        ${Array.from({ length: paper.pages }, (_, index) => page(paper, index + 1))}
      </div>
    </div>`,
    { label: paper.title },
  )
  const dialogs = document.querySelectorAll("dialog[open]")
  const dialog = dialogs[dialogs.length - 1]
  dialog.classList.add("viewer-dialog")
  const pages = dialog.querySelector("[data-pages]")
  pages.focus()
  if (at > 1) pages.querySelector(`[data-page="${at}"]`)?.scrollIntoView()
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
  note.onclick = () => {
    note.remove()
    target.hidden = false
    target.src = `${target.src.split("&again")[0]}&again=${Date.now()}`
  }
  figure.append(note)
}

/** Says which page is looked at: the one a quarter down the window; at the end of the paper the last. */
function watch(pages, where) {
  let asked = false
  const say = () => {
    asked = false
    const line = pages.scrollTop + pages.clientHeight / 4
    const figures = [...pages.children]
    const atEnd = pages.scrollTop > 0 && pages.scrollTop + pages.clientHeight > pages.scrollHeight - 4
    const here = atEnd
      ? figures[figures.length - 1]
      : figures.find((figure) => figure.offsetTop - pages.offsetTop + figure.offsetHeight > line)
    where.textContent = (here || figures[figures.length - 1]).dataset.page
  }
  pages.addEventListener(
    "scroll",
    () => {
      if (asked) return
      asked = true
      requestAnimationFrame(say)
    },
    { passive: true },
  )
}
