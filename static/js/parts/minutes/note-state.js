/** Below a text: whether it is saved, and what to do if not. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { second } from "../../lib/time.js"
import { SAVING_SIGNS } from "./saving-signs.js"

export function noteState(keeper, desk) {
  const words = stateWords(keeper)
  if (!words) return nothing
  return html`<p class="note-state ${keeper.state}" role="status">${icon(SAVING_SIGNS[keeper.state])}<span>${words}</span>
    ${keeper.signedOut ? html`<button type="button" class="button" @click=${() => desk.signIn()}>${t("Sign in again")}</button>` : nothing}
    ${keeper.state === "failed" ? html`<button type="button" class="button" @click=${() => keeper.retry()}>${t("Try again")}</button>` : nothing}</p>`
}

export function stateWords(keeper) {
  switch (keeper.state) {
    case "typing":
    case "saving":
      return t("Saving…")
    case "waiting":
      return t("Not sent yet, kept on this device")
    case "failed":
      return t("Not saved: {why}", { why: keeper.problem })
    case "conflict":
      return t("Somebody else has changed it: choose one of the two versions above")
    default:
      return keeper.savedAt ? t("Saved {time}", { time: second(keeper.savedAt) }) : ""
  }
}
