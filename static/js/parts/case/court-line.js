/**
 * <court-line>: where an observer writes. Phase, speaker and kind are one key or one tap, so that an entry is one line;
 * what is typed survives a reload, what was sent says so only when the server has it.
 */

/** @import { CourtSync } from "../../case/court-sync.js" */

import {
  KIND_KEYS,
  KINDS,
  keyed,
  likelyKind,
  PHASES,
  REMARKS,
  SPEAKER_KEYS,
  speakerOf,
} from "../../case/court-order.js"
import { prompt } from "../../lib/dialog.js"
import { fit } from "../../lib/growing-field.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { session } from "../../lib/storage.js"
import { t, tn } from "../../lib/t.js"
import { second } from "../../lib/time.js"

const TEXT = 4000
const ASTRAY = 120_000

export class CourtLine extends HTMLElement {
  #sync
  #words
  #chosen = { phase: "opening", role: "", name: "", kind: "", site: "" }
  /** Speakers that were named here and have not spoken yet. @type {{ role: string, name: string }[]} */
  #named = []
  #typed = { text: "", bl: "" }
  #first = false

  /** @param {CourtSync} sync @param {any} words */
  begin(sync, words) {
    this.#sync = sync
    this.#words = words
    const kept = session.read(this.#key) ?? {}
    Object.assign(this.#chosen, { site: sync.hearing.own_site }, kept.chosen)
    Object.assign(this.#typed, kept.typed)
    this.#first = !kept.chosen
    sync.addEventListener("change", () => this.#draw())
    document.addEventListener("keydown", (event) => this.#press(event))
    this.#draw()
  }

  get #key() {
    return `court/${this.#sync.hearing.id}/${this.#sync.me.id}`
  }

  get #speakers() {
    const known = this.#sync.hearing.people
    const of = (one) => `${one.role}\n${one.name}`
    const there = new Set(known.map(of))
    return [...known, ...this.#named.filter((one) => !there.has(of(one)))]
  }

  get #kind() {
    return this.#chosen.kind || likelyKind(this.#chosen.phase, this.#chosen.role)
  }

  get #writes() {
    const { hearing, state } = this.#sync
    return hearing.writes && state !== "gone" && state !== "closed"
  }

  #draw() {
    const { hearing, waiting } = this.#sync
    this.hidden = !hearing.observes && !waiting // of what waits still, one hears who observes no more
    if (this.hidden) return
    this.#joinIn()
    render(
      html`${this.#status()}${this.#writes ? this.#keys() : nothing}${this.#writes ? this.#form() : nothing}`,
      this,
    )
    const field = this.querySelector("textarea")
    if (field?.value) fit(field)
    for (const row of this.querySelectorAll(".court-keys")) reveal(row)
  }

  /** Who comes later begins where the others are. */
  #joinIn() {
    if (!this.#first || !this.#sync.read) return
    this.#first = false
    const last = this.#sync.entries.reduce((one, other) => (one && one.moment > other.moment ? one : other), undefined)
    if (last) this.#chosen.phase = last.phase
  }

  // What became of it

  #status() {
    const { waiting, kept, state, savedAt, hearing, astray } = this.#sync
    const lines = []
    if (state === "gone" || !hearing.observes)
      lines.push(said("bad", "circle-alert", t("You do not observe this trial any more.")))
    else if (hearing.closed_at || state === "closed")
      lines.push(said("", "lock", t("The log is closed: it is read only.")))
    else if (state === "signed_out")
      lines.push(said("bad", "log-in", t("You have been signed out. Sign in in another tab; what waits is sent then.")))
    else if (state === "offline")
      lines.push(said("warn", "wifi-off", t("No connection: go on writing, it is sent later.")))
    if (waiting)
      lines.push(
        said(
          "warn",
          "clock",
          kept
            ? tn("{n} entry waits on this device", "{n} entries wait on this device", waiting)
            : tn("{n} entry waits in this window only", "{n} entries wait in this window only", waiting),
        ),
      )
    else if (savedAt) lines.push(said("good", "circle-check", t("Saved {time}", { time: second(savedAt) })))
    if (Math.abs(astray) > ASTRAY)
      lines.push(
        said(
          "",
          "timer",
          t("The clock of this device is off by {n} min; entries bear the server's time.", {
            n: Math.round(astray / 60_000),
          }),
        ),
      )
    return html`<div class="court-status" role="status">${lines}</div>`
  }

  // One key or one tap

