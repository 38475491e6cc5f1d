/** <service-sheet>: in a dialog: what one can call for, how far my calls have got, and the notices of this meeting. */

import { attempt } from "../../lib/attempt.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSecret } from "../../meeting/rights.js"
import { CALL_KINDS, callSign, callsOf, callState, callStateSign, callTone, callWord } from "./service-words.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { myStatus } from "../../meeting/my-status.js"
import { noticesFor, whom } from "./notice-banner.js"
import { Part } from "../core/part.js"

const SHOWN = 3

/** `close` (property) closes the dialog. */
export class ServiceSheet extends Part {
  watches = ["notices", "roll", "meeting"]
  waitsForEditing = false
  close = () => {}

  #text = ""
  #words = false
  // The field has just been asked for, and is to have the focus.
  #asked = false
  #busy = false
  #status

  started() {
    this.drawsWith(myStatus, (it) => {
      this.#status = it
    })
  }

  draw(view, meeting) {
    const inWords = (kind) => kind === "help" && !isSecret(view)
    const calls = callsOf(view.notices, [meeting.me.id]).slice(0, SHOWN)
    const notices = noticesFor(view, meeting.me, this.#status?.words).reverse()
    return html`
      <div class="dialog-body service-sheet">
        <h2>${t("Call for service")}</h2>
        <div class="service-kinds" aria-busy=${this.#busy}>${CALL_KINDS.map(
          (kind) => html`
          <button type="button" class="button" aria-expanded=${inWords(kind) ? this.#words : nothing}
            @click=${() => (inWords(kind) ? this.#open() : this.#call(kind))}>${icon(callSign(kind), { kind: "large" })}<span>${callWord(kind)}</span></button>`,
        )}</div>
        ${
          this.#words
            ? html`
          <form class="service-words" @submit=${(event) => {
            event.preventDefault()
            if (this.#text.trim()) this.#call("help", this.#text.trim())
          }}>
            <div class="field"><label for="service-text">${t("What do you need?")}</label>
              <input id="service-text" maxlength="300" autocomplete="off" enterkeyhint="send" @input=${({ target }) => {
                this.#text = target.value
              }}></div>
            <button type="submit" class="button primary">${icon("send")}${t("Send")}</button>
          </form>`
            : nothing
        }
        ${
          calls.length
            ? html`<ul class="service-calls" aria-live="polite">${repeat(
                calls,
                ({ id }) => id,
                (call) => this.#line(call, view),
              )}</ul>`
            : nothing
        }
        ${
          notices.length
            ? html`<section class="service-notices"><h3>${t("Notices")}</h3>${notices.map(
                ({ text, to, at }) => html`
          <p><small>${whom(to, meeting.me)} · ${clock(at)}</small>${text}</p>`,
              )}</section>`
            : nothing
        }
      </div>
      <div class="dialog-actions"><button type="button" class="button" @click=${() => this.close()}>${t("Close")}</button></div>`
  }

  drawn() {
    const field = this.querySelector("#service-text")
    if (field && this.#asked) field.focus()
    this.#asked = false
  }

  #line({ id, kind, text = this.#status?.words[id], at, state, by }, { roll }) {
    const who = state === "taken" && roll?.people?.[by]?.name
    return html`
      <li>${icon(callSign(kind))}<span class="grow"><b>${callWord(kind)}${text ? html`: ${text}` : nothing}</b><small>${clock(at)}${who ? html` · ${who}` : nothing}</small></span>
        <span class="badge ${callTone(state)}">${icon(callStateSign(state))}${callState(state)}</span>
        ${state === "done" ? nothing : html`<button type="button" class="button" @click=${() => attempt(this.meeting.send("cancel_call", { call: id }))}>${t("Not needed any more")}</button>`}</li>`
  }

  #open() {
    this.#words = true
    this.#asked = true
    this.redraw()
  }

  async #call(kind, text = "") {
    if (this.#busy) return
    this.#busy = true
    const done = await attempt(this.meeting.send("call_service", { kind, text }))
    this.#busy = false
    if (done) {
      toast(t("Called: {what}", { what: callWord(kind) }))
      this.#words = false
      this.#text = ""
    }
    this.redraw()
  }
}

customElements.define("service-sheet", ServiceSheet)
