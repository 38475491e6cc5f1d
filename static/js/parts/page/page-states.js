/** What stands over a page that is not as it should be: missing, or of another version than what is on the glass. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

/** @param {{ page: number }} shown @param {() => void} retry */
export const missing = ({ page }, retry) => html`
  <div class="state error page-problem" role="alert">
    ${icon("image")}
    <p>${t("Page {page} has not arrived.", { page })}</p>
    <button class="button" type="button" @click=${retry}>${icon("refresh-cw")}${t("Try again")}</button>
  </div>`

/** `waits`: the picture of this version is on its way, and that of the one before is seen. */
export function versionOnGlass({ version: n, newest }, waits) {
  const word = waits ? t("Version {n} is being fetched …", { n }) : n < newest ? t("Version {n}", { n }) : ""
  return word ? html`<p class="page-version">${word}</p>` : nothing
}
