/** Inviting: found in the directory by words or by unit, one or many at once, with a role and a site. */

/** @import { Meeting } from "../../meeting/meeting.js" */

import { api } from "../../lib/api.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { aboutPerson, ROLE_CODES, roleWord, USUAL_ROLE } from "../../meeting/meeting-words.js"
import { everySite } from "../../meeting/people.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { complain } from "./prepare-command.js"

/** Opens the directory; resolves when it is closed. */
export function invitePeople(meeting) {
  return show((close) => html`<prepare-invite .meeting=${meeting} .close=${close}></prepare-invite>`, {
    wide: true,
    label: t("Invite people"),
  })
}

export class PrepareInvite extends HTMLElement {
  #people
  /** @type {Meeting} */
  meeting
  /** @type {() => void} */
  close
  #more = 0
  #units = []
  #chosen = new Map()
  #query = ""
  #unit = ""
  #timer
  #asked = 0
  #problem = ""
  #sending = 0
  #stop = new AbortController()

  connectedCallback() {
    this.meeting.watch(["roll", "sites"], () => this.#draw(), { signal: this.#stop.signal })
    this.#draw()
    this.#search()
    api("GET", "/api/units", undefined, shaped({ units: "list" }))
      .then(({ units }) => {
        this.#units = units
        this.#draw()
      })
      .catch(() => {}) // the words still find everybody
  }

  disconnectedCallback() {
    this.#stop.abort()
    clearTimeout(this.#timer)
  }

  #draw() {
    const here = this.meeting.view.roll.people
    const free = (this.#people || []).filter(({ id }) => !here[id])
    const all = free.length > 0 && free.every(({ id }) => this.#chosen.has(id))
    const n = [...this.#chosen.keys()].filter((id) => !here[id]).length
    render(
      html`
      <form class="invite" @submit=${this.#invite}>
        <div class="dialog-body">
          <h2>${t("Invite people")}</h2>
          <div class="fields invite-find">
            <div class="field"><label for="invite-q">${t("Name, title or unit")}</label>
              <input id="invite-q" type="search" autocomplete="off" maxlength="200" autofocus @input=${this.#typed} @keydown=${quiet}></div>
            <div class="field"><label for="invite-unit">${t("Unit")}</label>
              <select id="invite-unit" @change=${this.#narrowed}><option value="">${t("All units")}</option>
                ${this.#units.map((unit) => html`<option value=${unit.id}>${"\u2003".repeat(unit.depth)}${unit.name}</option>`)}</select></div>
          </div>
          ${this.#list(here, free, all)}
          <div class="fields">
            <div class="field"><label for="invite-role">${t("Invite as")}</label>
              <select id="invite-role" name="role">${ROLE_CODES.map((role) => html`<option value=${role} ?selected=${role === USUAL_ROLE}>${roleWord(role)}</option>`)}</select></div>
            ${
              everySite(this.meeting.view).length
                ? html`
              <div class="field"><label for="invite-site">${t("Site")}</label>
                <select id="invite-site" name="site"><option value="">${t("No site")}</option>
                  ${everySite(this.meeting.view).map((site) => html`<option value=${site.id}>${site.short} · ${site.name}</option>`)}</select></div>`
                : nothing
            }
          </div>
        </div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => this.close()}>${t("Close")}</button>
          <button class="button primary" type="submit" ?disabled=${!n || this.#sending > 0} aria-busy=${this.#sending ? "true" : nothing}>
            ${this.#sending ? t("Inviting, {n} left", { n: this.#sending }) : n ? tn("Invite {n} person", "Invite {n} people", n) : t("Choose people to invite")}</button>
        </div>
      </form>`,
      this,
    )
  }

  #list(here, free, all) {
    if (this.#problem)
      return html`<p class="notice bad">${icon("circle-alert")}<span class="grow">${this.#problem}</span><button class="button" type="button" @click=${() => this.#search()}>${t("Try again")}</button></p>`
    if (!this.#people)
      return html`<div class="invite-list"><p class="state">${icon("loader-circle", { kind: "spin" })}${t("Loading…")}</p></div>`
    if (!this.#people.length)
      return html`<div class="invite-list"><p class="state">${t("Nobody found. You may type without diacritics, or choose another unit.")}</p></div>`
    return html`
      <div class="invite-list" role="group" aria-label=${t("People found")}>
        <label class="check invite-all" ?hidden=${this.meeting?.view?.meeting?.kind === "case_report"}><input type="checkbox" .checked=${all} ?disabled=${!free.length} @change=${({ target }) => this.#all(free, target.checked)}>
          <span>${tn("Everybody shown who is not invited yet ({n} person)", "Everybody shown who is not invited yet ({n} people)", free.length)}</span></label>
        ${repeat(
          this.#people,
          ({ id }) => id,
          (person) => html`
          <label class="check ${here[person.id] ? "there" : ""}">
            <input type="checkbox" .checked=${Boolean(here[person.id]) || this.#chosen.has(person.id)} ?disabled=${Boolean(here[person.id])} @change=${({ target }) => this.#one(person, target.checked)}>
            <span class="grow"><b>${person.name}</b><span class="help">${aboutPerson(person)}</span></span>
            ${here[person.id] ? html`<span class="badge">${roleWord(here[person.id].role)}</span>` : nothing}
          </label>`,
        )}
        ${this.#more ? html`<p class="help invite-more">${tn("{n} more person; type a name or choose a unit.", "{n} more people; type a name or choose a unit.", this.#more)}</p>` : nothing}
      </div>`
  }

  #typed = ({ target }) => {
    this.#query = target.value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#search(), 200)
  }

  #narrowed = ({ target }) => {
    this.#unit = target.value
    this.#search()
  }

  async #search() {
    const asked = ++this.#asked
    try {
      const { people, more } = await api(
        "GET",
        `/api/people?q=${encodeURIComponent(this.#query)}&unit=${encodeURIComponent(this.#unit)}`,
        undefined,
        shaped({ people: "list" }),
      )
      if (asked !== this.#asked) return
      this.#people = people
      this.#more = more
      this.#problem = ""
    } catch (problem) {
      if (asked === this.#asked) this.#problem = problem.message
    }
    if (this.isConnected) this.#draw()
  }

  #one(person, on) {
    if (on) this.#chosen.set(person.id, person)
    else this.#chosen.delete(person.id)
    this.#draw()
  }

  #all(free, on) {
    for (const person of free) this.#one(person, on)
    this.#draw()
  }

  #invite = async (event) => {
    event.preventDefault()
    if (this.#sending) return
    const { role, site } = event.target.elements
    const args = { role: role.value, ...(site?.value && { site: site.value }) }
    const wanted = [...this.#chosen.values()]
      .sort(byRank)
      .map(({ id }) => id)
      .filter((id) => !this.meeting.view.roll.people[id])
    this.#sending = wanted.length
    let done = 0
    for (const person of wanted) {
      this.#draw()
      try {
        await this.meeting.send("invite", { person, ...args })
        this.#chosen.delete(person)
        done++
      } catch (problem) {
        complain(problem)
        break
      }
      this.#sending--
    }
    this.#sending = 0
    if (this.isConnected) this.#draw()
    if (done) toast(tn("{n} person invited", "{n} people invited", done))
    if (done === wanted.length) this.close()
  }
}

// They come onto the roll in the order in which they are sent.
function byRank({ rank: one = [] }, { rank: other = [] }) {
  const n = one.findIndex((place, i) => place !== other[i])
  return n < 0 ? 0 : one[n] - other[n]
}

// Enter in the search field finds; it does not invite.
function quiet(event) {
  if (event.key === "Enter") event.preventDefault()
}

customElements.define("prepare-invite", PrepareInvite)
