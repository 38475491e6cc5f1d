/** <speakers-book>: in a dialog: who has not spoken yet, who has and for how long, by person and by site; invite by name. */

import { show } from "../../lib/dialog.js"
import { bySite, siteOf, speakers } from "./speaking-statistics.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { finds, officeOf } from "../../meeting/people.js"
import { t, tn } from "../../lib/t.js"
import { duration } from "../../lib/time.js"
import { Part } from "../core/part.js"

const FILTERS = [
  { id: "silent", word: () => t("Not spoken yet"), holds: ({ times, here }) => !times && here },
  { id: "spoken", word: () => t("Have spoken"), holds: ({ times }) => times > 0 },
  { id: "all", word: () => t("All of them"), holds: () => true },
]

/** `queue` (property) is the part that gives the floor, `close` (property) ends the dialog. */
export class SpeakersBook extends Part {
  watches = ["floor", "roll", "sites"]
  waitsForEditing = false
  queue = undefined
  close = () => {}

  #filter = "silent"
  #search = ""

  draw(view) {
    const all = speakers(view)
    const { holds } = FILTERS.find(({ id }) => id === this.#filter)
    const found = all
      .filter(holds)
      .filter((p) => finds(this.#search, `${p.name} ${p.title ?? ""} ${p.unit ?? ""} ${siteOf(view, p)}`))
    return html`
      <div class="book-filters" role="group" aria-label=${t("Who has spoken")}>${FILTERS.map(
        ({ id, word, holds: of }) => html`
        <button class="button" aria-pressed=${id === this.#filter} @click=${() => {
          this.#filter = id
          this.redraw()
        }}>${word()} <b>${all.filter(of).length}</b></button>`,
      )}</div>
      <label class="search">${icon("search")}<span class="visually-hidden">${t("Find a person")}</span>
        <input class="input" type="search" placeholder=${t("Find a person")} autocomplete="off" @input=${({
          target,
        }) => {
          this.#search = target.value
          this.redraw()
        }}></label>
      ${found.length ? nothing : html`<p class="queue-none">${this.#search ? t("Nobody fits this search.") : t("Everybody present has spoken.")}</p>`}
      <ul class="book-people">${repeat(
        found,
        ({ id }) => id,
        (person) => this.#row(person, view),
      )}</ul>
      ${this.#sites(view)}`
  }

  #row(person, view) {
    const { id, name, seconds, times, here } = person
    const speaks = view.floor.speech?.person === id
    const about = [siteOf(view, person), officeOf(person), here ? "" : t("not present")].filter(Boolean).join(" · ")
    return html`
      <li><span class="grow"><b>${name}</b><small>${about}</small></span>
        <span class="book-time">${times ? html`<b>${duration(seconds * 1000)}</b><small>${tn("{n} time", "{n} times", times)}</small>` : nothing}</span>
        ${
          speaks
            ? html`<span class="badge good">${icon("mic")}${t("speaks now")}</span>`
            : html`<button class="button" aria-label=${t("Invite {name} to speak", { name })} @click=${() => this.#invite(id)}>${t("Invite")}</button>`
        }</li>`
  }

  #sites(view) {
    const sites = bySite(view)
    if (sites.length < 2) return nothing
    const most = Math.max(1, ...sites.map(({ seconds }) => seconds))
    return html`
      <h3>${t("Time spoken by site")}</h3>
      <ul class="book-sites">${sites.map(
        ({ short, name, seconds, times }) => html`
        <li><span class="grow"><b>${short || name}</b> <small>${name}</small></span>
          <progress max=${most} value=${seconds} aria-hidden="true"></progress>
          <span class="book-time"><b>${duration(seconds * 1000)}</b><small>${tn("{n} time", "{n} times", times)}</small></span></li>`,
      )}</ul>`
  }

  async #invite(person) {
    if (await this.queue.invite(person)) this.close()
  }
}

export function openSpeakers(queue) {
  return show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Who speaks next?")}</h2><speakers-book .queue=${queue} .close=${close}></speakers-book></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true },
  )
}

customElements.define("speakers-book", SpeakersBook)
