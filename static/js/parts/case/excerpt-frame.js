/** The frames of an excerpt are drawn anew, on the page as it is scanned now; they fit its words where these are known. */

import { snapped } from "../../case/snap.js"
import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { wordsUrl } from "../../pages/page-words.js"
import { ZoomFrame } from "../stage/zoom-frame.js"
import "./case-page.js"

/** The new frame instead of the `n`th; null where nobody drew one. @param {any} excerpt @param {number} n */
export async function drawAnew({ document: id, page, rects }, n) {
  const words = ask(wordsUrl(id, page), { proof: shaped({ words: "list" }) })
  const sheet = /** @type {any} */ (document.createElement("case-page"))
  sheet.className = "excerpt-page"
  sheet.setAttribute("passive", "")
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
  const { ok, body } = await words
  return snapped(drawn, ok ? body.words : [])
}
