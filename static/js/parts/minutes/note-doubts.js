/** Above a text: where it no longer agrees with the log, and what to do about it. The words are the secretary's to choose. */

/** @import { NoteBox } from "./note-box.js" */

import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { wordDiff } from "../../lib/word-diff.js"
import { markedWords } from "./marked-words.js"

/** @param {NoteBox} box */
export function noteDoubts(box, sealed) {
  const { editor } = box
  const changed = editor?.changed ?? []
  const misplaced = editor?.misplaced ?? []
  return html`${changed.map((one) => changedSince(box, one, sealed))}${misplaced.length ? outOfOrder(box, misplaced, sealed) : nothing}`
}

function changedSince(box, one, sealed) {
  const words = one.now.length
    ? t("“{what}” has changed in the log since it was turned into text.", { what: one.label })
    : t("“{what}” was turned into text, and the log tells nothing of it any more.", { what: one.label })
  return html`
    <p class="note-moved note-doubtful" role="status"><span>${icon("triangle-alert")} ${words}</span>
      <span class="buttons">
        <button type="button" class="button" @click=${() => compare(box, one, sealed)}>${t("Show the difference")}</button>
        ${
          sealed
            ? nothing
            : html`${one.now.length ? html`<button type="button" class="button" @click=${() => act(box, () => box.editor.renew(one))}>${t("Take it anew")}</button>` : nothing}
        <button type="button" class="button quiet" @click=${() => act(box, () => box.editor.accept(one))}>${t("Leave my words")}</button>`
        }
      </span></p>`
}

function outOfOrder(box, misplaced, sealed) {
  const [{ text, behind }] = misplaced
  const words = tn(
    "A line stands before something that happened earlier, and is printed so: “{behind}” before “{text}”.",
    "{n} lines stand before something that happened earlier, and are printed so, as “{behind}” before “{text}”.",
    misplaced.length,
    { text: short(text), behind: short(behind) },
  )
  return html`
    <p class="note-moved note-doubtful" role="status"><span>${icon("triangle-alert")} ${words}</span>
      ${sealed ? nothing : html`<button type="button" class="button" @click=${() => act(box, () => box.editor.putInOrder())}>${t("Put in the order of time")}</button>`}</p>`
}

const short = (text) => (text.length > 44 ? `${text.slice(0, 43).trimEnd()}…` : text)

async function act(box, change) {
  if (await box.claim()) change()
}

async function compare(box, one, sealed) {
  const parts = wordDiff(one.here.join("\n"), one.now.join("\n"))
  const wish = await show(
    (close) => html`
      <div class="dialog-body">
        <h2>${one.label}</h2>
        <p class="help">${t("Struck out: only in the minutes. Underlined: only in the log as it stands now.")}</p>
        <div class="versions-text differences" tabindex="0" role="region" aria-label=${t("The difference")}><p>${markedWords(parts)}</p></div>
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
        ${sealed || !one.now.length ? nothing : html`<button type="button" class="button primary" @click=${() => close("renew")}>${t("Take it anew")}</button>`}
      </div>`,
    { wide: true, label: one.label },
  )
  if (wish === "renew") await act(box, () => box.editor.renew(one))
}
