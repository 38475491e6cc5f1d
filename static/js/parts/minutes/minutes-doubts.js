/** Before the chair approves: where the text no longer agrees with the log, as the server has found it. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { tn } from "../../lib/t.js"

/** `told` is minutes.json: a notice with a way to each place; nothing where all agrees. */
export function doubtsOf(reported) {
  const doubts = reported?.doubts ?? []
  if (!doubts.length) return nothing
  return html`
    <section class="notice warn minutes-doubts" role="status">${icon("triangle-alert")}<div>
      <p>${doubtWords(reported)}</p>
      <ul>${doubts.map(({ item, text }) => html`<li><a class="link" href=${`#minutes-item-${item}`}>${text}</a></li>`)}</ul></div></section>`
}

/** One sentence for a question before something that rests on the text; "" where all agrees. */
export function doubtWords(reported) {
  const n = reported?.doubts?.length ?? 0
  return n
    ? tn(
        "{n} place does not agree with the log: look at it first.",
        "{n} places do not agree with the log: look at them first.",
        n,
      )
    : ""
}

/** The text of a question, with that sentence before it. */
export const withDoubts = (reported, text) => [doubtWords(reported), text].filter(Boolean).join(" ")
