/** The dialogs of one entry of a trial: its fields, and what was done to it. */

/** @import { CourtSync } from "../../case/court-sync.js" */

import { KINDS, PHASES, speakerOf } from "../../case/court-order.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { unanswered } from "../../lib/ask.js"
import { t } from "../../lib/t.js"
import { second } from "../../lib/time.js"

/** What is to be changed of it; null: nothing. @param {any} entry @param {any} words @param {any} hearing */
export async function editEntry(entry, words, hearing) {
  const typed = await show(
    (
      close,
    ) => html`<form @submit=${(event) => [event.preventDefault(), close(Object.fromEntries(new FormData(event.target)))]}>
      <div class="dialog-body form"><h2>${t("Change the entry")}</h2>
        <div class="field"><label for="entry-text">${t("What happens")}</label><textarea id="entry-text" name="text" rows="5" maxlength="4000" required autofocus .value=${entry.text}></textarea></div>
        <div class="fields">
          ${select("phase", t("Phase"), PHASES, words.phases, entry.phase)}
          ${select("kind", t("Kind of entry"), KINDS, words.kinds, entry.kind)}
        </div>
        <div class="field"><label for="entry-who">${t("Speaker")}</label><input class="input" id="entry-who" name="who" maxlength="190" list="entry-people" autocomplete="off" .value=${whoOf(entry)}>
          <datalist id="entry-people">${hearing.people.map((each) => html`<option value=${whoOf(each)}></option>`)}</datalist><span class="help">${t("Role: name")}</span></div>
        <div class="field"><label for="entry-bl">${t("Sheet numbers (BL)")}</label><input class="input" id="entry-bl" name="bl" maxlength="200" autocomplete="off" .value=${entry.bl}></div>
        <p class="help">${t("What it said before is kept.")}</p>
      </div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Save")}</button></div></form>`,
    { wide: true },
  )
  if (!typed?.text.trim()) return null
  const [role, ...name] = typed.who.split(":")
  const said = {
    text: typed.text.trim(),
    phase: typed.phase,
    kind: typed.kind,
    bl: typed.bl.trim(),
    role: role.trim().slice(0, 60),
    name: name.join(":").trim().slice(0, 120),
  }
  const changes = Object.fromEntries(Object.entries(said).filter(([key, value]) => entry[key] !== value))
  return Object.keys(changes).length ? changes : null
}

const whoOf = ({ role, name }) => (name ? `${role}: ${name}` : role)

const select = (name, label, codes, words, chosen) =>
  html`<div class="field"><label for="entry-${name}">${label}</label><select id="entry-${name}" name=${name}>${codes.map((code) => html`<option value=${code} ?selected=${code === chosen}>${words[code]}</option>`)}</select></div>`

/** @param {CourtSync} sync @param {any} entry @param {any} words */
export async function showHistory(sync, entry, words) {
  const answer = await sync.history(entry.id)
  if (!answer.ok) throw new Error(answer.status ? answer.body.error.message : unanswered(answer))
  const { changes, text } = answer.body
  await show(
    (close) => html`<div class="dialog-body"><h2>${t("What was done to it")}</h2>
      ${entry.removed_at ? html`<p class="lines">${text}</p>` : nothing}
      <ol class="plain court-history">${changes.map(
        (each) =>
          html`<li><b>${second(each.at)}</b> ${DONE[each.what]?.() ?? each.what} · ${each.by_name}${before(each, words)}</li>`,
      )}</ol></div>
      <div class="dialog-actions"><button class="button primary" type="button" autofocus @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true },
  )
}

const DONE = {
  put: () => t("written"),
  edit: () => t("changed"),
  remove: () => t("removed"),
  restore: () => t("brought back"),
  mark: () => t("marked"),
  unmark: () => t("mark taken off"),
  join: () => t("joined with another"),
  unjoin: () => t("taken apart"),
}

function before({ what, before: said }, words) {
  if (what !== "edit") return nothing
  const { text, kind, phase, bl, role, name } = said
  const parts = [
    text,
    phase && words.phases[phase],
    kind && words.kinds[kind],
    bl && `BL ${bl}`,
    speakerOf({ role, name }),
  ]
  return html`<span class="help block lines">${t("Before: {text}", { text: parts.filter(Boolean).join(" · ") })}</span>`
}
