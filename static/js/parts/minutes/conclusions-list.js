/** The chair's conclusions: what is to be done, who leads, who cooperates, until when, with what to show. */

import { conducts, isFrozen, presides } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { confirm, prompt, show } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSealed } from "./minutes-state.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { conclusionForm, hasConclusionDraft } from "./conclusion-form.js"
import { fromIso } from "./due-date.js"
import { readDirectory } from "./unit-picker.js"
import { Part } from "../core/part.js"

/** The form of a conclusion that is not there yet. */
const NEW = "new"

export class ConclusionsList extends Part {
  watches = ["record", "meeting", "agenda", "roll", "sites"]
  #editing = undefined
  #quoted = ""

  started(meeting) {
    if (hasConclusionDraft(meeting, NEW)) this.#editing = NEW
    if (conducts(meeting.me)) readDirectory().then(() => this.redraw())
  }

  draw(view, meeting) {
    const { order = [], items = {} } = view.record?.conclusions ?? {}
    const may = conducts(meeting.me) && !isSealed(view)
    return html`
      ${conducts(meeting.me) && order.length ? this.#readback(view, meeting) : nothing}
      <ol class="conclusions">${repeat(
        order,
        (id) => id,
        (id, i) =>
          this.#editing === id
            ? html`<li class="conclusion-open">${this.#form(id, items[id])}</li>`
            : this.#card(id, i + 1, items[id], may, view.record.conclusions.issued),
      )}</ol>
      ${order.length || this.#editing === NEW ? nothing : html`<p class="state empty">${icon("gavel")}<span>${t("No conclusion has been recorded yet.")}</span></p>`}
      ${this.#editing === NEW ? this.#form(NEW) : nothing}
      ${may && this.#editing !== NEW ? html`<button class="button primary big add-conclusion" @click=${() => this.#open(NEW)}>${icon("plus")}${t("Record a conclusion")}</button>` : nothing}`
  }

  /** What has become of the list: with the secretary, before the chair, approved. */
  #readback(view, meeting) {
    const { state = "draft", reason, items, issued = [] } = view.record.conclusions
    const waiting = Object.entries(items).filter(([id, c]) => (c.lead_unit || c.person) && !issued.includes(id)).length
    const words = {
      draft: t("Not approved by the chair yet."),
      submitted: t("Submitted to the chair; waiting for approval."),
      returned: t("The chair returned them: {reason}", { reason }),
      approved: t("The chair has approved the conclusions."),
    }[state]
    const open = state !== "approved" && !isFrozen(view.meeting.status)
    const chairs = presides(meeting.me)
    return html`
      <div class="readback notice ${state === "approved" ? "good" : state === "returned" ? "warn" : "info"}" role="status">
        ${icon(state === "approved" ? "badge-check" : "gavel")}
        <span class="grow">${words} ${open && waiting ? tn("{n} task is given out when the chair approves.", "{n} tasks are given out when the chair approves.", waiting) : ""}</span>
        ${
          open
            ? html`<span class="readback-acts">
          ${!chairs && state !== "submitted" ? html`<button class="button primary" @click=${() => attempt(meeting.send("submit_conclusions", {}))}>${icon("send")}${t("Submit to the chair")}</button>` : nothing}
          ${chairs && state === "submitted" ? html`<button class="button" @click=${() => this.#giveBack()}>${icon("undo-2")}${t("Return")}</button>` : nothing}
          ${chairs ? html`<button class="button primary" @click=${() => this.#approve(view)}>${icon("badge-check")}${t("Approve")}</button>` : nothing}
        </span>`
            : nothing
        }
      </div>`
  }

  async #approve(view) {
    // What stands on this screen, and nothing that came in between.
    const { digest } = view.record.conclusions
    if (await attempt(this.meeting.send("approve_conclusions", { digest }))) toast(t("The conclusions are approved."))
  }

  async #giveBack() {
    const reason = await prompt({
      title: t("Return the conclusions?"),
      label: t("What should be changed"),
      multiline: true,
      yes: t("Return"),
    })
    if (reason) await attempt(this.meeting.send("return_conclusions", { reason }))
  }

  #card(
    id,
    number,
    { text, lead, cooperating = [], due, deliverable, lead_unit, person, person_name },
    may,
    issued = [],
  ) {
    const rows = [
      [t("Lead"), lead],
      [t("Person responsible"), person_name],
      [t("Cooperating"), cooperating.join("; ")],
      [t("Due"), due && ({ week: t("within the week"), regular: t("regularly") }[due] ?? fromIso(due))],
      [t("Deliverable"), deliverable],
    ].filter(([, value]) => value)
    return html`
      <li class="conclusion">
        <b class="conclusion-number">${number}</b>
        <div class="grow"><p>${text}</p>
          ${lead_unit || person ? html`<p class="conclusion-task"><span class="badge ${issued.includes(id) ? "good" : ""}">${icon("clipboard-list")}${issued.includes(id) ? t("Given out as a task") : t("Task")}</span></p>` : nothing}
          ${rows.length ? html`<dl>${rows.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>` : nothing}</div>
        ${
          may
            ? html`<div class="conclusion-acts">
          <button class="button quiet icon-only" aria-label=${t("Edit conclusion {n}", { n: number })} @click=${() => this.#open(id)}>${icon("pencil")}</button>
          <button class="button quiet icon-only" ?disabled=${issued.includes(id)} aria-label=${t("Remove conclusion {n}", { n: number })} @click=${() => this.#remove(id, text)}>${icon("trash-2")}</button>
        </div>`
            : nothing
        }
      </li>`
  }

  #form(id, conclusion) {
    return conclusionForm({
      meeting: this.meeting,
      id,
      conclusion: conclusion ?? { text: this.#quoted },
      save: (args) => this.#save(id, args),
      cancel: () => this.#open(undefined),
    })
  }

  #open(id) {
    this.#editing = id
    this.#quoted = id === NEW ? selectedSentence() : ""
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

/** What the secretary has marked in the notes: most conclusions stand there first. */
function selectedSentence() {
  const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("note-editor textarea"))
  if (field) return field.value.slice(field.selectionStart, field.selectionEnd).trim()
  const chosen = document.getSelection()
  const inside = chosen?.anchorNode?.parentElement?.closest("note-editor")
  return inside ? chosen.toString().trim() : ""
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

/** <conclusions-call>: the chair is told that the conclusions wait to be read and approved. */
export class ConclusionsCall extends Part {
  watches = ["record"]

  draw(view) {
    return view.record?.conclusions?.state === "submitted"
      ? html`<div class="readback notice info" role="status">${icon("gavel")}<span class="grow">${t("Conclusions wait for your approval")}</span>
        <button class="button primary" @click=${() => openConclusions()}>${t("Read and approve")}</button></div>`
      : nothing
  }
}

customElements.define("conclusions-call", ConclusionsCall)
customElements.define("conclusions-list", ConclusionsList)
