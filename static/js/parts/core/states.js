/** The states every part has besides its content: empty, loading, error, offline, no right, closed. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

export const empty = (text, more) => state("empty", "file", text, more)
export const loading = (text) => state("loading", "loader-circle", text || t("Loading…"))
export const offline = (text) =>
  state("offline", "wifi-off", text || t("No connection. Everything comes back by itself."))
export const noRight = (text) => state("no-right", "lock", text || t("You are not in this meeting."))
export const closed = (text) => state("closed", "archive", text || t("The meeting is closed."))

/** Something failed: say what, and give the one thing to do about it. */
export const error = (text, retry) =>
  state(
    "error",
    "triangle-alert",
    text || t("This could not be shown."),
    retry ? html`<button type="button" class="button" @click=${retry}>${t("Try again")}</button>` : nothing,
  )

export const signedOut = () =>
  state(
    "no-right",
    "log-in",
    t("You have been signed out."),
    html`<a class="button" href=${`/sign-in?next=${encodeURIComponent(location.pathname)}`}>${t("Sign in again")}</a>`,
  )

/** @param {unknown} more */
const state = (kind, sign, text, more = nothing) => html`
  <div class="state ${kind}" role=${kind === "error" ? "alert" : nothing}>${icon(sign)}<p>${text}</p>${more}</div>`
