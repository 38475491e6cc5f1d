/** The maps of a case as the room may see them: fetched once a version, kept in this page's memory alone. */

import { fetchInTime } from "../lib/in-time.js"
import { ask } from "../lib/ask.js"
import { takeFirst } from "./first-map.js"
import { nameOf } from "./places.js"

const held = new Map()
const HELD = 4

/** undefined: it has not come; null: it is no longer there. @param {string} case_ @param {string} map @param {number} version */
export function roomMap(case_, map, version) {
  const url = urlOf(case_, map, version)
  if (held.has(url)) return held.get(url)
  const coming = read(url)
  held.set(url, coming)
  coming.then((found) => found || held.delete(url))
  while (held.size > HELD) held.delete(held.keys().next().value)
  return coming
}

const urlOf = (case_, map, version) =>
  `/cases/${encodeURIComponent(case_)}/maps/${encodeURIComponent(map)}/${version}.json`

/**
 * Whether it is still there; undefined where nobody answered. Its content is not sent again.
 * @param {string} case_ @param {string} map @param {number} version
 */
export async function isStillThere(case_, map, version) {
  const url = urlOf(case_, map, version)
  const answer = await fetchInTime(url, { method: "HEAD", cache: "no-store" }).catch(() => undefined)
  if (!answer?.headers.has("X-Meetingroom")) return undefined
  if (answer.status === 404) held.delete(url)
  return answer.ok || (answer.status === 404 ? false : undefined)
}

async function read(url) {
  const early = await takeFirst(url)
  if (early) return early
  const { ok, status, body } = await ask(url)
  return ok ? body : status === 404 ? null : undefined
}

/** A page {document, page} with all that the map says of it: {label, volume, checked, title, pages}. */
export const named = (map, page) => ({
  ...page,
  ...map.documents?.[page.document],
  ...map.labels?.[nameOf(page)],
})

/** The published maps of a case that I may see now: [{id, title, version}]. @param {string} case_ */
export async function publishedMaps(case_) {
  const { ok, body } = await ask(`/cases/${encodeURIComponent(case_)}/maps.json`)
  return ok ? body.maps : []
}
