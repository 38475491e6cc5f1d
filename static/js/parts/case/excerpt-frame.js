/**
 * Excerpts are mended on the page as it is scanned now: frames are drawn anew, words in them are marked. Both fit the words
 * of the page where these are known.
 */

import { snapped } from "../../case/snap.js"
import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, render } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { wordsUrl } from "../../pages/page-words.js"
import { ZoomFrame } from "../stage/zoom-frame.js"
import "./case-page.js"
import { WordMarker } from "./word-marker.js"

/** The new frame instead of the `n`th; null where nobody drew one. @param {any} excerpt @param {number} n */
export async function drawAnew({ document: id, page, rects }, n) {
  const words = wordsOf(id, page)
  const sheet = sheetOf()
  const head = rects.length > 1 ? t("Draw frame {n} of {of} anew", { n: n + 1, of: rects.length }) : t("Draw it anew")
  let frame
  const drawn = await show(
    (close) => {
      setTimeout(() => {
        sheet.place = { document: id, page, callouts: undefined }
        frame = new ZoomFrame(sheet, (rect) => close(rect), t("Draw a frame round the part that is to be kept."))
      })
      return html`<div class="dialog-body"><h2>${head}</h2>${sheet}</div>`
    },
    { wide: true, label: head },
  )
  frame?.end() // closed beside it: it would still take the next Escape
  if (!drawn) return null
  return snapped(drawn, await words)
}

/** The lines that are marked in an excerpt now; null where that is not to be kept. @param {any} excerpt */
export function markWords({ document: id, page, rects, marks }) {
  const words = wordsOf(id, page)
  const sheet = sheetOf()
  const tools = document.createElement("div")
  tools.className = "excerpt-marking"
  let now = marks
  let marker
  const label = t("Mark words")
  const ended = show(
    (close) => {
      setTimeout(() => {
        sheet.place = { document: id, page, callouts: rects, marks }
        marker = new WordMarker(sheet, {
          words,
          saved: (changed) => {
            now = changed
          },
          ended: (left) => close(left ? null : now),
          mayLeave: true,
        })
        const draw = () => render(marker.tools, tools)
        marker.addEventListener("change", draw)
        draw()
      })
      return html`<div class="dialog-body excerpt-body"><h2>${label}</h2>${sheet}${tools}</div>`
    },
    { wide: true, label },
  )
  return ended.finally(() => marker?.end())
}

/** The words of a page, none where they cannot be had. */
async function wordsOf(id, page) {
  const { ok, body } = await ask(wordsUrl(id, page), { proof: shaped({ words: "list" }) })
  return ok ? body.words : []
}

function sheetOf() {
  const sheet = /** @type {any} */ (document.createElement("case-page"))
  sheet.className = "excerpt-page"
  sheet.setAttribute("passive", "")
  return sheet
}
