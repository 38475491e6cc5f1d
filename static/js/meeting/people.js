/** People and places of the view: names, order, who is where. Pure functions over `view`. */

import { stripAccents } from "../lib/strip-accents.js"

let collator
/** Made when first needed: it takes a while. */
const vietnamese = () => (collator ??= new Intl.Collator("vi", { sensitivity: "variant", numeric: true }))

/** Present at this moment, here or online. */
export const isPresent = (person) => person.state === "onsite" || person.state === "online"

/** The name of a person by id; free text (a presenter who is not on the roll) stays as it is. */
export const nameOf = (view, person) => view.roll?.people?.[person]?.name ?? person

/** "Trần Thị Bình, Phó Viện trưởng": name and title of one person. */
export const nameAndTitle = ({ name, title }) => (title ? `${name}, ${title}` : name)

/** Office and unit in one line; the unit is left out where the office already says it. */
export const officeOf = ({ title = "", unit = "" }) =>
  unit && !title.includes(unit) ? [title, unit].filter(Boolean).join(" · ") : title

/** Everybody on the roll in protocol order, each with `id`. */
export function everybody(view) {
  const { order = [], people = {} } = view.roll ?? {}
  return order.filter((id) => people[id]).map((id) => ({ id, ...people[id] }))
}

/** The order of an attendance list: given name (the last word) first, then family and middle names. */
export function byGivenName(people) {
  return [...people].sort((a, b) => {
    const [x, y] = [words(a.name), words(b.name)]
    return vietnamese().compare(x.given, y.given) || vietnamese().compare(x.rest, y.rest)
  })
}

function words(name) {
  const all = name
    .replace(/\(.*?\)/g, " ")
    .split(",")[0]
    .trim()
    .split(/\s+/)
  return { given: all[all.length - 1], rest: all.slice(0, -1).join(" ") }
}

/** Does what is typed stand in the text? A word typed with marks must have them: "hanh" finds "Hạnh", "hạnh" not "Chánh". */
export function finds(typed, text) {
  const [plain, whole] = [stripAccents(text), text.normalize("NFC").toLowerCase()]
  return typed
    .normalize("NFC")
    .toLowerCase()
    .split(/\s+/)
    .every((word) => (word === stripAccents(word) ? plain : whole).includes(word))
}

/** The sites in order, each with `id`. */
export function everySite(view) {
  const { order = [], sites = {} } = view.sites ?? {}
  return order.filter((id) => sites[id]).map((id) => ({ id, ...sites[id] }))
}

/** How somebody of this site attends unless told otherwise: in the room at the main site, else by line. */
export function usualMode(view, site) {
  const place = view.sites?.sites?.[site]
  return !place || place.main ? "onsite" : "online"
}
