/** <floor-button>: asks for the floor; then says my place among those who wait, or that I have it. */

import { isRoomOpen, mayAskForFloor } from "../../meeting/rights.js"
import { show } from "../../lib/dialog.js"
import { waiting } from "./floor-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import "./floor-sheet.js"
import { Part } from "../core/part.js"

export class FloorButton extends Part {
  watches = ["meeting", "floor", "agenda", "roll"]
  emptyAtFirst = true

  draw(view, meeting) {
    const { me } = meeting
    this.hidden = !isRoomOpen(view.meeting.status) || !mayAskForFloor(me)
    if (this.hidden) return nothing
    const { look, sign, word, small } = this.#state(view, me.id)
    return html`<button type="button" class="button ${look}" aria-haspopup="dialog" @click=${openFloor}>
      ${icon(sign)}<span class="floor-words">${word}${small ? html`<small>${small}</small>` : nothing}</span></button>
      <span class="visually-hidden" role="status" aria-live="polite">${small ? `${word}: ${small}` : ""}</span>`
  }

  #state({ floor, agenda }, me) {
    if (floor?.speech?.person === me) return { look: "speaking", sign: "mic", word: t("You are speaking") }
    const [mine] = waiting(floor, [me])
    if (mine) return { look: "waiting", sign: "hand", word: t("Request sent"), small: t("No. {n}", { n: mine.place }) }
    if (floorClosed(floor, agenda)) return { look: "", sign: "hand", word: t("Ask to speak"), small: t("list closed") }
    return { look: "primary", sign: "hand", word: t("Ask to speak") }
  }
}

/** Are requests on the item in hand no longer taken? */
export const floorClosed = (floor, agenda) => (floor?.closed || []).includes(agenda?.current || "")

/** The sheet in which one asks, waits, withdraws. */
export function openFloor() {
  return show((close) => html`<floor-sheet .close=${close}></floor-sheet>`, { label: t("Ask to speak") })
}

customElements.define("floor-button", FloorButton)
