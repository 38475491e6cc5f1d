/** Skeletons of text that can be put into the minutes: those for this kind of meeting first. */

/** @import { NoteBox } from "./note-box.js" */

import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { RichText } from "../../lib/rich-view.js"
import { t } from "../../lib/t.js"

/** @param {NoteBox} box */
export async function showTemplates(box) {
  const answer = await attempt(api("GET", "/api/minutes-templates", undefined, shaped({ templates: "list" })))
  if (!answer) return
  const { kind } = box.meeting.view.meeting
  const fitting = answer.templates.filter((one) => !one.kind || one.kind === kind)
  const templates = [...fitting.filter((one) => one.kind), ...fitting.filter((one) => !one.kind)]
  const place = document.createElement("div")
  const sheet = new RichText()
  let chosen = templates[0]
  let close
  const draw = () =>
    render(
      html`<div class="dialog-body">
        <h2>${t("Templates of minutes")}</h2>
        ${
          templates.length
            ? html`<div class="versions-view">
          <ul class="versions-list">${templates.map(
            (one) =>
              html`<li><button type="button" class="wide-row" aria-pressed=${one === chosen} @click=${() => {
                chosen = one
                draw()
              }}>${one.title}</button></li>`,
          )}</ul>
          <div class="versions-text" tabindex="0" role="region" aria-label=${t("The text of this template")}>${sheet.draw(chosen.html, box.live)}</div></div>`
            : html`<p>${t("There is no template for this kind of meeting yet.")}</p>`
        }
        ${answer.keeps ? html`<p><a class="link" href="/minutes-templates" target="_blank" rel="noopener">${t("Write templates")}</a></p>` : nothing}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
        ${chosen ? html`<button type="button" class="button primary" @click=${() => close(chosen)}>${t("Put into the text")}</button>` : nothing}
      </div>`,
      place,
    )
  draw()
  const wanted = await show(
    (end) => {
      close = end
      return place
    },
    { wide: true, label: t("Templates of minutes") },
  )
  if (!wanted || !(await box.claim())) return
  box.editor.insertHtml(wanted.html)
  box.editor.focus()
}