  #keys() {
    const { phases, short, kinds } = this.#words
    const { phase, role, name } = this.#chosen
    return html`
      <div class="court-keys" role="group" aria-label=${t("Phase")}>${PHASES.map((each, n) =>
        key(short[each], each === phase, () => this.#choose({ phase: each, kind: "" }), {
          hint: String(n + 1),
          title: phases[each],
        }),
      )}</div>
      <div class="court-keys speakers" role="group" aria-label=${t("Speaker")}>${this.#speakers.map((each, n) =>
        key(
          html`<span>${each.role}</span>${each.name ? html` <b>${each.name}</b>` : nothing}`,
          each.role === role && each.name === name,
          () => this.#speak(each),
          { hint: SPEAKER_KEYS[n] },
        ),
      )}<button type="button" class="button court-key" @click=${() => this.#name()}>${icon("user-plus")}<span>${t("Another speaker")}</span></button></div>
      <div class="court-keys" role="group" aria-label=${t("Kind of entry")}>${KINDS.map((each, n) =>
        key(kinds[each], each === this.#kind, () => this.#choose({ kind: each }), {
          hint: KIND_KEYS[n],
          look: REMARKS.includes(each) ? each : "",
        }),
      )}</div>`
  }

  #form() {
    const { sites } = this.#sync.hearing
    const { site } = this.#chosen
    const speaker = speakerOf(this.#chosen)
    const sited = sites.length > 1 || Boolean(site && !sites.includes(site))
    return html`<form class="court-form ${sited ? "sited" : ""}" @submit=${(event) => this.#submit(event)} @input=${(event) => this.#typing(event)}>
      <label class="visually-hidden" for="court-text">${t("What happens")}</label>
      <textarea id="court-text" class="input" name="text" rows="1" maxlength=${TEXT} autocomplete="off" enterkeyhint="send"
        placeholder=${speaker ? `${speaker}: ${this.#words.kinds[this.#kind]}…` : t("What happens …")}
        .value=${this.#typed.text} @keydown=${(event) => this.#enter(event)}></textarea>
      <label class="visually-hidden" for="court-bl">${t("Sheet numbers (BL)")}</label>
      <input id="court-bl" class="input" name="bl" maxlength="200" autocomplete="off" enterkeyhint="send" placeholder="BL" .value=${this.#typed.bl} @keydown=${(event) => this.#enter(event)}>
      <button type="submit" class="button primary icon-only" aria-label=${t("Write it down")}>${icon("send")}</button>
      ${
        sited
          ? html`<select class="input court-site" aria-label=${t("Site")} @change=${({ target }) => this.#choose({ site: target.value })}>
              <option value="">${t("Site not said")}</option>
              ${[...new Set([...sites, site].filter(Boolean))].map((each) => html`<option value=${each} ?selected=${each === site}>${each}</option>`)}</select>`
          : nothing
      }
    </form>`
  }

  #choose(chosen) {
    Object.assign(this.#chosen, chosen)
    this.#keep()
    this.#draw()
  }

  /** Whoever speaks; once more: nobody in particular. */
  #speak(one) {
    const same = one.role === this.#chosen.role && one.name === this.#chosen.name
    this.#choose({ role: same ? "" : one.role, name: same ? "" : one.name, kind: "" })
  }

  async #name() {
    const { roles } = this.#words
    const typed = await prompt({
      title: t("Another speaker"),
      label: t("Role: name"),
      help: t("For example: {example}", { example: `${roles[13]}: Mai Văn H` }),
      yes: t("Choose"),
    })
    if (!typed) return
    const [role, ...rest] = typed.split(":")
    const one = { role: role.trim().slice(0, 60), name: rest.join(":").trim().slice(0, 120) }
    this.#named.push(one)
    this.#choose({ ...one, kind: "" })
    this.querySelector("textarea")?.focus()
  }

  #press(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !this.#writes) return
    if (document.querySelector("dialog[open]")) return
    const wish = keyed(event.code)
    const speaker = wish && "speaker" in wish ? this.#speakers[wish.speaker] : undefined
    if (!wish || ("speaker" in wish && !speaker)) return
    event.preventDefault()
    if (speaker) this.#speak(speaker)
    else this.#choose(wish.phase ? { ...wish, kind: "" } : wish)
    this.querySelector("textarea")?.focus()
  }

  #enter(event) {
    // A Vietnamese keyboard ends a syllable with Enter as well.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.#submit(event)
  }

  #typing({ target }) {
    if (target.name in this.#typed) this.#typed[target.name] = target.value
    if (target.matches("textarea")) fit(target)
    this.#keep()
  }

  #submit(event) {
    event.preventDefault()
    const text = this.#typed.text.trim()
    if (!text) return this.querySelector("textarea").focus()
    const { phase, role, name, site } = this.#chosen
    this.#sync.write({ phase, role, name, kind: this.#kind, text, bl: this.#typed.bl.trim(), site })
    this.#typed = { text: "", bl: "" }
    if (REMARKS.includes(this.#chosen.kind)) this.#chosen.kind = ""
    this.#keep()
    this.#draw()
    const field = this.querySelector("textarea")
    field.style.height = ""
    field.focus()
    return undefined
  }

  #keep() {
    session.write(this.#key, { chosen: this.#chosen, typed: this.#typed })
  }
}

const said = (look, sign, words) => html`<span class=${look}>${icon(sign)}${words}</span>`

/** @param {any} words @param {boolean} pressed @param {() => void} act @param {{ hint?: string, title?: string, look?: string }} how */
const key = (words, pressed, act, { hint = "", title = "", look = "" } = {}) =>
  html`<button type="button" class="button court-key ${look}" aria-pressed=${pressed} title=${title || nothing}
    aria-keyshortcuts=${hint ? `Alt+${hint}` : nothing} @click=${act}>${words}${hint ? html`<kbd aria-hidden="true">${hint}</kbd>` : nothing}</button>`

/** What is chosen is in sight, in a row that is wider than the screen; the page itself stays where it is. */
function reveal(row) {
  const chosen = row.querySelector("[aria-pressed=true]")
  if (!chosen || row.dataset.shown === chosen.textContent) return
  row.dataset.shown = chosen.textContent
  const left = chosen.offsetLeft - row.offsetLeft
  if (left < row.scrollLeft) row.scrollLeft = left - 16
  else if (left + chosen.offsetWidth > row.scrollLeft + row.clientWidth)
    row.scrollLeft = left + chosen.offsetWidth - row.clientWidth + 16
}

customElements.define("court-line", CourtLine)
