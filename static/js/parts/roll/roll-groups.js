/** The roll in groups: by site, by unit, or as one list in protocol order or by given name. Pure. */

import { byGivenName, everySite } from "../../meeting/people.js"
import { t } from "../../lib/t.js"

export const ORDERS = [
  { id: "site", word: () => t("By site") },
  { id: "unit", word: () => t("By unit") },
  { id: "protocol", word: () => t("In protocol order") },
  { id: "name", word: () => t("By given name") },
]

/** [{id, title?, people}] of people in protocol order. */
export function groupsOf(people, order, view) {
  if (order === "name") return [{ id: "name", people: byGivenName(people) }]
  if (order === "protocol") return [{ id: "protocol", people }]
  return order === "unit" ? byUnit(people) : bySite(people, view)
}

function bySite(people, view) {
  const sites = everySite(view)
  const main = sites.find((site) => site.main) ?? sites[0]
  const known = new Set(sites.map(({ id }) => id))
  // Who has no site sits at the main one.
  const at = (person) => (known.has(person.site) ? person.site : main?.id)
  return sites
    .map((site) => ({
      id: site.id,
      title: site.short ? `${site.short} · ${site.name}` : site.name,
      people: people.filter((p) => at(p) === site.id),
    }))
    .concat(main ? [] : [{ id: "all", people }])
    .filter((group) => group.people.length)
}

function byUnit(people) {
  const groups = new Map()
  for (const person of people) {
    const unit = person.unit || t("No unit")
    if (!groups.has(unit)) groups.set(unit, { id: unit, title: unit, people: [] })
    groups.get(unit).people.push(person)
  }
  return [...groups.values()]
}
