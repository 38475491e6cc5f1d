/** What the reader says when there are no pages to be seen. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

const SAYS = {
  loading: ["loader-circle", () => t("Loading…")],
  empty: ["file", () => t("This paper has no pages yet.")],
  offline: ["wifi-off", () => t("No connection. Pages that are not on this device cannot be read now.")],
  noRight: ["lock", () => t("This paper is not there, or it is not for you to read.")],
  recalled: ["archive", () => t("This paper was recalled. It can no longer be read.")],
  signedOut: ["log-in", () => t("You have been signed out.")],
  error: ["triangle-alert", () => t("This could not be shown.")],
}

export function problem(reader) {
  const [sign, words] = SAYS[reader.state] ?? SAYS.error
  return html`
    <div class="state reader-state ${reader.state}" role=${reader.state === "loading" ? "status" : "alert"}>${icon(sign)}<p>${words()}</p>
      ${["offline", "error"].includes(reader.state) ? html`<button class="button" type="button" @click=${() => reader.retry()}>${icon("refresh-cw")}${t("Try again")}</button>` : nothing}</div>`
}
