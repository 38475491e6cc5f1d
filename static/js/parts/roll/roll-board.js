/** The roll call: who is present, by site, unit or name; one by one or a whole group at once. */

import { isOver, isTechnician } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { choose } from "../../lib/dialog.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, finds, isPresent, usualMode } from "../../meeting/people.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"
import { groupsOf, ORDERS } from "./roll-groups.js"
import { rollQuorum } from "./roll-quorum.js"
import { rollRow } from "./roll-row.js"

const FILTERS = [
  { id: "all", word: () => t("All of them"), holds: () => true },
  { id: "waiting", word: () => t("Not called yet"), holds: (p) => p.state === "waiting" },
  { id: "present", word: () => t("Present"), holds: isPresent },
  { id: "absent", word: () => t("Absent or left"), holds: (p) => ["excused", "left", "absent"].includes(p.state) },
]

/** `only` (property) is the id of a site: then only its people are here, without groups. */
export class RollBoard extends Part {
  watches = ["roll", "sites", "meeting"]
  // The search field stays as it is: what is typed is ours, not the meeting's.
  waitsForEditing = false
  only = undefined

  #filter = "all"
  #order = undefined
  #search = ""

  draw(view, meeting) {
    // Technicians are on duty, not on the roll; the counts leave them out as well.
    const all = everybody(view).filter((person) => !isTechnician(person) && (!this.only || person.site === this.only))
    const may = !meeting.replayed && view.meeting.status !== "draft" && !isOver(view.meeting.status)
    const order = this.#order ?? (view.sites?.order?.length ? "site" : "protocol")
    const kept = all
      .filter((p) => FILTERS.find(({ id }) => id === this.#filter).holds(p))
      .filter((p) => finds(this.#search, `${p.name} ${p.title ?? ""} ${p.unit ?? ""}`))
    const groups = this.only ? [{ id: this.only, people: kept }] : groupsOf(kept, order, view)
    return html`
      ${this.only ? nothing : rollQuorum(view, meeting, may)}
      ${this.#head(all, order)}
      ${may && groups.length > 1 ? this.#everybody(kept) : nothing}
      ${view.meeting.status === "draft" ? html`<p class="notice">${t("The roll is called once the meeting is published.")}</p>` : nothing}
      ${kept.length ? nothing : html`<p class="roll-none">${all.length ? t("Nobody fits this search.") : t("Nobody has been invited yet.")}</p>`}
      ${repeat(
        groups,
        (group) => group.id,
        (group) => html`
        <section class="roll-group">
          ${this.#groupHead(group, may)}
          <ul class="roll-people">${repeat(
            group.people,
            ({ id }) => id,
            (person) => rollRow(person, { meeting, may }),
          )}</ul>
        </section>`,
      )}`
  }

  #head(all, order) {
    const n = (holds) => all.filter(holds).length
    return html`
      <div class="roll-head">
        <div class="roll-filters" role="group" aria-label=${t("Filter by presence")}>${FILTERS.map(
          ({ id, word, holds }) => html`
          <button class="roll-filter" aria-pressed=${this.#filter === id} @click=${() =>
            this.#set(() => {
              this.#filter = id
            })}>
            <b>${n(holds)}</b><span>${word()}</span></button>`,
        )}</div>
        <div class="roll-find">
          <label class="search">${icon("search")}<span class="visually-hidden">${t("Find a person")}</span>
            <input class="input" type="search" placeholder=${t("Find a person")} autocomplete="off"
              @input=${({ target }) =>
                this.#set(() => {
                  this.#search = target.value
                })}></label>
          ${
            this.only
              ? nothing
              : html`
            <select class="input roll-order" aria-label=${t("Order of the list")} @change=${({ target }) =>
              this.#set(() => {
                this.#order = target.value
              })}>
              ${ORDERS.map(({ id, word }) => html`<option value=${id} ?selected=${id === order}>${word()}</option>`)}
            </select>`
          }
        </div>
      </div>`
  }

  /** All that the filter and the search have left, of several groups. */
  #everybody(kept) {
    const missing = kept.filter((person) => person.state === "waiting")
    if (missing.length < 2) return nothing
    return html`<button class="button wide roll-everybody" @click=${() => this.#all(missing)}>${icon("check-check")}${t("Record all {n} not called yet as present", { n: missing.length })}</button>`
  }

  #groupHead({ title, people }, may) {
    const missing = people.filter((person) => person.state === "waiting")
    const present = people.filter(isPresent).length
    return html`
      <div class="roll-group-head">
        <h3>${title ?? nothing}<span class=${classMap({ full: present === people.length })}>${t("{present}/{members} present", { present, members: people.length })}</span></h3>
        ${
          may && missing.length > 1
            ? html`<button class="button outline" @click=${() => this.#all(missing, title)}>
          ${icon("check-check")}${t("All {n} present", { n: missing.length })}</button>`
            : nothing
        }
      </div>`
  }

  /** Everybody of a group who has not been called is present, here or online, or as their sites usually are. */
  async #all(people, title) {
    const { meeting } = this
    const names = people.map(({ name }) => name).join(", ")
    const chosen = await choose({
      title: tn("Record {n} person as present?", "Record {n} people as present?", people.length),
      text: title ? `${title}: ${names}.` : `${names}.`,
      options: ways(people, meeting.view),
    })
    if (!chosen) return
    const mode = (person) => (chosen === "usual" ? usualMode(meeting.view, person.site) : chosen)
    let done = 0
    for (const way of ["onsite", "online"]) {
      const called = people.filter((person) => mode(person) === way).map(({ id }) => id)
      if (called.length && (await attempt(meeting.send("call_roll", { people: called, mode: way }))))
        done += called.length
    }
    if (done) toast(tn("{n} person recorded as present.", "{n} people recorded as present.", done))
  }

  #set(change) {
    change()
    this.redraw()
  }
}

/** How all of them may be present; first the way that is usual where they sit. */
function ways(people, view) {
  const usual = new Set(people.map(({ site }) => usualMode(view, site)))
  const both = [
    { value: "onsite", label: t("On site"), icon: "circle-check" },
    { value: "online", label: t("Present online"), icon: "wifi" },
  ]
  if (usual.size > 1) return [{ value: "usual", label: t("Each as usual at their site"), icon: "check-check" }, ...both]
  return usual.has("online") ? both.reverse() : both
}

customElements.define("roll-board", RollBoard)
