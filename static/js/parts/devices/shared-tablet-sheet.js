/** <shared-tablet-sheet>: in a dialog of a shared tablet: who are you (PIN), then what you can do; one thing, or a minute. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { act, askStatus, choosePin, give, leave } from "./shared-tablet.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Since } from "../../meeting/clock.js"
import { Part } from "../core/part.js"
import { pinKey, pinPad } from "./pin-pad.js"
import { sharedTabletActs } from "./shared-tablet-acts.js"

const LENGTH = 4

export class SharedTabletSheet extends Part {
  watches = ["meeting", "roll", "floor", "ballots"]
  waitsForEditing = false
  /** Who acts, and what closes the dialog; given by whoever opens it. */
  person = ""
  close = () => {}

  #step = "pin" // pin | first | acts
  #pin = ""
  #wrong = ""
  #busy = false
  #allowed = 0 // ms, from then on
  #since = new Since()
  #known = undefined
  #ui = { picked: [], text: "", more: "" }

  started() {
    const { signal } = this
    this.listensTo(document, "keydown", (event) => this.#key(event))
    const tick = setInterval(() => this.#tick(), 500)
    signal.addEventListener("abort", () => {
      clearInterval(tick)
      if (this.#step === "acts") leave()
    })
  }

  draw(view) {
    const person = view.roll.people[this.person]
    if (!person) return this.close()
    return html`<div class="shared-tablet-sheet">
      <header><h2>${person.name}</h2>
        ${this.#step === "acts" ? html`<p class="tablet-seconds" role="timer">${icon("timer")}${tn("{n} second", "{n} seconds", this.#left)}</p>` : nothing}
        <button type="button" class="button quiet icon-only" aria-label=${t("Close")} @click=${() => this.close()}>${icon("x")}</button></header>
      ${this.#step === "acts" ? this.#acts(view) : this.#step === "first" ? this.#first() : this.#ask()}
      ${this.#wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${this.#wrong}</span></p>` : nothing}
    </div>`
  }

  #ask() {
    return html`<p class="tablet-lead">${t("Your PIN of four digits")}</p>${pinPad(this.#pin, (pin) => this.#typed(pin), { busy: this.#busy })}`
  }

  #first() {
    return html`
      <p class="tablet-lead">${t("You have no PIN yet. Type the code of your nameplate and choose four digits.")}</p>
      <form class="tablet-first" @submit=${(event) => this.#choose(event)}>
        <div class="field"><label for="nameplate-code">${t("Code on your nameplate")}</label>
          <input id="nameplate-code" class="input-code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required placeholder="XXX-XXX-XXX"></div>
        <div class="field"><label for="tablet-pin">${t("A PIN of four digits, that you choose")}</label>
          <input id="tablet-pin" class="input-code" type="password" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" autocomplete="off" required></div>
        <button class="button primary big wide" aria-busy=${this.#busy}>${icon("key-round")}${t("Set this PIN")}</button>
      </form>`
  }

  #acts(view) {
    if (!this.#known)
      return html`<p class="tablet-lead" aria-busy="true">${icon("loader-circle", { kind: "spin" })}${t("Loading…")}</p>`
    return sharedTabletActs(view, this.person, this.#known, {
      ...this.#ui,
      busy: this.#busy,
      set: (changes) => {
        Object.assign(this.#ui, changes)
        this.redraw()
      },
      give: (name, args, done) => this.#give(name, args, done),
    })
  }

  get #left() {
    return Math.max(0, Math.ceil((this.#allowed - this.#since.age) / 1000))
  }

  #tick() {
    if (this.#step !== "acts") return
    if (this.#left <= 0 && !this.#busy) return this.close()
    this.redraw()
    return undefined
  }

  #key(event) {
    if (this.#step !== "pin" || this.#busy) return
    const pin = pinKey(this.#pin, event)
    if (pin === undefined) return
    event.preventDefault()
    this.#typed(pin)
  }

  #typed(pin) {
    this.#pin = pin
    this.#wrong = ""
    this.redraw()
    if (pin.length === LENGTH) this.#enter()
  }

  async #enter() {
    const pin = this.#pin
    await this.#while(
      async () => {
        const { left } = await act(this.person, pin)
        ;[this.#allowed, this.#since] = [left, new Since()]
        this.#step = "acts"
        this.redraw()
        this.#known = await askStatus(this.meeting.id)
      },
      (problem) => {
        if (problem.code === "pin_unset") this.#step = "first"
      },
    )
    this.#pin = ""
    this.redraw()
  }

  async #choose(event) {
    event.preventDefault()
    const [code, pin] = ["#nameplate-code", "#tablet-pin"].map((id) =>
      /** @type {HTMLInputElement} */ (this.querySelector(id)).value.trim(),
    )
    await this.#while(async () => {
      await choosePin(this.person, code, pin)
      this.#pin = pin
    })
    if (this.#pin) {
      this.#step = "pin"
      this.#enter()
    }
  }

  async #give(name, args, done) {
    await this.#while(async () => {
      await give(this.meeting.id, name, args)
      const { name: who } = this.meeting.view.roll.people[this.person]
      this.close()
      toast(`${who}: ${done}`)
    })
  }

  /**
   * Do something that may be refused; the words of the refusal stay in sight.
   * @param {() => Promise<unknown>} work
   * @param {(problem: any) => void} refused
   */
  async #while(work, refused = () => {}) {
    this.#busy = true
    this.#wrong = ""
    this.redraw()
    try {
      await work()
    } catch (problem) {
      refused(problem)
      this.#wrong = problem.code === "pin_unset" ? "" : worded(problem)
    }
    this.#busy = false
    this.redraw()
  }
}

function worded({ code, message, left, retry_after: seconds }) {
  if (code === "pin_wrong" && left > 0) return `${message} ${tn("{n} try left.", "{n} tries left.", left)}`
  if (seconds) return `${message} ${tn("Wait {n} minute.", "Wait {n} minutes.", Math.ceil(seconds / 60))}`
  return message
}

customElements.define("shared-tablet-sheet", SharedTabletSheet)
