/** In the roll: who attends instead, and the chair's consent. A template. */

import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent } from "../../meeting/people.js"
import { conducts, presides } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { consentWord, proposeSubstitute, substituteOf } from "./substitute-form.js"

export function rollSubstitute(person, meeting, may) {
  const { me } = meeting
  const named = substituteOf(person)
  const send = (name) => () => attempt(meeting.send(name, { person: person.id }))
  if (named) {
    return html`<div class="roll-substitute"><p>${icon("users")}<span><b>${t("Substitute: {name}", { name: named })}</b> <small>${consentWord(person)}</small></span></p>
      ${may && person.consent === "asked" && presides(me) ? html`<button class="button primary" @click=${send("accept_substitute")}>${icon("check")}${t("Consent")}</button>` : nothing}
      ${may && conducts(me) ? html`<button class="button" @click=${send("decline_substitute")}>${person.consent === "asked" && presides(me) ? t("Decline") : t("No substitute")}</button>` : nothing}
    </div>`
  }
  if (!may || !conducts(me) || isPresent(person) || person.state === "waiting") return nothing
  return html`<div class="roll-substitute"><button class="button" @click=${() => proposeSubstitute(meeting, person.id)}>${icon("user-plus")}${t("Record a substitute")}</button></div>`
}
