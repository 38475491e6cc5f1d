/** One option of a ballot as a bar: full at the base of the count, with the threshold as a line and its words. Templates. */

import { measured } from "./ballot-rules.js"
import { html, nothing } from "../../lib/html.js"
import { language, t } from "../../lib/t.js"

/** `row` as `counted` gives it. */
export function tallyBar(ballot, { key, n }) {
  const { base, needed } = measured(ballot)
  const marked = key === "yes" && needed > 0 && needed <= base
  const at = marked ? (100 * needed) / base : 0
  return html`<div class="tally-bar"><progress max=${base} value=${n} aria-hidden="true"></progress>${
    marked
      ? html`
    <svg class="tally-mark" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line x1=${at} x2=${at} y1="0" y2="10"></line></svg>
    <small class="tally-needs">${t("needed: {needed}/{base}", { needed: two(needed), base: two(base) })}</small>`
      : nothing
  }</div>`
}

/** "Chưa biểu quyết: 02", or "" when everybody has voted. */
export function unvotedWords(ballot) {
  const { unvoted } = measured(ballot)
  return unvoted ? t("Not voted: {n}", { n: two(unvoted) }) : ""
}

/** Official Vietnamese writes numbers below ten with a nought. */
const two = (n) => (language() === "vi" ? String(n).padStart(2, "0") : String(n))
