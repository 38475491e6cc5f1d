/** What becomes of what is sent while there is no line: the words that stand by everything that sends. Templates. */

import { html } from "./html.js"
import { icon } from "./icon.js"
import { t } from "./t.js"

/** At the head of a dialog, under the buttons of a ballot paper; seen while the line is down (overlays.css, parts/core/line-watch.js). */
export const lineWord = () =>
  html`<p class="line-word" role="status">${icon("wifi-off")}<span>${t(
    "There is no connection. What you send now waits here for a moment; if it cannot be sent, this screen tells you.",
  )}</span></p>`
