/** The chair's conclusions: what is to be done, who leads, who cooperates, until when, with what to show. */

import { conducts } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { confirm, show } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSealed } from "./minutes-state.js"
import { t } from "../../lib/t.js"
import { conclusionForm, hasConclusionDraft } from "./conclusion-form.js"
import { fromIso } from "./due-date.js"
import { Part } from "../core/part.js"

/** The form of a conclusion that is not there yet. */
const NEW = "new"

export class ConclusionsList extends Part {
  watches = ["record", "meeting", "agenda", "roll", "sites"]
  #editing = undefined

  started(meeting) {
    if (hasConclusionDraft(meeting, NEW)) this.#editing = NEW
  }

  draw(view, meeting) {
    const { order = [], items = {} } = view.record?.conclusions ?? {}
    const may = conducts(meeting.me) && !isSealed(view)
    return html`
      <ol class="conclusions">${repeat(
        order,
        (id) => id,
        (id, i) =>
          this.#editing === id
            ? html`<li class="conclusion-open">${this.#form(id, items[id])}</li>`
            : this.#card(id, i + 1, items[id], may),
      )}</ol>
      ${order.length || this.#editing === NEW ? nothing : html`<p class="state empty">${icon("gavel")}<span>${t("No conclusion has been recorded yet.")}</span></p>`}
      ${this.#editing === NEW ? this.#form(NEW) : nothing}
      ${may && this.#editing !== NEW ? html`<button class="button primary big add-conclusion" @click=${() => this.#open(NEW)}>${icon("plus")}${t("Record a conclusion")}</button>` : nothing}`
  }

  #card(id, number, { text, lead, cooperating = [], due, deliverable }, may) {
    const rows = [
      [t("Lead"), lead],
      [t("Cooperating"), cooperating.join("; ")],
      [t("Due"), due && fromIso(due)],
      [t("Deliverable"), deliverable],
    ].filter(([, value]) => value)
    return html`
      <li class="conclusion">
        <b class="conclusion-number">${number}</b>
        <div class="grow"><p>${text}</p>
          ${rows.length ? html`<dl>${rows.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>` : nothing}</div>
        ${
          may
            ? html`<div class="conclusion-acts">
          <button class="button quiet icon-only" aria-label=${t("Edit conclusion {n}", { n: number })} @click=${() => this.#open(id)}>${icon("pencil")}</button>
          <button class="button quiet icon-only" aria-label=${t("Remove conclusion {n}", { n: number })} @click=${() => this.#remove(id, text)}>${icon("trash-2")}</button>
        </div>`
            : nothing
        }
      </li>`
  }

  #form(id, conclusion) {
    return conclusionForm({
      meeting: this.meeting,
      id,
      conclusion,
      save: (args) => this.#save(id, args),
      cancel: () => this.#open(undefined),
    })
  }

  #open(id) {
    this.#editing = id
    this.redraw()
    if (id) setTimeout(() => this.querySelector("form textarea")?.focus())
  }

  async #save(id, args) {
    const { meeting } = this
    const sending =
      id === NEW
        ? meeting.send("record_conclusion", args)
        : meeting.send("edit_conclusion", { conclusion: id, ...args })
    if (!(await attempt(sending))) return false
    if (this.#editing === id) this.#open(undefined)
    return true
  }

  async #remove(conclusion, text) {
    if (await confirm({ title: t("Remove this conclusion?"), text, yes: t("Remove"), danger: true })) {
      await attempt(this.meeting.send("remove_conclusion", { conclusion }))
    }
  }
}

/** The conclusions over the page, for the chair. */
export function openConclusions() {
  return show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Conclusions")}</h2><conclusions-list></conclusions-list></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

customElements.define("conclusions-list", ConclusionsList)
