/** What can be set on a paper: its title, its item, who reads it, whether the original may be downloaded. */

import { show } from "../../lib/dialog.js"
import { changesOf } from "../../lib/draft.js"
import { html, nothing } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { reasonFor } from "./paper-release.js"
import { doCommand } from "./prepare-command.js"

/** Ask, then send what was changed; resolves when all is done. */
export async function editPaper(meeting, id) {
  const { papers, agenda } = meeting.view
  const paper = papers[id]
  const started = { title: paper.title, item: paper.item }
  if (!paper.rights) Object.assign(started, { readers: paper.readers, download: Boolean(paper.download) })
  const typed = await show((close) => form({ ...started, rights: paper.rights }, agenda, close), { wide: true })
  if (!typed) return
  const { item, ...rest } = changesOf(started, typed)
  if (rest.readers === "members" && paper.held) {
    const reason = await reasonFor(paper)
    if (!reason) return
    rest.reason = reason
  }
  if (Object.keys(rest).length && !(await doCommand(meeting, "edit_paper", { paper: id, ...rest }))) return
  if (item) await doCommand(meeting, "move_paper", { paper: id, item })
}

function form(paper, agenda, close) {
  const save = (event) => {
    event.preventDefault()
    // Not named "item": that is a method of every form's elements.
    const { title, place, readers, download } = event.target.elements
    if (title.value.trim())
      close({
        ...{ title: title.value.trim(), item: place.value },
        ...(paper.rights ? {} : { readers: readers.value, download: download.checked }),
      })
  }
  return html`
    <form method="dialog" @submit=${save}>
      <div class="dialog-body">
        <h2>${t("Paper")}</h2>
        <div class="field">
          <label for="paper-title">${t("Title")}</label>
          <input id="paper-title" name="title" required maxlength="500" autocomplete="off" .value=${paper.title} autofocus>
        </div>
        <div class="field">
          <label for="paper-item">${t("Agenda item")}</label>
          <select id="paper-item" name="place">
            ${agenda.order.map((id, n) => html`<option value=${id} ?selected=${id === paper.item}>${n + 1}. ${agenda.items[id].title}</option>`)}
          </select>
        </div>
        ${paper.rights ? nothing : readersAndDownload(paper)}
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Save")}</button>
      </div>
    </form>`
}

const readersAndDownload = (paper) => html`
        <fieldset class="field">
          <legend>${t("Who may read it")}</legend>
          <div class="choices">
            <label class="check"><input type="radio" name="readers" value="members" ?checked=${paper.readers !== "staff"}><span>${t("All participants")}<span class="help">${t("as soon as the meeting is published")}</span></span></label>
            <label class="check"><input type="radio" name="readers" value="staff" ?checked=${paper.readers === "staff"}><span>${t("Chair, secretary and organisers only")}<span class="help">${t("others see a page of it only while it is shown")}</span></span></label>
          </div>
        </fieldset>
        <label class="check"><input type="checkbox" name="download" ?checked=${paper.download}><span>${t("Those who may read it may also download the file")}</span></label>`
