/** Two have written the same field: both texts beside each other, and somebody chooses. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"

/** @returns {Promise<string | null>} null: not said */
export const chooseText = (mine, theirs) =>
  show(
    (close) => html`<div class="dialog-body"><h2>${t("Somebody else has changed this too")}</h2>
      <div class="map-two"><section><h3>${t("Yours")}</h3><p>${mine}</p><button class="button" type="button" @click=${() => close(mine)}>${t("Keep mine")}</button></section>
      <section><h3>${t("Theirs")}</h3><p>${theirs}</p><button class="button" type="button" @click=${() => close(theirs)}>${t("Keep theirs")}</button></section></div>
      </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close(`${theirs}\n${mine}`)}>${t("Keep both, one below the other")}</button></div>`,
    { wide: true, label: t("Somebody else has changed this too") },
  )
