/** Who votes: all delegates, whole units, or people by name. A template over the fields of a ballot being written. */

import { html, nothing } from "../../lib/html.js"
import { t, tn } from "../../lib/t.js"
import { officeOf } from "../../meeting/people.js"

/** @type {[string, () => string][]} */
const WAYS = [
  ["all", () => t("All delegates")],
  ["unit", () => t("By unit")],
  ["name", () => t("By name")],
]

/** `people`: everybody who may vote; `change(fields)` takes over what was chosen. */
export function voterPicker({ who, voters }, people, change) {
  const way = (next) =>
    change({ who: next, ...(next !== "all" && !voters.length && { voters: people.map(({ id }) => id) }) })
  return html`
    <fieldset class="field"><legend>${t("Who votes")}</legend>
      <div class="switch wrap" role="group">${WAYS.map(
        ([id, word]) => html`
        <button type="button" aria-pressed=${who === id} @click=${() => way(id)}>${word()}</button>`,
      )}</div>
      ${who === "all" ? html`<p class="help">${tn("{n} person: chair, co-chairs, organisers and delegates.", "{n} people: chair, co-chairs, organisers and delegates.", people.length)}</p>` : nothing}
      ${who === "unit" ? list(unitsOf(people), voters, change) : nothing}
      ${
        who === "name"
          ? list(
              people.map((person) => ({ id: person.id, word: person.name, about: officeOf(person), ids: [person.id] })),
              voters,
              change,
            )
          : nothing
      }
      ${who === "all" ? nothing : html`<p class="help" role="status">${tn("{n} voter", "{n} voters", voters.length)}</p>`}
    </fieldset>`
}

function list(rows, voters, change) {
  return html`<div class="choices voters">${rows.map(
    ({ word, about, ids }) => html`
    <label class="check"><input type="checkbox" .checked=${ids.every((id) => voters.includes(id))}
      @change=${({ target }) => change({ voters: target.checked ? [...new Set([...voters, ...ids])] : voters.filter((id) => !ids.includes(id)) })}>
      <span>${word}${about ? html`<span class="help">${about}</span>` : nothing}</span></label>`,
  )}</div>`
}

function unitsOf(people) {
  const units = new Map()
  for (const { id, unit = "" } of people) units.set(unit, [...(units.get(unit) ?? []), id])
  return [...units].map(([unit, ids]) => ({
    id: unit,
    word: unit || t("No unit"),
    about: tn("{n} person", "{n} people", ids.length),
    ids,
  }))
}
