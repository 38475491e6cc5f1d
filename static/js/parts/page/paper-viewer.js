/** A paper opened over the screen, in the reader; no meeting is needed. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import "../reader/paper-reader.js"
import "../reader/reader-keep.js"
import "../reader/reader-marks.js"

/**
 * `paper` is {title, document, pages, shape: [[first page, width, height], …], download, id?, t?, mode?}; `at` the page it is
 * opened at, otherwise where this person stopped reading. `find` are words to be framed; `moved(page)` hears of each other
 * page; `signal` ends it. Resolves when it is closed, with the page that was read last.
 * @param {any} paper
 * @param {number} [at]
 * @param {{ find?: string, moved?: (page: number) => void, signal?: AbortSignal }} how
 */
export function openPaper(paper, at = undefined, { find, moved, signal } = {}) {
  let last = at
  const closed = show(
    (close) => {
      signal?.addEventListener("abort", () => close(last), { once: true })
      return html`<paper-reader .paper=${{ ...paper }} .at=${at} @close=${() => close(last)} @place=${({ detail }) => {
        last = detail.page
        moved?.(last)
      }}></paper-reader>`
    },
    { label: paper.title },
  )
  const dialogs = document.querySelectorAll("dialog[open]")
  const dialog = dialogs[dialogs.length - 1]
  dialog.classList.add("viewer-dialog")
  const reader = /** @type {any} */ (dialog.querySelector("paper-reader"))
  // Escape leaves first what lies over the page.
  dialog.addEventListener("cancel", (event) => reader.escape() && event.preventDefault())
  reader.querySelector("[data-window]").focus({ preventScroll: true })
  if (find) reader.find(find)
  return closed
}
