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
  removed: ["file-question-mark", (reader) => reader.why],
  signedOut: ["log-in", () => t("You have been signed out.")],
  error: ["triangle-alert", () => t("This could not be shown.")],
}

export function problem(reader) {
  const [sign, words] = SAYS[reader.state] ?? SAYS.error
  return html`
    <div class="state reader-state ${reader.state}" role=${reader.state === "loading" ? "status" : "alert"}>${icon(sign)}<p>${words(reader)}</p>
      ${["offline", "error"].includes(reader.state) ? html`<button class="button" type="button" @click=${() => reader.retry()}>${icon("refresh-cw")}${t("Try again")}</button>` : nothing}
      ${reader.state === "removed" ? html`<button class="button primary" type="button" @click=${() => reader.leave()}>${icon("arrow-left")}${t("Back")}</button>` : nothing}</div>`
}

/** A page in sight whose picture did not come. */
export function failedPage(reader) {
  const page = reader.sheets?.visible.find(({ state }) => state === "failed")
  if (!page) return nothing
  const offline = navigator.onLine === false
  const words = offline
    ? t("Page {page} is not on this device, and there is no connection.", { page: page.n })
    : t("Page {page} has not arrived.", { page: page.n })
  return html`<div class="reader-failed" role="alert">${icon(offline ? "wifi-off" : "image")}<span>${words}</span>
    <button class="button compact" type="button" @click=${() => reader.retry()}>${t("Try again")}</button></div>`
}
