/** <site-floor>: who of this site waits to speak or speaks; the technician asks on behalf of a named person. */

import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { KIND_CODES, kindSign, kindWord, POINT_OF_ORDER, waiting } from "../floor/floor-words.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { isRoomOpen, isSecret } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { floorClosed } from "../floor/floor-button.js"
import { Part } from "../core/part.js"
import { peopleOfSite } from "./site-people.js"
import "../floor/speech-clock.js"

export class SiteFloor extends Part {
  watches = ["meeting", "floor", "roll", "agenda"]

  draw(view, meeting) {
    const people = peopleOfSite(view, meeting.me)
    const requests = waiting(
      view.floor,
      people.map(({ id }) => id),
    )
    const closed = floorClosed(view.floor, view.agenda)
    const may = isRoomOpen(view.meeting.status)
    return html`
      <h2>${t("The floor at this site")}</h2>
      <speech-clock hidden></speech-clock>
      ${closed ? html`<p class="notice">${icon("info")}<span>${t("The chair has closed the list of speakers on this item.")}</span></p>` : nothing}
      <ul class="site-list">${repeat(
        requests,
        ({ id }) => id,
        ({ id, place, person, kind }) => html`
        <li><b class="site-place">${t("No. {n}", { n: place })}</b><span class="grow">${nameOf(view, person)}<small>${kindWord(kind)}</small></span>
          ${
            may
              ? html`<button type="button" class="button icon-only" aria-label=${t("Take back the request of {name}", { name: nameOf(view, person) })}
            @click=${() => attempt(meeting.send("withdraw_request", { request: id }))}>${icon("x")}</button>`
              : nothing
          }</li>`,
      )}</ul>
      ${requests.length ? nothing : html`<p class="site-none">${t("Nobody of this site is waiting to speak.")}</p>`}
      ${may && people.length ? html`<button type="button" class="button wide" @click=${() => this.#ask(people, closed)}>${icon("hand")}${t("Ask to speak for somebody here")}</button>` : nothing}`
  }

  async #ask(people, closed) {
    const kinds = closed ? [POINT_OF_ORDER] : KIND_CODES
    const request = await show(
      (close) => html`
      <form method="dialog" @submit=${(event) => {
        event.preventDefault()
        const { person, kind, note } = event.target.elements
        close({ person: person.value, kind: kind.value, note: note?.value.trim() ?? "" })
      }}>
        <div class="dialog-body">
          <h2>${t("Ask to speak for somebody here")}</h2>
          <fieldset class="field site-who"><legend>${t("Who")}</legend>${people.map(
            ({ id, name, title }, n) => html`
            <label class="floor-kind"><input type="radio" name="person" value=${id} required ?checked=${people.length === 1 && n === 0}><span>${name}${title ? html`<small>${title}</small>` : nothing}</span></label>`,
          )}</fieldset>
          <fieldset class="field site-who"><legend>${t("What for")}</legend>${kinds.map(
            (code, n) => html`
            <label class="floor-kind"><input type="radio" name="kind" value=${code} ?checked=${n === 0}>${icon(kindSign(code))}<span>${kindWord(code)}</span></label>`,
          )}</fieldset>
          ${
            isSecret(this.meeting.view)
              ? nothing
              : html`<div class="field"><label for="site-note">${t("What about")} <span class="optional">(${t("optional")})</span></label>
            <input id="site-note" name="note" maxlength="300" autocomplete="off"></div>`
          }
        </div>
        <div class="dialog-actions">
          <button type="button" class="button" @click=${() => close()}>${t("Cancel")}</button>
          <button type="submit" class="button primary">${icon("send")}${t("Send the request")}</button>
        </div>
      </form>`,
    )
    if (request && (await attempt(this.meeting.send("request_floor", request))))
      toast(t("The request of {name} has been sent to the chair.", { name: nameOf(this.meeting.view, request.person) }))
  }
}

customElements.define("site-floor", SiteFloor)
