/** Skeletons of text that can be put into the minutes: those for this kind of meeting first. */

/** @import { NoteBox } from "./note-box.js" */

import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { chooseText } from "./text-chooser.js"

/** @param {NoteBox} box */
export async function showTemplates(box) {
  const answer = await attempt(api("GET", "/api/minutes-templates", undefined, shaped({ templates: "list" })))
  if (!answer) return
  const { kind } = box.meeting.view.meeting
  const fitting = answer.templates.filter((one) => !one.kind || one.kind === kind)
  const wanted = await chooseText([...fitting.filter((one) => one.kind), ...fitting.filter((one) => !one.kind)], {
    title: t("Templates of minutes"),
    name: ({ title }) => title,
    region: t("The text of this template"),
    empty: t("There is no template for this kind of meeting yet."),
    action: t("Put into the text"),
    live: box.live,
    foot: answer.keeps
      ? html`<p><a class="link" href="/minutes-templates" target="_blank" rel="noopener">${t("Write templates")}</a></p>`
      : nothing,
  })
  if (!wanted || !(await box.claim())) return
  box.editor.insertHtml(wanted.html)
  box.editor.focus()
}
