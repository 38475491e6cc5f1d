/** <case-sheet>: the sheet of a case is changed: title, stage, charges as provisions, persons, deadlines. */

import { boot } from "../../case/case-data.js"
import { ask, unanswered } from "../../lib/ask.js"
import { dayInput } from "../../lib/day-input.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

const CHARGE = ["law", "article", "clause", "point", "version", "name", "person"]
const KINDS = {
  criminal: () => t("Criminal"),
  civil: () => t("Civil"),
  marriage: () => t("Marriage and family"),
  business: () => t("Business and commerce"),
  labour: () => t("Labour"),
  administrative: () => t("Administrative"),
  enforcement: () => t("Enforcement of judgments"),
  complaint: () => t("Complaint, denunciation"),
  other: () => t("Other matter"),
}
const STAGES = {
  "": () => t("Not said"),
  report: () => t("Report of a crime"),
  investigation: () => t("Investigation"),
  prosecution: () => t("Prosecution"),
  first_instance: () => t("Trial at first instance"),
  appeal: () => t("Appeal"),
  cassation: () => t("Cassation, reopening"),
  enforcement: () => t("Enforcement"),
  closed: () => t("Ended"),
}

class CaseSheet extends HTMLElement {
  connectedCallback() {
    document.querySelector("[data-edit-sheet]")?.addEventListener("click", (event) => {
      event.preventDefault()
      edit()
    })
  }
}

/** Rows that are being typed; the one place that is drawn again when a row comes or goes. */
async function edit(values = structure(boot.sheet), problem = "") {
  const typed = await show((close) => form(values, problem, close), { wide: true, label: t("Case sheet") })
  if (!typed) return
  if (typed.again) return edit(typed.again)
  const answer = await ask(`/api/cases/${boot.case}`, { method: "PATCH", json: typed })
  if (answer.ok) return location.reload()
  const error = answer.status ? answer.body.error : { message: unanswered(answer) }
  return edit(structure(typed), Object.values(error.fields || {})[0] || error.message)
}

const structure = (sheet) => ({
  ...sheet,
  charges: [...sheet.charges],
  parties: [...sheet.parties],
  deadlines: [...sheet.deadlines],
})

function form(values, problem, close) {
  const more = (event, list) => {
    const now = read(event.target.closest("form"))
    now[list] = [...now[list], {}]
    close({ again: now })
  }
  return html`<form class="case-sheet-form" @submit=${(event) => {
    event.preventDefault()
    close(read(event.target))
  }}>
    <div class="dialog-body">
      <h2>${t("Case sheet")}</h2>
      ${problem ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${problem}</span></p>` : nothing}
      <div class="fields">${text("code", t("Code of the case file"), values.code)}${text("unit", t("Unit"), values.unit)}</div>
      ${text("title", t("Title"), values.title)}
      <div class="fields">${choice("kind", t("Kind of case"), KINDS, values.kind)}${choice("stage", t("Stage"), STAGES, values.stage)}</div>
      <fieldset class="field"><legend>${t("Charges")}</legend>
        ${values.charges.map(
          (each) => html`<div class="sheet-row" data-charge>
          ${small("law", t("Law"), each.law ?? "BLHS")}${small("article", t("Article"), each.article)}${small("clause", t("Clause"), each.clause)}${small("point", t("Point"), each.point)}${small("version", t("Version"), each.version)}${small("name", t("Name of the crime"), each.name)}${small("person", t("Of whom"), each.person)}</div>`,
        )}
        <button class="button compact" type="button" @click=${(event) => more(event, "charges")}>${icon("plus")}${t("Add a charge")}</button></fieldset>
      <fieldset class="field"><legend>${t("Persons in the case")}</legend>
        ${values.parties.map((each) => html`<div class="sheet-row" data-party>${small("name", t("Full name"), each.name)}${small("status", t("Position in the case"), each.status)}</div>`)}
        <button class="button compact" type="button" @click=${(event) => more(event, "parties")}>${icon("plus")}${t("Add a person in the case")}</button></fieldset>
      <fieldset class="field"><legend>${t("Deadlines")}</legend>
        ${values.deadlines.map((each) => html`<div class="sheet-row" data-deadline>${small("name", t("Deadline"), each.name)}<label class="sheet-date"><span>${t("Date")}</span>${dayInput({ part: "date", value: each.date })}</label><label class="check"><input type="checkbox" name="done" .checked=${each.done === true}><span>${t("Done")}</span></label></div>`)}
        <button class="button compact" type="button" @click=${(event) => more(event, "deadlines")}>${icon("plus")}${t("Add a deadline")}</button></fieldset>
      <p class="help">${t("A row that is left empty goes.")}</p>
    </div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
      <button class="button primary" type="submit">${t("Save")}</button></div>
  </form>`
}

const text = (name, label, value) =>
  html`<div class="field"><label for="sheet-${name}">${label}</label><input class="input" id="sheet-${name}" name=${name} .value=${value ?? ""} autocomplete="off"></div>`

const small = (name, label, value) =>
  html`<label class="sheet-${name}"><span>${label}</span><input class="input" data-part=${name} .value=${value ?? ""} autocomplete="off"></label>`

const choice = (name, label, options, value) =>
  html`<div class="field"><label for="sheet-${name}">${label}</label><select id="sheet-${name}" name=${name}>${Object.entries(options).map(([code, words]) => html`<option value=${code} ?selected=${code === value}>${words()}</option>`)}</select></div>`

function read(form) {
  const typed = Object.fromEntries(
    ["code", "unit", "title", "kind", "stage"].map((name) => [name, form.elements[name].value]),
  )
  const rows = (kind, names) =>
    [...form.querySelectorAll(`[data-${kind}]`)].map((row) =>
      Object.fromEntries(names.map((name) => [name, row.querySelector(`[data-part=${name}]`).value.trim()])),
    )
  const charges = rows("charge", CHARGE).filter((row) => row.article || row.name || row.person || row.clause)
  const deadlines = rows("deadline", ["name", "date"])
  const done = [...form.querySelectorAll("[data-deadline] [name=done]")].map((box) => box.checked)
  return {
    ...typed,
    charges,
    parties: rows("party", ["name", "status"]),
    deadlines: deadlines.map((row, n) => ({ ...row, done: done[n] })),
  }
}

customElements.define("case-sheet", CaseSheet)
