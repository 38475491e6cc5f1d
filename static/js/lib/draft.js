/** A form over something that others may change meanwhile: what it started from, and what was typed. Pure. */

/** The fields of `typed` that differ from what the form started from: only these are sent. */
export function changesOf(started, typed) {
  return Object.fromEntries(Object.entries(typed).filter(([field, value]) => !same(value, started[field])))
}

/** The fields that somebody else changed since the form was opened, and not to what is typed here. */
export function overtaken(started, latest, typed = {}) {
  return Object.keys(started).filter(
    (field) => !same(latest[field], started[field]) && !same(latest[field], typed[field]),
  )
}

export function same(a, b) {
  return JSON.stringify(a ?? "") === JSON.stringify(b ?? "")
}
