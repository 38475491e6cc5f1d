/** Who presents an item: people of the meeting, found by name with or without diacritics, or a name that is typed. */

import { html, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { aboutPerson } from "../../meeting/meeting-words.js"
import { stripAccents } from "../../lib/strip-accents.js"
import { everybody, nameOf } from "../../meeting/people.js"
import { isTechnician } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

const SHOWN = 7

/** Properties: `view`, `start` (the presenters to begin with), `inputId`. Its `value` is a list of ids and free texts. */
export class PreparePresenters extends HTMLElement {
  #view
  #value
  #start
  inputId = ""
  #query = ""
  #open = false
  #active = -1

  set view(view) {
    this.#view = view
    if (this.isConnected) this.#draw()
  }

  set start(start) {
    if (start === this.#start) return
    this.#start = start
    this.value = start
  }

  get value() {
    return [...(this.#value || [])]
  }
  set value(value) {
    this.#value = [...value]
    if (this.isConnected) this.#draw()
  }

  connectedCallback() {
    this.#draw()
  }

  #draw() {
    const found = this.#open ? this.#found() : []
    const list = `${this.inputId}-list`
    render(
      html`
      <div class="tags input" @click=${(event) => {
        if (event.target === event.currentTarget) this.#input.focus()
      }}>
        ${repeat(
          this.#value,
          (who) => who,
          (who) => html`
          <span class="tag">${nameOf(this.#view, who)}
            <button type="button" aria-label=${t("Remove {name}", { name: nameOf(this.#view, who) })} @click=${() => this.#drop(who)}>${icon("x")}</button></span>`,
        )}
        <input id=${this.inputId} type="text" role="combobox" autocomplete="off" maxlength="200" aria-autocomplete="list"
          aria-expanded=${found.length ? "true" : "false"} aria-controls=${list} aria-activedescendant=${found[this.#active] ? `${list}-${this.#active}` : nothing}
          placeholder=${this.#value.length ? "" : t("Name of a person")}
          @input=${this.#typed} @keydown=${this.#key} @focus=${() => this.#show(true)} @blur=${this.#left}>
      </div>
      <ul class="suggestions plain" id=${list} role="listbox" ?hidden=${!found.length} @pointerdown=${(event) => event.preventDefault()}>
        ${found.map(
          (one, n) => html`
          <li id="${list}-${n}" role="option" aria-selected=${n === this.#active ? "true" : "false"} @click=${() => this.#pick(one.id)}>
            <b>${one.name}</b>${one.about ? html`<span class="help">${one.about}</span>` : nothing}</li>`,
        )}
      </ul>`,
      this,
    )
  }

  get #input() {
    return this.querySelector("input")
  }

  #found() {
    const words = stripAccents(this.#query).split(/\s+/).filter(Boolean)
    const people = everybody(this.#view).filter(
      ({ id, name, role }) =>
        !isTechnician({ role }) &&
        !this.#value.includes(id) &&
        words.every((word) => stripAccents(name).includes(word)),
    )
    const found = people
      .slice(0, SHOWN)
      .map(({ id, name, title, unit }) => ({ id, name, about: aboutPerson({ title, unit }) }))
    const text = this.#query.trim()
    const known = found.some(({ name }) => stripAccents(name) === stripAccents(text))
    return text && !known
      ? [...found, { id: text, name: `“${text}”`, about: t("as written, not on the list of the meeting") }]
      : found
  }

  #typed = () => {
    this.#query = this.#input.value
    this.#active = this.#query.trim() ? 0 : -1
    this.#show(true)
  }

  #key = (event) => {
    const found = this.#found()
    const keys = {
      ArrowDown: () => {
        this.#active = Math.min(found.length - 1, this.#active + 1)
        this.#show(true)
      },
      ArrowUp: () => {
        this.#active = Math.max(0, this.#active - 1)
        this.#show(true)
      },
      Enter: () => {
        if (this.#open && found[this.#active]) this.#pick(found[this.#active].id)
      },
      Escape: () => {
        this.#query = this.#input.value = ""
        this.#show(false)
      },
      Backspace: () => this.#drop(this.#value[this.#value.length - 1]),
    }
    if (event.isComposing || !keys[event.key]) return
    if (event.key === "Backspace" && (this.#query || !this.#value.length)) return
    if (event.key === "Escape" && !this.#open && !this.#query) return
    event.preventDefault()
    keys[event.key]()
  }

  // A name that was typed and left standing is meant.
  #left = () => {
    if (this.#query.trim()) this.#pick(this.#exact() || this.#query.trim())
    this.#show(false)
  }

  #exact() {
    const same = everybody(this.#view).filter(({ name }) => stripAccents(name) === stripAccents(this.#query.trim()))
    return same.length === 1 ? same[0].id : undefined
  }

  #pick(who) {
    if (!this.#value.includes(who)) this.#value.push(who)
    this.#query = this.#input.value = ""
    this.#active = -1
    this.#show(document.activeElement === this.#input)
  }

  #drop(who) {
    this.#value = this.#value.filter((other) => other !== who)
    this.#draw()
    this.#input.focus()
  }

  #show(open) {
    this.#open = open
    this.#draw()
  }
}

customElements.define("prepare-presenters", PreparePresenters)
