/** Why somebody is absent: the usual reasons by one tap, any other in words. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"

const usual = () => [t("At a court hearing"), t("On a mission"), t("At another meeting"), t("On leave"), t("Ill")]

/** The reason, or null. */
export function askReason({ name, reason = "" }) {
  return show(
    (close) => html`
    <form class="excuse" @submit=${(event) => {
      event.preventDefault()
      close(event.target.elements.reason.value.trim() || undefined)
    }}>
      <div class="dialog-body">
        <h2>${t("Why is {name} absent?", { name })}</h2>
        <div class="reasons">${usual().map((word) => html`<button type="button" class="button" @click=${() => close(word)}>${word}</button>`)}</div>
        <div class="field">
          <label for="reason">${t("Another reason")}</label>
          <input id="reason" name="reason" maxlength="500" autocomplete="off" .value=${reason}>
        </div>
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Record as absent")}</button>
      </div>
    </form>`,
  )
}
