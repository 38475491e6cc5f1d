/** The usual kinds of ballots and what their rules mean, as `meetingroom/meeting/tally.py` has them (a test compares). */

import { mark, t } from "../../lib/t.js"

const FIRST = ["yes", "no", "other"]
const COUNCIL = ["yes", "no", "not_voting"]

/** No `options`: a list of one's own. */
export const PRESETS = {
  HOI_NGHI: {
    word: mark("Meeting or conference of the agency"),
    base: "present",
    threshold: "gt_half",
    tie: "chair",
    options: FIRST,
  },
  UBKS_NQ: {
    word: mark("Procuratorial Committee: resolution"),
    base: "total",
    threshold: "gt_half",
    tie: "chair",
    options: FIRST,
  },
  UBKS_AN: {
    word: mark("Procuratorial Committee: opinions on a case"),
    base: "total",
    threshold: "none",
    tie: "rejected",
    options: FIRST,
    opinion: true,
  },
  DANG_NQ: {
    word: mark("Party organisation: resolution"),
    base: "total",
    threshold: "gt_half",
    tie: "rejected",
    options: COUNCIL,
  },
  HDND_NQ: {
    word: mark("People's Council: resolution"),
    base: "total",
    threshold: "gt_half",
    tie: "rejected",
    options: COUNCIL,
  },
  HDND_2_3: {
    word: mark("People's Council: two thirds needed"),
    base: "total",
    threshold: "ge_two_thirds",
    tie: "rejected",
    options: COUNCIL,
  },
  THAM_KHAO: {
    word: mark("Choice from a list, for reference"),
    base: "cast",
    threshold: "none",
    tie: "rejected",
    options: [],
    secret: true,
  },
}

export const BASES = {
  total: mark("all who are entitled to vote, absent ones too"),
  present: mark("those present"),
  cast: mark("the ballots returned"),
}
export const THRESHOLDS = {
  gt_half: mark("more than half"),
  ge_two_thirds: mark("at least two thirds"),
  none: mark("no verdict, for reference"),
}
export const TIES = { rejected: mark("not adopted"), chair: mark("the side of the chair decides") }

/** The sets of answers that can be chosen, besides a list of one's own. */
export const ANSWERS = [FIRST, COUNCIL]

/**
 * @typedef {{ base: string, threshold: string, tie: string, opinion?: boolean }} Rule
 */

/**
 * The rule in plain sentences, a list: of how many it is counted, how much is needed, what a tie means.
 * @param {Rule} rule
 * @param {boolean} secret
 */
export function explained({ base, threshold, tie, opinion }, secret) {
  if (opinion)
    return [
      t("Everybody gives an opinion; there is no verdict. The chair decides afterwards and records the decision."),
    ]
  if (threshold === "none") return [t("The numbers are announced for reference; there is no verdict.")]
  const said = [t("Adopted with {threshold} of {base}.", { threshold: t(THRESHOLDS[threshold]), base: t(BASES[base]) })]
  if (threshold === "gt_half") said.push(t("A tie: {tie}.", { tie: t(TIES[tie]) }))
  if (secret && tie === "chair" && threshold === "gt_half")
    said.push(t("In a secret ballot the side of the chair is not known: a tie is not adopted."))
  return said
}

/** The least number of yes that adopts, of `base` people; exact integers as on the server. */
export const needed = (base, threshold) =>
  threshold === "gt_half" ? Math.floor(base / 2) + 1 : Math.ceil((2 * base) / 3)

/** "Cần ít nhất 5 phiếu tán thành trên 8", or "" where nothing is adopted or it depends on who votes. */
export function neededWords({ rule, roll = [], recused = [] }, view) {
  if (rule.opinion || rule.threshold === "none" || rule.base === "cast") return ""
  const present = roll.filter(
    (person) => !recused.includes(person) && ["onsite", "online"].includes(view.roll.people[person]?.state),
  ).length
  const base = rule.base === "total" ? roll.length : present
  if (!base) return ""
  const words = { needed: needed(base, rule.threshold), base }
  return rule.base === "total"
    ? t("{needed} in favour of {base} are needed.", words)
    : t("With those present now: {needed} in favour of {base} are needed.", words)
}

/**
 * A count against its base: {base, needed, unvoted}. `needed` is 0 where nothing is adopted (a list, opinions) or where
 * the base is not yet known while the ballot runs; a bar is full at `base`.
 * @param {{ state: string, rule?: Partial<Rule>, result?: { base: number, needed: number, reason?: string }, counts?: Record<string, number>,
 *   cast?: number, voters?: number, returned?: number, tellers?: string[] }} ballot
 */
export function measured({ state, rule = {}, result, counts = {}, cast = 0, voters = 0, returned, tellers }) {
  const unvoted = Math.max(0, voters - (tellers ? (returned ?? cast) : cast))
  const most = Math.max(1, ...Object.values(counts))
  if (result) return { base: Math.max(most, result.base || voters), needed: result.needed || 0, unvoted }
  const known =
    state === "open" &&
    rule.base === "total" &&
    !rule.opinion &&
    THRESHOLDS[rule.threshold] &&
    rule.threshold !== "none"
  return { base: Math.max(most, voters), needed: known && voters ? needed(voters, rule.threshold) : 0, unvoted }
}
