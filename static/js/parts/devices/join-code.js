/** The code that brings a tablet or a phone into the meeting. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { serverAddress } from "./server-address.js"

export function showJoinCode(meeting) {
  const path = `/meetings/${encodeURIComponent(meeting.id)}`
  return show(
    (close) => html`
    <div class="dialog-body join-code">
      <h2>${t("Join on a tablet or a phone")}</h2>
      <p>${t("Point the camera of a device in this network at the code, then sign in.")}</p>
      <img src="${path}/join.svg" alt=${t("QR code of this meeting")} width="320" height="320">
      <p class="join-address">${serverAddress()}${path}/room</p>
    </div>
    <div class="dialog-actions"><button class="button primary" type="button" @click=${() => close()} autofocus>${t("Close")}</button></div>`,
  )
}
