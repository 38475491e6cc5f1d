/** Two versions of a paper, page beside page in step, or one over the other; what is new and what is gone is framed. */

import { api } from "../../lib/api.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { uid } from "../../lib/uid.js"
import { FULL, pageUrl } from "../../pages/page-files.js"

/** `old` and `fresh` are documents; `at` the page of the new one it opens at. Resolves when it is closed. */
export async function compareVersions(paper, old, fresh, at = 0) {
  const name = uid()
  const match = await api("GET", `/api/documents/${fresh}/match?old=${old}`, undefined, shaped({ map: "list" })).catch(
    () => null,
  )
  const rows = match ? rowsOf(match) : []
  let now = Math.max(
    0,
    rows.findIndex((row) => row.new === at),
  )
  let [flip, front, changes] = [false, "new", undefined]
  const closed = show(
    (close) => {
      queueMicrotask(() => ready(close))
      return html`<div class="compare" data-compare=${name}></div>`
    },
    { label: t("What changed in “{title}”", { title: paper.title }), wide: true },
  )
  /** @type {() => void} */
  let leave = () => undefined

  async function look(n) {
    now = Math.min(Math.max(0, n), rows.length - 1)
    changes = undefined
    draw()
    const row = rows[now]
    if (!row?.new || !row.old) return
    const url = `/documents/${fresh}/changes/${row.new}.json?old=${old}`
    const found = await api("GET", url, undefined, shaped({ added: "list" })).catch(() => undefined)
    if (rows[now] === row) changes = found
    draw()
  }

  function ready(close) {
    leave = close
    const dialog = document.querySelector(`[data-compare="${name}"]`)?.closest("dialog")
    dialog?.classList.add("compare-dialog")
    if (rows.length) look(now)
    else draw()
  }

  function draw() {
    const place = document.querySelector(`[data-compare="${name}"]`)
    if (!(place instanceof HTMLElement)) return
    const row = rows[now]
    render(
      html`
      <header class="compare-head">
        <h2 class="one-line">${paper.title}</h2>
        ${
          row?.old && row.new
            ? html`<button class="button" type="button" aria-pressed=${flip} @click=${() => {
                flip = !flip
                draw()
              }}>${icon("copy")}<span class="wide-only">${t("One over the other")}</span></button>`
            : nothing
        }
        ${
          flip
            ? html`<button class="button primary" type="button" @click=${() => {
                front = front === "new" ? "old" : "new"
                draw()
              }}>${front === "new" ? t("New") : t("Old")}</button>`
            : nothing
        }
        <button class="button icon-only" type="button" aria-label=${t("Previous change")} ?disabled=${now <= 0} @click=${() => look(now - 1)}>${icon("chevron-left")}</button>
        <button class="button icon-only" type="button" aria-label=${t("Next change")} ?disabled=${now >= rows.length - 1} @click=${() => look(now + 1)}>${icon("chevron-right")}</button>
        <button class="button icon-only" type="button" aria-label=${t("Close")} @click=${() => leave()}>${icon("x")}</button>
      </header>
      ${row ? body(row) : html`<p class="state">${match ? t("Every page is the same.") : t("The two versions cannot be compared at the moment.")}</p>`}`,
      place,
    )
  }

  function body(row) {
    return html`<div class="compare-body">
      <ol class="compare-list plain">${rows.map(
        (
          each,
          n,
        ) => html`<li><button type="button" aria-current=${n === now ? "true" : "false"} @click=${() => look(n)}>
          <b>${each.word}</b>${each.numbers ? html`<span class="badge">${t("numbers only")}</span>` : nothing}
          ${each.text ? html`<small>− ${each.text[0] || "…"}<br>+ ${each.text[1] || "…"}</small>` : nothing}</button></li>`,
      )}</ol>
      <div class="compare-pages ${flip && row.old && row.new ? "flip" : ""}">
        ${!flip || front === "old" || !row.new ? side(row.old, old, t("Old"), changes?.removed, "gone", "−") : nothing}
        ${!flip || front === "new" || !row.old ? side(row.new, fresh, t("New"), [...(changes?.added ?? []), ...(changes?.rects ?? [])], "fresh", "+") : nothing}
      </div></div>`
  }

  return closed
}

function side(page, document, word, boxes = [], kind = "", sign = "") {
  if (!page)
    return html`<figure class="compare-page none"><figcaption>${word}</figcaption><p>${t("There is no such page in this version.")}</p></figure>`
  return html`<figure class="compare-page"><figcaption>${word} · ${t("Page {page}", { page })}</figcaption>
    <div class="compare-sheet"><img src=${pageUrl(document, page, FULL)} alt=${t("Page {page}", { page })}>
      <svg class=${kind} viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">${boxes.map(
        ([x, y, w, h]) => svg`<rect x=${x * 1000} y=${y * 1000} width=${w * 1000} height=${h * 1000}></rect>
          <path d="M${x * 1000} ${(kind === "gone" ? y + h / 2 : y + h) * 1000}h${w * 1000}"></path>`,
      )}</svg></div>
    ${boxes.length ? html`<p class="help">${sign} ${kind === "gone" ? t("struck through: gone") : t("underlined: new")}</p>` : nothing}</figure>`
}

/** What has changed, numbers first, then the pages that are new or gone: [{old?, new?, word, numbers?, text?}]. */
export function rowsOf({ changed, added, removed }) {
  return [
    ...changed.map((one) => ({
      old: one.old,
      new: one.new,
      numbers: one.numbers,
      text: one.texts[0],
      word: t("Page {page}", { page: one.new }),
    })),
    ...added.map((page) => ({ new: page, word: t("+ page {page}, new", { page }) })),
    ...removed.map((page) => ({ old: page, word: t("− page {page}, left out", { page }) })),
  ]
}
