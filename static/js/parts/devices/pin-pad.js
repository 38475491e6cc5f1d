/** Four digits from a large pad (or the keyboard): a template, and the keys that belong to it. */

import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

const LENGTH = 4

/** `pin` is what is typed so far; `type(pin)` is called with what it becomes. */
export function pinPad(pin, type, { busy = false } = {}) {
  const key = (digit) =>
    html`<button type="button" class="button" ?disabled=${busy} @click=${() => type(added(pin, digit))}>${digit}</button>`
  return html`
    <p class="pin-dots" role="status" aria-label=${t("{n} of 4 digits typed", { n: pin.length })}>${[0, 1, 2, 3].map((n) => html`<i class=${n < pin.length ? "on" : ""}></i>`)}</p>
    <div class="pin-pad" role="group" aria-label=${t("PIN")}>
      ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(key)}
      <span></span>${key("0")}
      <button type="button" class="button" aria-label=${t("Delete the last digit")} ?disabled=${busy || !pin} @click=${() => type(pin.slice(0, -1))}>${icon("arrow-left")}</button>
    </div>`
}

/** What a key of the keyboard makes of the PIN; undefined if it is none of ours. */
export function pinKey(pin, { key, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey) return undefined
  if (/^[0-9]$/.test(key)) return added(pin, key)
  return key === "Backspace" ? pin.slice(0, -1) : undefined
}

const added = (pin, digit) => (pin.length < LENGTH ? pin + digit : pin)
