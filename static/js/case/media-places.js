/** Recordings and photos of a case: their addresses, their names, which of them the case has. */

import { ask } from "../lib/ask.js"
import { t } from "../lib/t.js"
import { isMine } from "./my-cases.js"

const at = (case_, media) => `/cases/${encodeURIComponent(case_)}/media/${encodeURIComponent(media)}`

export const viewUrl = ({ case: case_, media }) => `${at(case_, media)}/view`
export const openedUrl = (place) => `/api${at(place.case, place.media)}/opened`
export const posterUrl = ({ case: case_, media }) => `${at(case_, media)}/poster.webp`

export const SIGNS = { video: "film", audio: "audio-lines", photo: "image" }

/** `BL 84 (tập 3)`, or the title where it has no number. */
export function nameOfMedia({ label, volume, title }) {
  if (!label) return title || t("a recording")
  return volume ? t("BL {label} (volume {volume})", { label, volume }) : `BL ${label}`
}

/**
 * What the case has and the screens can show: [{id, title, kind, seconds, label, volume, caption, clips, state}]; [] for
 * whoever is not on its list.
 * @param {string} case_
 */
export async function mediaOf(case_) {
  if (!(await isMine(case_))) return []
  const { ok, body } = await ask(`/api/cases/${encodeURIComponent(case_)}/media`)
  if (!ok) return []
  return body.media.map((each) => {
    const [page] = each.pages ?? []
    return { ...each, label: page?.label ?? "", volume: String(page?.volume || "") }
  })
}
