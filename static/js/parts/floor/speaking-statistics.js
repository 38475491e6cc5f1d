/** Who waits, who has spoken and how long, by person and by site. Pure functions over the view. */

import { everybody, everySite, isPresent } from "../../meeting/people.js"
import { isTechnician } from "../../meeting/rights.js"

/**
 * The queue: [{id, person, kind, item?, note?, at, entry}], `entry` being the person on the roll.
 * @param {{ floor?: any, roll?: any }} view
 */
export function queueOf({ floor = {}, roll = {} }) {
  const { queue = [], requests = {} } = floor
  return queue
    .filter((id) => requests[id])
    .map((id) => ({ id, ...requests[id], entry: roll.people?.[requests[id].person] ?? { name: "…" } }))
}

/**
 * The short name of somebody's site; "" where there is but one place.
 * @param {any} view
 * @param {{ site?: string }} [person]
 */
export const siteOf = ({ sites }, { site } = {}) => sites?.sites?.[site]?.short ?? ""

/** Everybody who may speak (technicians do not): [{id, name, …, seconds, times, here}]. */
export function speakers(view) {
  const { spoken = {}, times = {} } = view.floor ?? {}
  return everybody(view)
    .filter((person) => !isTechnician(person))
    .map((person) => ({
      ...person,
      seconds: spoken[person.id] ?? 0,
      times: times[person.id] ?? 0,
      here: isPresent(person),
    }))
}

/** What each site has spoken, the longest first: [{id, short, name, seconds, times}]. */
export function bySite(view) {
  const all = speakers(view)
  const sum = (people, key) => people.reduce((total, person) => total + person[key], 0)
  return everySite(view)
    .map((site) => {
      const people = all.filter((person) => person.site === site.id)
      return { ...site, seconds: sum(people, "seconds"), times: sum(people, "times") }
    })
    .sort((a, b) => b.seconds - a.seconds)
}
