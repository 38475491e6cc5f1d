/** A small button with a sign alone, in the report of a case. */

import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"

export const smallButton = (sign, label, press) =>
  html`<button type="button" class="button quiet icon-only" aria-label=${label} title=${label} @click=${press}>${icon(sign)}</button>`
