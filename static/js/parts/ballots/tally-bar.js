/** One option of a ballot as a bar: full at the base of the count, with the threshold as a line and its words. Templates. */

import { measured } from "./ballot-rules.js"
import { figure } from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { t } from "../../lib/t.js"

/** `row` as `counted` gives it. */
export function tallyBar(ballot, { key, n }) {
  const { base, needed } = measured(ballot)
  const marked = key === "yes" && needed > 0 && needed <= base
  const at = marked ? (100 * needed) / base : 0
  return html`<div class="tally-bar"><progress max=${base} value=${n} aria-hidden="true"></progress>${
    marked
      ? html`
    <svg class="tally-mark" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line x1=${at} x2=${at} y1="0" y2="10"></line></svg>
    <small class="tally-needs">${t("needed: {needed}/{base}", { needed: figure(needed, ballot), base: figure(base, ballot) })}</small>`
      : nothing
  }</div>`
}

/** "Chưa biểu quyết: 02", or "" when everybody has voted. */
export function unvotedWords(ballot) {
  const { unvoted } = measured(ballot)
  return unvoted ? t("Not voted: {n}", { n: figure(unvoted, ballot) }) : ""
}
