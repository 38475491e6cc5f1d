/** One site in a dialog: its screens, who is there and who is missing, whom to ring; call it back. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, nameAndTitle } from "../../meeting/people.js"
import { mark, t } from "../../lib/t.js"
import { presenceWord } from "../roll/presence-word.js"

const WORDS = {
  loading: mark("does not show the page yet"),
  browsing: mark("looks at something else"),
  lost: mark("connection lost"),
}

/** `state` is {look, spoken} of painted-board; `states` what the devices of people do who do not show the page;
 * `call` calls this site back, or is false. */
export function siteCard({ site, meeting, states, state, close, call }) {
  const people = everybody(meeting.view).filter((person) => person.site === site.id)
  return html`
    <div class="dialog-body site-card">
      <h2>${site.short ? `${site.short} · ${site.name}` : site.name}</h2>
      <p class="site-state ${state.look}">${icon(state.look === "all" ? "circle-check" : state.look.startsWith("some") ? "hourglass" : "wifi-off")}${state.spoken}</p>
      ${site.contact ? html`<p class="site-contact">${icon("phone")}${t("Contact")}: ${site.contact}</p>` : nothing}
      ${
        people.length
          ? html`
        <ul class="rows site-people">${people.map(
          (person) => html`
          <li><span class="grow">${nameAndTitle(person)}
            ${states[person.id] ? html`<small class="late">${t(WORDS[states[person.id]])}</small>` : nothing}</span>${presenceWord(person)}</li>`,
        )}</ul>`
          : html`<p class="quiet-text">${t("Nobody has been invited at this site.")}</p>`
      }
    </div>
    <div class="dialog-actions">
      <button class="button" type="button" @click=${() => close()}>${t("Close")}</button>
      ${
        call
          ? html`<button class="button primary" type="button" ?disabled=${state.look === "lost" || state.look === "none"}
        @click=${() => {
          close()
          call()
        }}>${icon("bell-ring")}${t("Call this site back")}</button>`
          : nothing
      }
    </div>`
}
