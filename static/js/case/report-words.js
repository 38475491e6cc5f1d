/** A case report in words, and what of it is whose. Pure functions over `view`. */

import { mark, t, tn } from "../lib/t.js"
import { isOver, isStaff } from "../meeting/rights.js"

export const isReport = (view) => view.meeting?.kind === "case_report"

const STAGES = {
  report: mark("Crime report"),
  investigation: mark("Investigation"),
  prosecution: mark("Prosecution"),
  first_instance: mark("First-instance trial"),
  appeal: mark("Appeal"),
  cassation: mark("Cassation, reopening"),
  enforcement: mark("Enforcement of the judgment"),
  closed: mark("Closed"),
}

export const stageWord = (stage) => t(STAGES[stage] ?? stage)

/** `PA1`, or nothing. */
export const labelOf = (report, proposal) => report.proposals?.items[proposal]?.label ?? ""

/** "Đồng ý PA1". */
export function stanceWord(report, { stance, proposal }) {
  const label = labelOf(report, proposal)
  if (stance === "agree") return label ? t("Agrees with {label}", { label }) : t("Agrees to it")
  if (stance === "no") return label ? t("Does not agree with {label}", { label }) : t("Does not agree")
  return t("Another opinion")
}

/** The proposals in their order, each with `id`. */
export const proposalsOf = ({ proposals: { order = [], items = {} } = {} }) =>
  order.filter((id) => items[id]).map((id) => ({ id, ...items[id] }))

/** The questions in their order, each with `id`, `answers` as a list. */
export const questionsOf = ({ questions: { order = [], items = {} } = {} }) =>
  order
    .filter((id) => items[id])
    .map((id) => ({
      id,
      ...items[id],
      answers: Object.entries(items[id].answers ?? {})
        .map(([key, answer]) => ({ id: key, ...answer }))
        .sort((a, b) => a.at - b.at),
    }))

/** Days until `day` (yyyy-mm-dd) from `now` (ms), in the agency's days; negative: over. */
export function daysLeft(day, now, zone = 7 * 3600000) {
  return Math.round(Date.parse(`${day}T00:00Z`) / 86400000) - Math.floor((now + zone) / 86400000)
}

/** {word, tone}: "còn 5 ngày". */
export function countdown(day, now) {
  const days = daysLeft(day, now)
  if (days < 0) return { word: tn("{n} day over", "{n} days over", -days), tone: "bad" }
  if (!days) return { word: t("today"), tone: "bad" }
  return { word: tn("{n} day left", "{n} days left", days), tone: days <= 7 ? "warn" : "info" }
}

/** "điểm a khoản 4 Điều 174 BLHS". */
export const provision = ({ point, clause, article, law }) =>
  [
    point && t("point {x}", { x: point }),
    clause && t("clause {x}", { x: clause }),
    article && t("article {x}", { x: article }),
    law,
  ]
    .filter(Boolean)
    .join(" ")

/** Where it was asked: "BL 84, tập 3", or the title and the page. */
export function placeWord(/** @type {any} */ where) {
  const { label, volume, title, page } = where ?? {}
  if (label) return volume ? t("BL {label}, volume {volume}", { label, volume }) : `BL ${label}`
  return [title, page && t("page {page}", { page })].filter(Boolean).join(", ")
}

const LEAD = /(?:^|[^\p{L}])(?:b\.?\s?l|b[uú]t\s+l[uụ]c)(?!\p{L})/iu

/** What was typed where only numbers are asked for: `225` reads "BL 225", what says BL already as it is typed. */
export const blWord = (bl = "") => (/\d/.test(bl) && !LEAD.test(bl.normalize("NFC")) ? `BL ${bl}` : bl)

/** "8 tập, 482 bút lục (530 trang bản số hóa)": pages are called numbers only where they bear them. */
export function fileWord({ volumes = 0, numbered = 0, sheets = 0 }) {
  const pages = sheets && sheets !== numbered ? tn("{n} page of scans", "{n} pages of scans", sheets) : ""
  const numbers = numbered ? tn("{n} numbered sheet (BL)", "{n} numbered sheets (BL)", numbered) : ""
  const known = [volumes ? tn("{n} volume", "{n} volumes", volumes) : "", numbers || pages].filter(Boolean).join(", ")
  return numbers && pages ? `${known} (${pages})` : known
}

/** yyyy-mm-dd → dd/mm/yyyy. */
export const dayWord = (day) => day.split("-").reverse().join("/")

/** Whether I may put this text as a proposal, and nobody has. @param {any} view @param {any} me @param {string} text */
export function mayPropose({ meeting, report = {} }, me, text) {
  const speaks = report.reporter === me.id || isStaff(me)
  const isOpen = isReport({ meeting }) && !isOver(meeting.status) && !report.direction
  return isOpen && speaks && !proposalsOf(report).some((each) => each.text === text.trim())
}
