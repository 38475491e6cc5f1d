/** <notice-desk>: a line to everybody, a site or a person, or whispered to the chair; what was sent can be taken back. */

import { isChair, isOver } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everybody, everySite, nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"

export class NoticeDesk extends Part {
  watches = ["notices", "roll", "sites", "meeting"]
  // What is typed is ours, not the meeting's.
  waitsForEditing = false

  #to = "all"
  #text = ""
  #busy = false

  draw(view, meeting) {
    const { order = [], notices = {} } = view.notices ?? {}
    const may = !isOver(view.meeting.status)
    return html`
      <h2>${t("Notices")}</h2>
      ${may ? this.#form(view, meeting) : nothing}
      <ul class="sent-notices">${repeat(
        [...order].reverse(),
        (id) => id,
        (id) => this.#sent(id, notices[id], view),
      )}</ul>
      ${order.length ? nothing : html`<p class="help">${t("Nothing has been sent yet.")}</p>`}`
  }

  #form(view, { me }) {
    const people = everybody(view).filter(({ id }) => id !== me.id)
    return html`
      <form class="notice-form" @submit=${(event) => {
        event.preventDefault()
        this.#send()
      }}>
        <div class="field"><label for="notice-to">${t("To")}</label>
          <select id="notice-to" @change=${({ target }) => {
            this.#to = target.value
            this.redraw()
          }}>
            <option value="all" .selected=${this.#to === "all"}>${t("Everybody")}</option>
            ${isChair(me) ? nothing : html`<option value="chair" .selected=${this.#to === "chair"}>${t("The chair only (whispered)")}</option>`}
            <optgroup label=${t("A site")}>${everySite(view).map(({ id, short, name }) => html`<option value=${id} .selected=${this.#to === id}>${[short, name].filter(Boolean).join(" · ")}</option>`)}</optgroup>
            <optgroup label=${t("A person")}>${people.map(({ id, name }) => html`<option value=${id} .selected=${this.#to === id}>${name}</option>`)}</optgroup>
          </select></div>
        <div class="field"><label for="notice-text">${t("Text")}</label>
          <textarea id="notice-text" rows="2" maxlength="500" .value=${this.#text} @input=${({ target }) => {
            this.#text = target.value
            this.redraw()
          }}></textarea></div>
        <div class="buttons">
          <button class="button primary" type="submit" ?disabled=${!this.#text.trim()} aria-busy=${this.#busy}>${icon("send")}${this.#to === "chair" ? t("Whisper to the chair") : t("Send")}</button>
          <p class="help grow">${this.#to === "chair" ? t("Only the chair sees it, as one line that vanishes when read.") : t("It never appears on the projector.")}</p>
        </div>
      </form>`
  }

  #sent(id, { text, to, at, by }, view) {
    const whispered = to === "chair"
    return html`
      <li class=${whispered ? "whispered" : ""}><span class="grow"><small>${clock(at)} · ${whom(to, view)} · ${nameOf(view, by)}</small>${text}</span>
        <button class="button" aria-label=${t("Take back: {text}", { text })} @click=${() => this.#takeBack(id)}>${icon("undo-2")}<span>${t("Take back")}</span></button></li>`
  }

  async #send() {
    if (this.#busy) return
    this.#busy = true
    this.redraw()
    const to = this.#to
    const done = await attempt(this.meeting.send("send_notice", { text: this.#text.trim(), to }))
    this.#busy = false
    if (done) {
      this.#text = ""
      toast(to === "chair" ? t("Whispered to the chair.") : t("The notice has been sent."))
    }
    this.redraw()
  }

  async #takeBack(notice) {
    if (await attempt(this.meeting.send("take_notice_back", { notice }))) toast(t("The notice has been taken back."))
  }
}

function whom(to, view) {
  if (to === "all") return t("Everybody")
  if (to === "chair") return t("The chair only")
  const site = view.sites?.sites?.[to]
  return site ? site.short || site.name : nameOf(view, to)
}

customElements.define("notice-desk", NoticeDesk)
