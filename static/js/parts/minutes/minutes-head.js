/** The head and foot of the document: number, organisations, title, place, opening and closing words, recipients. */

import { fit } from "../../lib/growing-field.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSealed } from "./minutes-state.js"
import { t } from "../../lib/t.js"
import { FieldKeeper } from "./minutes-keeper.js"
import { saving } from "./minutes-saving.js"
import { source } from "./minutes-source.js"
import { Part } from "../core/part.js"

/** @type {{ id: string, word: () => string, help?: () => string, rows?: number, wide?: boolean }[]} */
const FIELDS = [
  {
    id: "number",
    word: () => t("Number and symbol"),
    help: () => t("For example 05/BB-VKS. Left empty, there is room to write it by hand."),
  },
  { id: "title", word: () => t("Name of the meeting in the minutes"), rows: 2 },
  {
    id: "parent",
    word: () => t("Body above"),
    help: () => t("Capitals are set by themselves. A new line here is a new line on the paper."),
    rows: 1,
  },
  { id: "organisation", word: () => t("Issuing body"), rows: 1 },
  { id: "place", word: () => t("Place of the meeting"), rows: 2, wide: true },
  {
    id: "opening",
    word: () => t("Opening words"),
    help: () => t("Stands before the first item."),
    rows: 2,
    wide: true,
  },
  {
    id: "closing",
    word: () => t("Closing words"),
    help: () => t("Stands after the conclusions."),
    rows: 2,
    wide: true,
  },
  { id: "recipients", word: () => t("Recipients, one per line"), rows: 3, wide: true },
]

export class MinutesHead extends Part {
  watches = ["record", "meeting"]
  waitsForEditing = false

  #keepers = new Map()
  #minutes

  started(meeting) {
    const { signal } = this
    meeting.watch(
      ["record"],
      () => {
        for (const keeper of this.#keepers.values()) keeper.heard()
      },
      { signal },
    )
    source.then((it) =>
      this.listensTo(it, "minutes", () => {
        this.#minutes = it.minutes
        this.redraw()
      }),
    )
  }

  draw(view) {
    const sealed = isSealed(view)
    return html`
      <details class="minutes-head">
        <summary><h2>${t("Head and foot of the document")}</h2><span class="help">${this.#summary()}</span>${icon("chevron-down")}</summary>
        <div class="fields">${FIELDS.map((field) => this.#field(field, sealed))}</div>
      </details>`
  }

  /**
   * @param {(typeof FIELDS)[number]} field
   * @param {boolean} sealed
   */
  #field({ id, word, help, rows, wide }, sealed) {
    const keeper = this.#keeper(id)
    const now = this.#minutes?.head[id] || ""
    return html`
      <div class="field ${wide ? "wide" : ""}">
        <label for=${`minutes-${id}`}>${word()}</label>
        ${
          rows
            ? html`<textarea id=${`minutes-${id}`} name=${id} rows=${rows} ?readonly=${sealed} placeholder=${now} @input=${this.#typed} @blur=${() => keeper.save()}></textarea>`
            : html`<input id=${`minutes-${id}`} name=${id} autocomplete="off" ?readonly=${sealed} placeholder=${now} @input=${this.#typed} @blur=${() => keeper.save()}>`
        }
        ${help ? html`<span class="help">${help()}</span>` : nothing}
        ${keeper.state === "failed" ? html`<span class="error">${keeper.problem}</span>` : nothing}
        ${
          keeper.state === "conflict"
            ? html`
          <div class="minutes-clash" role="alert">
            <p>${t("Somebody else wrote here: “{text}”", { text: keeper.remote })}</p>
            <div class="buttons">
              <button type="button" class="button primary" @click=${() => keeper.keep(keeper.text)}>${t("Keep mine")}</button>
              <button type="button" class="button" @click=${() => this.#take(id)}>${t("Take theirs")}</button>
            </div>
          </div>`
            : nothing
        }
      </div>`
  }

  drawn() {
    /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
    const fields = this.querySelectorAll("input, textarea")
    for (const field of fields) {
      if (field.dataset.filled) continue
      field.dataset.filled = "yes"
      field.value = this.#keepers.get(field.name).text
    }
    const details = this.querySelector("details")
    if (!details || details.dataset.ready) return
    details.dataset.ready = "yes"
    // A box that is not shown has no height to fit.
    details.addEventListener("toggle", () => {
      for (const field of details.querySelectorAll("textarea")) fit(field)
    })
  }

  /** Made when the meeting is first drawn: before that it is not known what it has. */
  #keeper(id) {
    if (!this.#keepers.has(id)) {
      const keeper = saving.add(new FieldKeeper(this.meeting, id))
      this.#keepers.set(id, keeper)
      keeper.addEventListener("state", () => this.redraw())
      keeper.addEventListener("theirs", () => {
        if (/** @type {HTMLInputElement | null} */ (document.activeElement)?.name !== id) this.#take(id)
      })
    }
    return this.#keepers.get(id)
  }

  #typed = ({ target }) => {
    this.#keepers.get(target.name).edit(target.value)
    if (target.matches("textarea")) fit(target)
  }

  #take(id) {
    const keeper = this.#keepers.get(id)
    keeper.takeTheirs()
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    const field = this.querySelector(`[name=${id}]`)
    if (field) field.value = keeper.text
  }

  #summary() {
    const number = this.meeting.view.review?.number || this.#keeper("number").text.trim()
    const organisation = this.#minutes?.head.organisation.replace(/\n/g, " ")
    return [number ? t("No. {number}", { number }) : t("No number yet"), organisation].filter(Boolean).join(" · ")
  }
}

customElements.define("minutes-head", MinutesHead)
