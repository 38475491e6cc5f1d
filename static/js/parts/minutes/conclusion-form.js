/** Writing a conclusion down. What is typed stays on this device until the server has it. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { local } from "../../lib/storage.js"
import { html, nothing } from "../../lib/html.js"
import { everybody, everySite } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { directory, unitOptions, unitPicker } from "./unit-picker.js"
import { fromIso, toIso, usualDays } from "./due-date.js"

const FIELDS = ["text", "lead", "cooperating", "due", "deliverable", "item", "lead_unit", "units", "person"]

/** What a deadline can be besides a day; the same words are read back from the field. */
const DUE_WORDS = () => ({ week: t("within the week"), regular: t("regularly") })

/**
 * `save(args)` resolves to whether it was done; `cancel()` gives up what was typed.
 * @param {{ meeting: Meeting, id?: string, conclusion?: { cooperating?: string[], due?: string, [field: string]: any },
 *   save: (args: any) => Promise<unknown>, cancel: () => void }} how
 */
export function conclusionForm({ meeting, id, conclusion = {}, save, cancel }) {
  const { view } = meeting
  const { order, items, current = "" } = view.agenda
  const kept = local.read(keyOf(meeting, id)) ?? {}
  const now = {
    cooperating: "",
    item: current,
    ...conclusion,
    ...(conclusion.cooperating && { cooperating: conclusion.cooperating.join("; ") }),
    ...(conclusion.units && { units: conclusion.units.join(" ") }),
    ...(conclusion.due && { due: DUE_WORDS()[conclusion.due] ?? fromIso(conclusion.due) }),
    ...kept,
  }
  const days = usualDays(meeting.now())
  const giveUp = () => {
    local.remove(keyOf(meeting, id))
    cancel()
  }
  return html`
    <form class="conclusion-form" novalidate @input=${({ currentTarget }) => local.write(keyOf(meeting, id), values(currentTarget))}
      @submit=${(event) => submit(event, { meeting, id, save })}>
      <div class="field"><label for="c-text">${t("Conclusion")}</label>
        <textarea id="c-text" name="text" rows="3" maxlength="5000" .value=${now.text ?? ""}></textarea>
        <span class="error" data-error="text" hidden>${t("Write what is to be done.")}</span></div>
      ${
        directory().length
          ? html`<div class="field"><label for="c-unit">${t("Leading unit (directory)")}</label>
        <select id="c-unit" name="lead_unit" @change=${({ currentTarget }) => led(currentTarget)}>
          <option value="" .selected=${!now.lead_unit}>${t("No unit: a statement, not a task")}</option>
          ${unitOptions(now.lead_unit)}
        </select></div>
      <person-picker class="field" .choice=${now}></person-picker>
      ${unitPicker(now.units ?? "")}`
          : html`<input type="hidden" name="lead_unit" .value=${now.lead_unit ?? ""}><input type="hidden" name="units" .value=${now.units ?? ""}><input type="hidden" name="person" .value=${now.person ?? ""}>`
      }
      <div class="fields">
        <div class="field"><label for="c-lead">${t("Lead")}</label>
          <input id="c-lead" name="lead" maxlength="300" list="c-units" autocomplete="off" .value=${now.lead ?? ""}></div>
        <div class="field"><label for="c-with">${t("Cooperating")}</label>
          <input id="c-with" name="cooperating" autocomplete="off" placeholder=${t("several: separated by ;")} .value=${now.cooperating ?? ""}></div>
        <div class="field"><label for="c-due">${t("Due")}</label>
          <input id="c-due" name="due" inputmode="numeric" placeholder=${t("dd/mm/yyyy")} autocomplete="off" .value=${now.due ?? ""}>
          <span class="due-days">${[
            [t("in a week"), days.week],
            [t("end of the month"), days.month],
            [t("end of the quarter"), days.quarter],
          ]
            .map(([word, iso]) => [word, fromIso(iso)])
            .concat(Object.values(DUE_WORDS()).map((word) => [word, word]))
            .map(
              ([word, value]) => html`
            <button type="button" class="button" @click=${({ currentTarget }) => put(currentTarget.form, "due", value)}>${word}</button>`,
            )}</span>
          <span class="error" data-error="due" hidden>${t("Write the day as dd/mm/yyyy.")}</span></div>
        <div class="field"><label for="c-what">${t("Deliverable")}</label>
          <input id="c-what" name="deliverable" maxlength="1000" autocomplete="off" .value=${now.deliverable ?? ""}></div>
      </div>
      <div class="field"><label for="c-item">${t("Item of the agenda")}</label>
        <select id="c-item" name="item">
          <option value="" .selected=${!now.item}>${t("The whole meeting")}</option>
          ${order.map((key, i) => html`<option value=${key} .selected=${now.item === key}>${i + 1}. ${items[key].title}</option>`)}
        </select></div>
      <datalist id="c-units">${units(view).map((unit) => html`<option value=${unit}></option>`)}</datalist>
      <div class="buttons end">
        <button type="button" class="button" @click=${giveUp}>${t("Cancel")}</button>
        <button type="submit" class="button primary">${t("Save")}</button>
      </div>
    </form>${nothing}`
}

async function submit(event, { meeting, id, save }) {
  event.preventDefault()
  const form = event.target
  const given = values(form)
  const named = Object.entries(DUE_WORDS()).find(([, word]) => word === given.due.trim().toLowerCase())
  const due = named ? named[0] : toIso(given.due, meeting.now())
  const wrong = !given.text.trim() ? "text" : due === undefined ? "due" : undefined
  for (const line of form.querySelectorAll("[data-error]")) line.hidden = line.dataset.error !== wrong
  if (wrong) return form.elements[wrong].focus()
  const cooperating = given.cooperating
    .split(/[;\n]/)
    .map((unit) => unit.trim())
    .filter(Boolean)
  const button = form.querySelector("[type=submit]")
  button.disabled = true
  const args = {
    text: given.text.trim(),
    lead: given.lead.trim(),
    cooperating,
    due,
    deliverable: given.deliverable.trim(),
    item: given.item,
    lead_unit: given.lead_unit,
    units: given.units.split(" ").filter(Boolean),
    person: given.person,
  }
  if (await save(args)) local.remove(keyOf(meeting, id))
  else button.disabled = false
}

/** Another unit leads: nobody of the one before answers for it. */
function led(select) {
  select.form.querySelector("person-picker").choice = { lead_unit: select.value }
  named(select)
  select.form.dispatchEvent(new Event("input", { bubbles: true }))
}

/** The unit that was chosen gives its name to the minutes, unless other words stand there. */
function named(select) {
  const field = select.form.elements.lead
  const names = directory().map(({ name }) => name)
  if (field.value && !names.includes(field.value)) return
  put(select.form, "lead", directory().find(({ id }) => id === select.value)?.name ?? "")
}

function put(form, name, value) {
  form.elements[name].value = value
  form.dispatchEvent(new Event("input", { bubbles: true }))
}

const values = (form) => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]))

/** The units and sites of the roll, for whoever leads or cooperates. */
function units(view) {
  const all = [...everybody(view).map(({ unit }) => unit), ...everySite(view).map(({ name }) => name)]
  return [...new Set(all.filter(Boolean))]
}

const keyOf = (meeting, id) => `conclusion/${meeting.id}/${meeting.me.id}/${id}`

export const hasConclusionDraft = (meeting, id) => Boolean(local.read(keyOf(meeting, id)))
