/** The quorum, always in sight over the roll: the numbers, the rule, and another rule by those who may. Templates. */

import { attempt } from "../../lib/attempt.js"
import { choose } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { QUORUM_RULES, quorumRule, quorumWords } from "../../meeting/quorum.js"
import { isStaff } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

export function rollQuorum({ roll: { quorum } }, meeting, may) {
  if (!quorum) return nothing
  return html`<p class="roll-quorum ${quorum.met ? "met" : "short"}" role="status">${icon(quorum.met ? "circle-check" : "triangle-alert")}
    <span class="grow">${quorumWords(quorum)}</span>
    ${may && isStaff(meeting.me) ? html`<button class="button quiet" @click=${() => change(meeting, quorum)}>${t("Change the rule")}</button>` : nothing}</p>`
}

async function change(meeting, { rule, of }) {
  const chosen = await choose({
    title: t("How many must be present?"),
    text: t("Counted are the chair, co-chairs, delegates and organisers: {of} people.", { of }),
    options: QUORUM_RULES.map((code) => ({
      value: code,
      label: quorumRule(code),
      icon: code === rule ? "check" : "circle",
    })),
  })
  if (chosen && chosen !== rule) await attempt(meeting.send("set_quorum", { rule: chosen }))
}
