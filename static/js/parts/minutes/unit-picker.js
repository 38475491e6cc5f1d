/** The units of the directory, for whoever gives out work: one that leads, others that cooperate. */

import { api } from "../../lib/api.js"
import { html, render } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"

let units = []

/** Reads the directory once; resolves when there is something to choose from (or nothing can be had). */
export async function readDirectory() {
  if (units.length) return
  try {
    units = (await api("GET", "/api/units", undefined, shaped({ units: "list" }))).units
  } catch {
    units = [] // without it, units are written in words
  }
}

/** @returns {{ id: string, name: string, short: string, depth: number }[]} */
export const directory = () => units

export const unitOptions = (chosen) =>
  units.map(
    ({ id, name, depth }) =>
      html`<option value=${id} .selected=${id === chosen}>${"\u00a0\u00a0\u00a0".repeat(depth)}${name}</option>`,
  )

/** Boxes to tick; `chosen` and the field's value are ids with spaces between them. */
export function unitPicker(chosen) {
  const now = chosen.split(" ")
  return html`
    <details class="unit-picker"><summary>${t("Cooperating units")}</summary>
      <div class="unit-boxes">${units.map(
        ({ id, name }) => html`
        <label class="check"><input type="checkbox" value=${id} .checked=${now.includes(id)} @change=${ticked}><span>${name}</span></label>`,
      )}</div>
    </details>
    <input type="hidden" name="units" .value=${chosen}>`
}

function ticked({ target }) {
  const { form } = target
  const ticks = [...form.querySelectorAll(".unit-boxes input:checked")].map(({ value }) => value)
  form.elements.units.value = ticks.join(" ")
  form.elements.cooperating.value = named(form.elements.cooperating.value, ticks)
}

/** The names of the ticked units, and what else was written there. */
function named(written, ticks) {
  const names = units.map(({ name }) => name)
  const own = written.split(";").map((one) => one.trim())
  const others = own.filter((one) => one && !names.includes(one))
  return [...units.filter(({ id }) => ticks.includes(id)).map(({ name }) => name), ...others].join("; ")
}

/** @type {Map<string, { id: string, name: string, title: string }[]>} */
const people = new Map()

/** Who is in a unit: nobody until they are read, when `then` is called. */
function peopleOf(unit, then) {
  if (!unit) return []
  if (!people.has(unit)) {
    people.set(unit, [])
    api("GET", `/api/people?unit=${encodeURIComponent(unit)}`, undefined, shaped({ people: "list" })).then(
      (answer) => {
        people.set(unit, answer.people)
        then()
      },
      () => people.delete(unit), // without it the unit leads, and names somebody later
    )
  }
  return people.get(unit) ?? []
}

/** <person-picker>: who of the leading unit answers for it. It draws itself, also while the form around it is written in. */
class PersonPicker extends HTMLElement {
  /** `person` may have left the directory since. */
  set choice({ lead_unit: unit = "", person = "", person_name: name = "" }) {
    const found = peopleOf(unit, () => {
      this.choice = { lead_unit: unit, person: this.querySelector("select")?.value || person, person_name: name }
    })
    const gone = person && !found.some(({ id }) => id === person)
    render(
      html`
      <label for="c-person">${t("Person responsible")}</label>
      <select id="c-person" name="person" ?disabled=${!unit}>
        <option value="" .selected=${!person}>${t("The unit names somebody later")}</option>
        ${gone ? html`<option value=${person} .selected=${true}>${name || "…"}</option>` : ""}
        ${found.map(({ id, name, title }) => html`<option value=${id} .selected=${id === person}>${title ? `${name}, ${title}` : name}</option>`)}
      </select>`,
      this,
    )
  }
}

customElements.define("person-picker", PersonPicker)
