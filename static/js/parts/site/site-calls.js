/** <site-calls>: what the people of this site have called for; the technician goes, and says so. */

import { attempt } from "../../lib/attempt.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { callSign, callsOf, callState, callStateSign, callTone, callWord } from "../notices/service-words.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { myStatus } from "../../meeting/my-status.js"
import { Part } from "../core/part.js"
import "../notices/service-call.js"
import { peopleOfSite } from "./site-people.js"

/** What somebody of my site has called for and nobody has dealt with yet, the first one first. */
export const callsHere = (view, me) =>
  callsOf(
    view.notices,
    peopleOfSite(view, me).map(({ id }) => id),
  )
    .filter(({ state }) => state !== "done")
    .reverse()

export class SiteCalls extends Part {
  watches = ["notices", "roll", "meeting"]

  #status

  started() {
    this.drawsWith(myStatus, (it) => {
      this.#status = it
    })
  }

  draw(view, meeting) {
    const words = this.#status?.words ?? {}
    const calls = callsHere(view, meeting.me)
    this.classList.toggle("waiting", calls.length > 0)
    const answer = (call, said) => attempt(meeting.send("answer_call", { call, answer: said }))
    return html`
      <h2>${t("Calls for service")}</h2>
      <div role="status" aria-live="polite"><ul class="site-list">${repeat(
        calls,
        ({ id }) => id,
        ({ id, person, kind, text = words[id], at, state }) => html`
        <li>${icon(callSign(kind))}<span class="grow"><b>${callWord(kind)}</b>${text ? html`<span>${text}</span>` : nothing}<small>${nameOf(view, person)} · ${clock(at)}</small></span>
          <span class="badge ${callTone(state)}">${icon(callStateSign(state))}${callState(state)}</span>
          <span class="buttons">${state === "open" ? html`<button type="button" class="button" @click=${() => answer(id, "taken")}>${t("I am going")}</button>` : nothing}
            <button type="button" class="button" @click=${() => answer(id, "done")}>${icon("check")}${t("Dealt with")}</button></span></li>`,
      )}</ul></div>
      ${calls.length ? nothing : html`<p class="site-none">${t("Nobody of this site has called.")}</p>`}
      <service-call worded></service-call>`
  }
}

customElements.define("site-calls", SiteCalls)
