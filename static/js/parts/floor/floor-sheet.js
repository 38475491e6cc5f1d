/** <floor-sheet>: in a dialog: ask for the floor; see my place; take the request back, or give it in writing. */

import { attempt } from "../../lib/attempt.js"
import { prompt } from "../../lib/dialog.js"
import { KIND_CODES, kindSign, kindWord, POINT_OF_ORDER, waiting } from "./floor-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSecret } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Part } from "../core/part.js"

/** `close` (property) closes the dialog. */
export class FloorSheet extends Part {
  watches = ["meeting", "floor", "agenda"]
  // My note is mine; my place in the queue goes on while I write it.
  waitsForEditing = false
  close = () => {}

  #kind = "speak"
  #note = ""
  #busy = false

  draw(view, meeting) {
    const { floor, agenda } = view
    const requests = waiting(floor, [meeting.me.id])
    const closed = (floor?.closed || []).includes(agenda?.current || "")
    const speaking = floor?.speech?.person === meeting.me.id
    const open = KIND_CODES.filter(
      (code) => !requests.some(({ kind }) => (kind === POINT_OF_ORDER) === (code === POINT_OF_ORDER)),
    ).filter((code) => !closed || code === POINT_OF_ORDER)
    return html`
      <div class="dialog-body floor-sheet">
        <h2>${speaking ? t("You have the floor") : t("Ask to speak")}</h2>
        ${speaking ? html`<button type="button" class="button big wide" @click=${() => this.#end()}>${icon("mic-off")}${t("I have finished speaking")}</button>` : nothing}
        ${requests.map((request) => this.#request(request, floor))}
        ${
          closed
            ? html`<p class="notice">${icon("info")}<span>${t("The chair has closed the list of speakers on this item.")}
          ${open.length ? t("A point of order can still be raised.") : nothing}</span></p>`
            : nothing
        }
        ${speaking || (requests.length && !closed) ? nothing : this.#form(open)}
        ${requests.length || speaking || closed ? nothing : this.#ahead(floor)}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => this.close()}>${t("Close")}</button>
        ${
          speaking || (requests.length && !closed) || !open.length
            ? nothing
            : html`
          <button type="submit" form="ask-floor" class="button primary big" aria-busy=${this.#busy}>${icon("send")}${t("Send the request")}</button>`
        }
      </div>`
  }

  #form(open) {
    if (!open.length) return nothing
    const chosen = open.includes(this.#kind) ? this.#kind : open[0]
    return html`
      <form id="ask-floor" @submit=${(event) => {
        event.preventDefault()
        this.#ask(chosen)
      }}>
        <div class="floor-kinds" role="radiogroup" aria-label=${t("What for")}>${open.map(
          (code) => html`
          <label class="floor-kind ${code === chosen ? "on" : ""}"><input type="radio" name="kind" value=${code} .checked=${code === chosen}
            @change=${() => {
              this.#kind = code
              this.redraw()
            }}>
            ${icon(kindSign(code))}<span>${kindWord(code)}${code === POINT_OF_ORDER ? html`<small>${t("heard before the others")}</small>` : nothing}</span></label>`,
        )}</div>
        ${
          isSecret(this.meeting.view)
            ? nothing
            : html`<div class="field">
          <label for="floor-note">${t("What about")} <span class="optional">(${t("optional")})</span></label>
          <input id="floor-note" maxlength="300" autocomplete="off" enterkeyhint="send" .value=${this.#note}
            @input=${({ target }) => {
              this.#note = target.value
            }}>
        </div>`
        }
      </form>`
  }

  #ahead({ queue = [] } = {}) {
    return html`<p class="floor-ahead">${queue.length ? t("Waiting now: {n}", { n: queue.length }) : t("Nobody is waiting.")}</p>`
  }

  #request({ id, place, kind }, floor) {
    return html`
      <section class="floor-mine" aria-live="polite">
        <p class="floor-place"><b>${t("No. {n}", { n: place })}</b>
          <span>${kindWord(kind)}<small>${place === 1 ? t("You are next.") : t("Of {n} who wait", { n: floor.queue.length })}</small></span></p>
        <div class="buttons">
          <button type="button" class="button" @click=${() => this.#withdraw(id)}>${icon("undo-2")}${t("Take the request back")}</button>
          ${isSecret(this.meeting.view) ? nothing : html`<button type="button" class="button" @click=${() => this.#write(id)}>${icon("pen-line")}${t("Give it in writing")}</button>`}
        </div>
      </section>`
  }

  async #ask(kind) {
    if (this.#busy) return
    this.#set(true)
    const done = await attempt(this.meeting.send("request_floor", { kind, note: this.#note.trim() }))
    this.#set(false)
    if (!done) return
    this.#note = ""
    this.close()
    toast(t("Your request has been sent to the chair."))
  }

  async #withdraw(request) {
    if (await attempt(this.meeting.send("withdraw_request", { request }))) {
      this.close()
      toast(t("The request has been taken back."))
    }
  }

  async #write(request) {
    const text = await prompt({
      title: t("Give your opinion in writing"),
      label: t("Your opinion"),
      multiline: true,
      yes: t("Send to the secretary"),
      help: t("It goes into the record instead of your speech; your place in the list is given up."),
    })
    if (!text) return
    if (await attempt(this.meeting.send("record_opinion", { request, text }))) {
      this.close()
      toast(t("Your written opinion is in the record."))
    }
  }

  async #end() {
    if (await attempt(this.meeting.send("end_speech"))) this.close()
  }

  #set(busy) {
    this.#busy = busy
    this.redraw()
  }
}

customElements.define("floor-sheet", FloorSheet)
