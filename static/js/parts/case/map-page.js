/** A page of the case over the map: the sheet that a BL names. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"

/** @param {{ document: string, page: number, label: string }} place */
export function showCasePage({ document: id, page, label }) {
  return show(
    (close) => html`<div class="dialog-body"><h2>${t("BL {label}", { label })}</h2>
      <img class="map-page-picture" src="/documents/${id}/pages/${page}.webp?w=1920" alt=${t("BL {label}", { label })}>
      </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true, label: t("BL {label}", { label }) },
  )
}
