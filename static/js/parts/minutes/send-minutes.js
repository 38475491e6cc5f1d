/** To whom a copy of the minutes goes, and until when. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { everybody } from "../../meeting/people.js"
import { isTechnician } from "../../meeting/rights.js"
import { fromIso, toIso } from "./due-date.js"

const DAYS = 3
const DAY = 86_400_000

/**
 * The arguments of `send_minutes`, or null.
 * @param {any} view
 * @param {Meeting} meeting
 * @returns {Promise<{ to: string | string[], until: string } | null>}
 */
export function sendMinutes(view, meeting) {
  const others = everybody(view).filter((one) => one.id !== meeting.me.id && !isTechnician(one))
  const local = new Date(meeting.now() + DAYS * DAY + 7 * 3600 * 1000)
  const usual = fromIso(local.toISOString().slice(0, 10))
  return show(
    (close) => html`
    <form method="dialog" novalidate @submit=${(event) => answer(event, meeting, close)}>
      <div class="dialog-body">
        <h2>${t("Send for comments")}</h2>
        <p class="help">${t("A copy as it stands now: what you write afterwards is not in it.")}</p>
        <fieldset class="field"><legend>${t("To")}</legend>
          <label class="check"><input type="radio" name="to" value="staff" checked><span>${t("Chair, co-chairs and organisers")}</span></label>
          <label class="check"><input type="radio" name="to" value="present"><span>${t("All who attended")}</span></label>
          <label class="check"><input type="radio" name="to" value="some"><span>${t("The people chosen here")}</span></label>
          <div class="send-people" @change=${({ target }) => {
            target.form.elements.to.value = "some"
          }}>${others.map(
            ({ id, name, unit }) =>
              html`<label class="check"><input type="checkbox" name="person" value=${id}><span>${name}<span class="help block">${unit}</span></span></label>`,
          )}</div>
        </fieldset>
        <div class="field"><label for="send-until">${t("Comments until the end of")}</label>
          <input id="send-until" name="until" inputmode="numeric" autocomplete="off" placeholder=${t("dd/mm/yyyy")} .value=${usual}>
          <span class="error" hidden>${t("Write the day as dd/mm/yyyy.")}</span></div>
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Send")}</button>
      </div>
    </form>`,
    { wide: true },
  )
}

function answer(event, meeting, close) {
  event.preventDefault()
  const { to, until } = event.target.elements
  const day = toIso(until.value, meeting.now())
  event.target.querySelector(".error").hidden = Boolean(day)
  if (!day) return until.focus()
  const chosen = [...event.target.querySelectorAll("[name=person]:checked")].map(({ value }) => value)
  close({ to: to.value === "some" ? chosen : to.value, until: day })
}
