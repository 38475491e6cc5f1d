/** What is being met about: the meeting, and the item on narrow screens, where the agenda is out of sight. */

import { html, nothing } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

const STANDING = {
  draft: () => t("In preparation"),
  published: () => t("Not opened yet"),
  adjourned: () => t("Adjourned"),
  closed: () => t("Closed"),
  archived: () => t("Archived"),
  cancelled: () => t("Cancelled"),
}

export class RoomTitle extends Part {
  watches = ["meeting", "agenda"]
  emptyAtFirst = true

  draw({ meeting, agenda }) {
    const item = agenda.items[agenda.current]
    const standing = STANDING[meeting.status]
    return html`
      ${standing ? html`<span class="badge ${meeting.status === "adjourned" ? "warn" : ""}">${standing()}</span>` : nothing}
      <h1 class="room-meeting">${meeting.title || t("Meeting")}</h1>
      ${item ? html`<p class="room-item">${agenda.order.indexOf(agenda.current) + 1}. ${item.title}</p>` : nothing}`
  }
}

customElements.define("room-title", RoomTitle)
