/** The quorum in words: how many are here, how many must be, by which rule. Pure. */

import { mark, t } from "../lib/t.js"

/** @type {Record<string, string>} */
const RULES = {
  gt_half: mark("more than half"),
  ge_two_thirds: mark("at least two thirds"),
  none: mark("no quorum asked for"),
}

export const QUORUM_RULES = Object.keys(RULES)
/** @param {string} rule */
export const quorumRule = (rule) => t(RULES[rule] || rule)

/**
 * "Có mặt 6 trên 11 thành viên, cần 6 (quá nửa): đủ."
 * @param {{ rule: string, of: number, present: number, needed?: number, met?: boolean }} quorum
 */
export function quorumWords({ rule, of, present, needed, met }) {
  if (rule === "none") return t("{present} of {of} members are present; no quorum is asked for.", { present, of })
  const words = { present, of, needed, rule: quorumRule(rule) }
  return met
    ? t("{present} of {of} members are present, {needed} needed ({rule}): there is a quorum.", words)
    : t("{present} of {of} members are present, {needed} needed ({rule}): no quorum yet.", words)
}
