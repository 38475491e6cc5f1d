/** <site-substitutes>: who attends instead of whom at this site; and whose a site's people are. */

import { isRoomOpen, isTechnician } from "../../meeting/rights.js"
import { choose } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { consentWord, proposeSubstitute, substituteOf } from "../roll/substitute-form.js"

/** The people of my site who take part: not the technician. */
export const peopleOfSite = (view, { site }) =>
  everybody(view).filter((person) => site && person.site === site && !isTechnician(person))

export class SiteSubstitutes extends Part {
  watches = ["roll", "meeting"]

  draw(view, meeting) {
    const people = peopleOfSite(view, meeting.me)
    const replaced = people.filter(({ substitute }) => substitute)
    return html`
      <h2>${t("Substitutes")}</h2>
      <ul class="site-list">${repeat(
        replaced,
        ({ id }) => id,
        (person) => html`
        <li><span class="grow"><b>${substituteOf(person)}</b><small>${t("for {name}", { name: person.name })}</small></span>
          <span class="badge ${person.consent === "given" ? "good" : "warn"}">${icon(person.consent === "given" ? "circle-check" : "hourglass")}${consentWord(person)}</span></li>`,
      )}</ul>
      ${replaced.length ? nothing : html`<p class="site-none">${t("Nobody is replaced at this site.")}</p>`}
      ${people.length && isRoomOpen(view.meeting.status) ? html`<button type="button" class="button wide" @click=${() => this.#propose(people)}>${icon("user-plus")}${t("Name a substitute")}</button>` : nothing}`
  }

  async #propose(people) {
    const person =
      people.length === 1
        ? people[0].id
        : await choose({
            title: t("Who is replaced?"),
            options: people.map(({ id, name, title }) => ({ value: id, label: name, help: title })),
          })
    if (person) await proposeSubstitute(this.meeting, person)
  }
}

customElements.define("site-substitutes", SiteSubstitutes)
