/** <staff-menu>: the room's menu with what the staff needs seldom: roll, joining, projectors, the delegate's view. */

import { isStaff } from "../../meeting/rights.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { openConclusions } from "../minutes/conclusions-list.js"
import { showJoinCode } from "../devices/join-code.js"
import { openRecall } from "../page/recall-papers.js"
import { openNameplates } from "../devices/nameplates.js"
import { openRoll } from "../roll/roll-summary.js"
import { RoomMenu } from "./room-menu.js"
import { openScreens } from "../devices/screens-pairing.js"
import { openTablets } from "../devices/shared-tablets.js"

/**
 * `spread` (attribute): all entries as a list on the page instead of behind a button;
 * `chair`: with the roll and the conclusions, which have no place of their own on the chair's screen.
 */
export class StaffMenu extends RoomMenu {
  watches = ["meeting"]

  started(meeting) {
    super.started()
    if (!this.hasAttribute("spread") && isStaff(meeting.me)) linked(meeting)
  }

  draw(view, meeting) {
    if (this.hasAttribute("spread")) return html`<div class="menu-list">${this.entries(meeting)}</div>`
    return super.draw(view, meeting)
  }

  more(meeting) {
    const staff = isStaff(meeting.me)
    return html`
      ${
        this.hasAttribute("chair")
          ? html`
        <button type="button" @click=${openRoll}>${icon("users")}${t("Roll call")}</button>
        <button type="button" @click=${openConclusions}>${icon("gavel")}${t("Conclusions")}</button>`
          : nothing
      }
      <button type="button" @click=${() => showJoinCode(meeting)}>${icon("qr-code")}${t("Join by QR code")}</button>
      ${
        staff
          ? html`
        <button type="button" @click=${() => openRecall(meeting)}>${icon("archive-restore")}${t("Recall papers …")}</button>
        <button type="button" @click=${openScreens}>${icon("projector")}${t("Projector screens")}</button>
        <a href=${`/meetings/${encodeURIComponent(meeting.id)}/readiness`}>${icon("clipboard-check")}${t("Ready 100 %")}</a>
        <button type="button" @click=${openNameplates}>${icon("id-card")}${t("Nameplates")}</button>
        <button type="button" @click=${openTablets}>${icon("tablet-smartphone")}${t("Shared tablets")}</button>
        <a href=${`/meetings/${encodeURIComponent(meeting.id)}/room?view=participant`}>${icon("tablet-smartphone")}${t("See what delegates see")}</a>`
          : nothing
      }`
  }
}

const SHEETS = {
  "#screens": openScreens,
  "#nameplates": openNameplates,
  "#tablets": openTablets,
  "#recall": (meeting) => meeting.view && openRecall(meeting),
}

/** A link from another page may open one of these sheets; once, not again at a reload. */
function linked(meeting) {
  const open = SHEETS[location.hash]
  if (!open) return
  history.replaceState(history.state, "", location.pathname + location.search)
  open(meeting)
}

customElements.define("staff-menu", StaffMenu)
