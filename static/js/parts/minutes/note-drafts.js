/** "Drafts on this device": what this browser has kept of a text, whatever became of the server. */

/** @import { NoteBox } from "./note-box.js" */

import { show } from "../../lib/dialog.js"
import { draftsOf } from "../../lib/draft-history.js"
import { html, nothing, render } from "../../lib/html.js"
import { RichText } from "../../lib/rich-view.js"
import { withoutHidden } from "../../lib/rich-html.js"
import { t } from "../../lib/t.js"
import { date, second } from "../../lib/time.js"
import { keyOf } from "./note-keeper.js"

/** @param {NoteBox} box */
export async function showDrafts(box, off = false) {
  const { meeting, item } = box
  const drafts = await draftsOf(keyOf(meeting.id, meeting.me.id, item))
  const place = document.createElement("div")
  const sheet = new RichText()
  let chosen = drafts[0]
  let close
  const draw = () =>
    render(
      html`<div class="dialog-body">
        <h2>${t("Drafts on this device")}</h2>
        <p class="help">${t("The last {n} versions that were written here, kept in this browser alone.", { n: 50 })}</p>
        ${
          drafts.length
            ? html`<div class="versions-view">
          <ul class="versions-list">${drafts.map(
            (one) =>
              html`<li><button type="button" class="wide-row" aria-pressed=${one === chosen} @click=${() => {
                chosen = one
                draw()
              }}>${second(one.at)}, ${date(one.at)}</button></li>`,
          )}</ul>
          <div class="versions-text" tabindex="0" role="region" aria-label=${t("The text of this version")}>${sheet.draw(chosen.html, box.live)}</div></div>`
            : html`<p>${t("Nothing is kept here yet.")}</p>`
        }
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
        ${chosen && !off ? html`<button type="button" class="button primary" @click=${() => close(chosen)}>${t("Put below the text")}</button>` : nothing}
      </div>`,
      place,
    )
  draw()
  const wanted = await show(
    (end) => {
      close = end
      return place
    },
    { wide: true, label: t("Drafts on this device") },
  )
  if (!wanted || !(await box.claim())) return
  box.editor.insertHtml(withoutHidden(wanted.html).html)
}
