/** Who may read a paper: everybody, roles, units, persons; how; from when until when. */

import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { fromField, toField } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { isStaff } from "../../meeting/rights.js"
import { roleName } from "../../meeting/role-names.js"
import { reasonFor } from "./paper-release.js"
import { doCommand } from "./prepare-command.js"

// Readers in the room for whom pages with names can be made while everybody waits.
const MOST = 60
const ROLES = ["delegate", "guest", "technician"]

/** Ask, then send; what is left as it is stays. */
export async function editReaders(meeting, id) {
  const { papers, roll } = meeting.view
  const paper = papers[id]
  const { ok, body } = await ask("/api/units", { proof: shaped({ units: "object" }) })
  const typed = await show((close) => form({ paper, roll, units: ok ? body.units : [] }, close), { wide: true })
  if (!typed) return
  const asked = paper.held && typed.readers[0] !== "none"
  const reason = asked ? await reasonFor(paper) : ""
  if (asked && !reason) return
  await doCommand(meeting, "set_readers", { paper: id, ...typed, ...(reason && { reason }) })
}

const recallOf = (data) => String(data.get("recall") || "none")

function form({ paper, roll, units }, close) {
  const rights = paper.rights ?? { readers: [paper.readers === "staff" ? "none" : "all"] }
  const whole = rights.readers[0] === "all" || rights.readers[0] === "none" ? rights.readers[0] : "some"
  const people = (roll?.order ?? []).filter((key) => !isStaff(roll.people[key] ?? {}))
  const save = (event) => {
    event.preventDefault()
    const data = new FormData(event.target)
    const who = data.get("who")
    const readers = who === "some" ? data.getAll("reader") : [who]
    if (!readers.length)
      return toast(t("Choose at least one group or person who may read this paper."), { kind: "warn" })
    return close({
      ...{ readers, mode: data.get("mode") ?? paper.mode },
      recall_after: recallOf(data),
      ...{ from: fromField(String(data.get("from"))), until: fromField(String(data.get("until"))) },
    })
  }
  const choose = (event) =>
    event.target.form.querySelector(".reader-groups").toggleAttribute("hidden", event.target.value !== "some")
  const many = (roll?.order ?? []).length
  const restrict = (event) =>
    event.target.form.querySelector("[data-restricted]").toggleAttribute("hidden", event.target.value !== "restricted")
  const radio = (name, value, now, words, help = "", change = undefined) => html`
    <label class="check"><input type="radio" name=${name} value=${value} ?checked=${value === now} @change=${change}><span>${words}${help ? html`<span class="help">${help}</span>` : nothing}</span></label>`
  const box = (value, words) => html`
    <label class="check"><input type="checkbox" name="reader" value=${value} ?checked=${rights.readers.includes(value)}><span>${words}</span></label>`
  return html`
    <form method="dialog" class="readers-form" @submit=${save}>
      <div class="dialog-body">
        <h2>${t("Who may read it")}</h2>
        <p class="help">${paper.title}</p>
        <fieldset class="field"><legend>${t("Readers")}</legend>
          <div class="choices">
            ${radio("who", "all", whole, t("All participants"), t("as soon as the meeting is published"), choose)}
            ${radio("who", "some", whole, t("Only those I choose"), t("others do not learn that the paper exists"), choose)}
            ${radio("who", "none", whole, t("Chair, secretary and organisers only"), "", choose)}
          </div>
        </fieldset>
        <div class="reader-groups" ?hidden=${whole !== "some"}>
          <fieldset class="field"><legend>${t("Roles")}</legend><div class="choices">
            ${ROLES.map((role) => box(`role:${role}`, roleName(role) || t("Delegates")))}</div></fieldset>
          ${
            units.length
              ? html`<fieldset class="field"><legend>${t("Units, with all below them")}</legend><div class="choices reader-list">
            ${units.map((unit) => box(`unit:${unit.id}`, unit.name))}</div></fieldset>`
              : nothing
          }
          ${
            people.length
              ? html`<fieldset class="field"><legend>${t("Persons")}</legend><div class="choices reader-list">
            ${people.map((key) => box(`person:${key}`, roll.people[key].name))}</div></fieldset>`
              : nothing
          }
        </div>
        <fieldset class="field"><legend>${t("How it is read")}</legend>
          <div class="choices">
            ${radio("mode", "open", paper.mode, t("Read and download"), "", restrict)}
            ${radio("mode", "view", paper.mode, t("Read only"), t("no download"), restrict)}
            ${radio("mode", "restricted", paper.mode, t("Restricted"), t("each page bears its reader's name, each opening is written down"), restrict)}
          </div>
        </fieldset>
        <div class="restricted-words" data-restricted ?hidden=${paper.mode !== "restricted"}>
          <p><b>${t("What the program does:")}</b> ${t("the name, the unit, the time and a code stand on every page picture; no words to copy, no file, no print, no copy without the network; whoever runs the meeting sees who opened which page, and when, and readers are told so.")}</p>
          <p><b>${t("What it cannot do:")}</b> ${t("it prevents no photograph and no picture of the screen, and protects from nobody who controls the server. State secrets do not belong here at all.")}</p>
          ${many > MOST ? html`<p class="warn-text">${t("{n} people belong to the meeting. Pages with names are made one by one: with more than {most} readers in the room they turn noticeably later.", { n: many, most: MOST })}</p>` : nothing}
        </div>
        <div class="field"><label for="readers-recall">${t("Take it back by itself")}</label>
          <select id="readers-recall" name="recall">
            ${[
              ["none", t("no")],
              ["close", t("when the meeting closes")],
              ...[...new Set([7, 30, 90, Number(rights.recall_after) || 7])]
                .sort((a, b) => a - b)
                .map((n) => [String(n), tn("{n} day after the close", "{n} days after the close", n)]),
            ].map(
              ([value, words]) =>
                html`<option value=${value} ?selected=${value === (rights.recall_after || "none")}>${words}</option>`,
            )}
          </select></div>
        <div class="row-fields">
          <div class="field"><label for="readers-from">${t("From")}</label><input id="readers-from" name="from" type="datetime-local" .value=${toField(rights.from)}></div>
          <div class="field"><label for="readers-until">${t("Until")}</label><input id="readers-until" name="until" type="datetime-local" .value=${toField(rights.until)}></div>
        </div>
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Save")}</button>
      </div>
    </form>`
}
