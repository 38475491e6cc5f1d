/** <case-attach>: the cases of a meeting: who is in charge of one, or leads it, brings it; the chair says what is seen. */

import { myCases } from "../../case/my-cases.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { isOver, isSecret, presides } from "../../meeting/rights.js"
import { Part } from "../core/part.js"

/** What the others may see of a case, in words. */
export const levels = () => [
  ["shown", t("Only what is shown")],
  ["anchored", t("The pages that the map refers to")],
  ["whole", t("The whole case")],
]

export class CaseAttach extends Part {
  watches = ["exhibits", "meeting", "roll"]
  emptyAtFirst = true

  #cases = []

  async started() {
    const attachable = ({ role, closed, secrecy }) => ["owner", "leader"].includes(role) && !closed && secrecy === "no"
    this.#cases = (await myCases()).filter(attachable)
    this.redraw()
  }

  draw({ exhibits = {}, meeting: about, ...view }, meeting) {
    const attached = Object.entries(exhibits)
    const free = this.#cases.filter(({ id }) => !exhibits[id])
    const may = !isOver(about.status) && !isSecret({ ...view, meeting: about })
    this.hidden = !attached.length && !(may && free.length)
    if (this.hidden) return nothing
    return html`
      <section class="case-attach" aria-labelledby="case-attach-head">
        <h2 id="case-attach-head">${icon("network")}${t("Case files of this meeting")}</h2>
        ${attached.length ? html`<ul class="plain">${attached.map(([id, each]) => this.#row(id, each, meeting, may))}</ul>` : nothing}
        ${may && free.length ? this.#form(free, meeting) : nothing}
        <p class="quiet-text">${t("Who is not on the list of a case sees of it only what is released here, while the meeting runs. Its pages then bear the reader's name.")}</p>
      </section>`
  }

  #row(id, each, meeting, may) {
    const mine = this.#cases.some((one) => one.id === id)
    const used = Object.keys(each.shown ?? {}).length || Object.keys(each.visited ?? {}).length
    return html`<li class="case-row"><span><b>${each.title}</b>${each.code ? html`<small>${each.code}</small>` : nothing}</span>
      ${
        may && presides(meeting.me)
          ? html`<label class="field"><span>${t("The others may see")}</span><select class="input" @change=${({
              target,
            }) => attempt(meeting.send("release_case", { case: id, level: target.value }))}>${levels().map(
              ([key, word]) => html`<option value=${key} ?selected=${each.level === key}>${word}</option>`,
            )}</select></label>`
          : html`<span class="quiet-text">${levels().find(([key]) => key === each.level)?.[1]}</span>`
      }
      ${
        may && !used && (mine || presides(meeting.me))
          ? html`<button type="button" class="button quiet" @click=${() => attempt(meeting.send("detach_case", { case: id }))}>${icon("x")}${t("Take it away")}</button>`
          : nothing
      }</li>`
  }

  #form(free, meeting) {
    return html`<form class="case-form" @submit=${(event) => {
      event.preventDefault()
      attempt(meeting.send("attach_case", { case: event.target.elements.case.value }))
    }}>
      <label class="field"><span>${t("Case that you are in charge of")}</span>
        <select class="input" name="case">${free.map((one) => html`<option value=${one.id}>${one.code ? `${one.code} · ` : ""}${one.title}</option>`)}</select></label>
      <button type="submit" class="button primary">${icon("plus")}${t("Attach the case")}</button></form>`
  }
}

customElements.define("case-attach", CaseAttach)
