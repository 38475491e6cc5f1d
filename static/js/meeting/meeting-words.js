/** The words for what the log calls by a code: states, kinds and roles of a meeting. */

import { stripAccents } from "../lib/strip-accents.js"
import { mark, t } from "../lib/t.js"

const STATUS = {
  draft: { word: mark("Draft"), sign: "square-pen", tone: "" },
  published: { word: mark("Published"), sign: "send", tone: "good" },
  live: { word: mark("In session"), sign: "circle-dot", tone: "live" },
  adjourned: { word: mark("Adjourned"), sign: "pause", tone: "warn" },
  closed: { word: mark("Closed"), sign: "check", tone: "" },
  archived: { word: mark("Archived"), sign: "archive", tone: "" },
  cancelled: { word: mark("Cancelled"), sign: "ban", tone: "bad" },
}

const KINDS = {
  meeting: mark("Meeting"),
  conference: mark("Conference"),
  review_conf: mark("Review conference"),
  briefing: mark("Regular briefing"),
  adhoc: mark("Extraordinary meeting"),
  training: mark("Training conference"),
  case_report: mark("Case report session"),
  ubks: mark("Procuratorial Committee meeting"),
  interagency: mark("Inter-agency meeting"),
  online_trial: mark("Online trial, lessons learnt"),
}

// In the order in which people are listed.
const ROLES = {
  chair: mark("Chair"),
  cochair: mark("Co-chair"),
  secretary: mark("Secretary"),
  organiser: mark("Organiser"),
  delegate: mark("Delegate"),
  guest: mark("Guest"),
  technician: mark("Site technician"),
}

export const statusWord = (code) => t(STATUS[code]?.word || code)
export const statusSign = (code) => STATUS[code]?.sign || "circle"
export const statusTone = (code) => STATUS[code]?.tone || ""
export const kindWord = (code) => t(KINDS[code] || code)
export const roleWord = (code) => t(ROLES[code] || code)
export const KIND_CODES = Object.keys(KINDS)
export const ROLE_CODES = Object.keys(ROLES)
/** What most people are invited as. */
export const USUAL_ROLE = "delegate"

/** "Phó Viện trưởng, VKSND tỉnh": title and unit; the unit only where the title does not name it already. */
export function aboutPerson({ title = "", unit = "" }) {
  const named = unit.split(" - ")[0]
  return title && (!unit || stripAccents(title).includes(stripAccents(named)))
    ? title
    : [title, unit].filter(Boolean).join(", ")
}
