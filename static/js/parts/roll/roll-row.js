/** One person of the roll call: name, and three large buttons: here, online, absent (or left, once they are here). */

import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent, officeOf } from "../../meeting/people.js"
import { roleName } from "../../meeting/role-names.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { askReason } from "./excuse-reason.js"
import { rollSubstitute } from "./roll-substitute.js"

export function rollRow(person, { meeting, may }) {
  const here = isPresent(person)
  const come = (mode) => attempt(meeting.send("check_in", { person: person.id, mode }))
  return html`
    <li class="roll-row ${person.state}">
      <div class="roll-who">
        <b>${person.name}</b>
        <small>${[roleName(person.role), officeOf(person)].filter(Boolean).join(" · ")}</small>
        ${remark(person)}
      </div>
      <div class="roll-marks" role="group" aria-label=${person.name}>
        ${mark({ on: person.state === "onsite", sign: "circle-check", word: t("On site"), time: person.at, may, act: () => come("onsite") })}
        ${mark({ on: person.state === "online", sign: "wifi", word: t("Present online"), time: person.at, may, act: () => come("online") })}
        ${
          here
            ? mark({
                on: false,
                sign: "log-out",
                word: t("Leaves"),
                may,
                act: () => attempt(meeting.send("check_out", { person: person.id })),
              })
            : mark({
                on: person.state === "excused",
                sign: "user-x",
                word: t("Excuse"),
                may,
                act: () => excuse(person, meeting),
              })
        }
      </div>
      ${rollSubstitute(person, meeting, may)}
    </li>`
}

/** @param {{ on: boolean, sign: string, word: string, time?: number, may: boolean, act: () => unknown }} how */
const mark = ({ on, sign, word, time, may, act }) => html`
  <button class="roll-mark" aria-pressed=${on} ?disabled=${!may} @click=${on && sign !== "user-x" ? () => {} : act}>
    ${icon(sign)}<span>${word}</span>${on && time ? html`<time>${clock(time)}</time>` : nothing}</button>`

function remark({ state, reason, left_at: left }) {
  if (state === "excused")
    return html`<small class="roll-remark">${reason ? t("Absent: {reason}", { reason }) : t("Absent with a reason")}</small>`
  if (state === "absent") return html`<small class="roll-remark">${t("Absent without a reason")}</small>`
  if (state === "left") return html`<small class="roll-remark">${t("Left at {time}", { time: clock(left) })}</small>`
  return nothing
}

async function excuse(person, meeting) {
  const reason = await askReason(person)
  if (reason) await attempt(meeting.send("excuse", { person: person.id, reason }))
}
