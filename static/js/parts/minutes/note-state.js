/** Below a text: whether it is saved, and what to do if not. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { SAVING_SIGNS } from "./saving-signs.js"
import { stateWords } from "./saving-words.js"

export function noteState(keeper, desk) {
  const words = stateWords(keeper)
  if (!words) return nothing
  return html`<p class="note-state ${keeper.state}" role="status">${icon(SAVING_SIGNS[keeper.state])}<span>${words}</span>
    ${keeper.signedOut ? html`<button type="button" class="button" @click=${() => desk.signIn()}>${t("Sign in again")}</button>` : nothing}
    ${keeper.state === "failed" ? html`<button type="button" class="button" @click=${() => keeper.retry()}>${t("Try again")}</button>` : nothing}</p>`
}
