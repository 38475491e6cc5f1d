/** Nameplates: printed for everybody or for one; a lost card is made worthless. */

import { api } from "../../lib/api.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, finds, officeOf } from "../../meeting/people.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"

const MANY = 8

export class NameplateCards extends Part {
  watches = ["meeting", "roll"]
  waitsForEditing = false
  #cards = {}
  #typed = ""

  started() {
    this.#load()
  }

  draw(view) {
    const people = everybody(view)
    const found = people.filter(({ name, title, unit }) => finds(this.#typed.trim(), `${name} ${title} ${unit}`))
    const path = this.#path
    return html`
      <p>${t("A4, eight cards to a page, to be cut along the marks. The code on a card brings its owner into this meeting on their own phone or tablet; it is good until 12 hours after the end.")}</p>
      <p class="buttons"><a class="button primary big" href="${path}.pdf" target="_blank" rel="noopener" @click=${() => setTimeout(() => this.#load(), 3000)}>${icon("printer")}${t("Print all nameplates (PDF)")}</a></p>
      <h3>${t("One card, or a lost one")}</h3>
      ${
        people.length > MANY
          ? html`<div class="search">${icon("search")}<input class="input" type="search" aria-label=${t("Find in this list")} placeholder=${t("Find in this list")}
        @input=${({ target }) => {
          this.#typed = target.value
          this.redraw()
        }}></div>`
          : nothing
      }
      <ul class="rows nameplate-rows">${found.slice(0, MANY).map((person) => this.#row(person))}</ul>
      ${found.length > MANY ? html`<p class="quiet-text">${tn("and {n} other", "and {n} others", found.length - MANY)}</p>` : nothing}
      ${found.length ? nothing : html`<p class="quiet-text">${t("Nobody in this list has these words in name, title or unit.")}</p>`}`
  }

  #row(person) {
    const { cards = 0, used = 0 } = this.#cards[person.id] || {}
    const state = used
      ? t("code used at {time}", { time: clock(used) })
      : cards
        ? t("card printed")
        : t("no card printed yet")
    return html`<li>
      <span class="grow"><b>${person.name}</b><span class="help block">${[officeOf(person), state].filter(Boolean).join(" · ")}</span></span>
      <a class="button" href="${this.#path}.pdf?person=${encodeURIComponent(person.id)}" target="_blank" rel="noopener"
        aria-label=${t("Print the card of {name}", { name: person.name })}>${icon("printer")}<span>${t("Print")}</span></a>
      ${cards ? html`<button type="button" class="button" aria-label=${t("Revoke the cards of {name}", { name: person.name })} @click=${() => this.#revoke(person)}>${icon("ban")}<span>${t("Revoke")}</span></button>` : nothing}
    </li>`
  }

  get #path() {
    return `/api/meetings/${encodeURIComponent(this.meeting.id)}/nameplates`
  }

  async #load() {
    this.#cards = await api("GET", this.#path).catch(() => this.#cards)
    this.redraw()
  }

  async #revoke({ id, name }) {
    const text = t(
      "Every card printed for {name} so far opens nothing any more, and who came in by one is signed out at once. Print a new card afterwards.",
      { name },
    )
    if (!(await confirm({ title: t("Revoke the cards of {name}?", { name }), text, yes: t("Revoke"), danger: true })))
      return
    try {
      await api("POST", `${this.#path}/revoke`, { person: id }, shaped({ revoked: "number" }))
      toast(t("The cards of {name} are worthless now.", { name }))
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.#load()
  }
}

export function openNameplates() {
  return show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Nameplates")}</h2><nameplate-cards></nameplate-cards></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

customElements.define("nameplate-cards", NameplateCards)
