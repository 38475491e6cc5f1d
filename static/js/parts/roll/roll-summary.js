/** How many are present, in one line; opens the roll. */

import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import "./roll-board.js"

export class RollSummary extends Part {
  watches = ["roll"]
  emptyAtFirst = true

  draw({ roll: { counts } }) {
    const { present, members, online, excused, left, waiting } = counts
    const rest = [
      online && t("{n} online", { n: online }),
      excused && t("{n} absent", { n: excused }),
      left && t("{n} left", { n: left }),
      waiting && t("{n} not called", { n: waiting }),
    ].filter(Boolean)
    return html`
      <button class="roll-open" aria-keyshortcuts=${keyOf("R")} title=${withKey(t("Roll call"), "R")} @click=${openRoll}>
        ${icon("users")}<span class="grow"><b>${t("Present {present}/{members}", { present, members })}</b>
        ${rest.length ? html`<small>${rest.join(" · ")}</small>` : nothing}</span>${icon("chevron-right")}
      </button>`
  }
}

export function openRoll() {
  return show(
    (close) => html`
    <div class="dialog-body roll-dialog"><h2>${t("Roll call")}</h2><roll-board></roll-board></div>
    <div class="dialog-actions"><button class="button primary" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

customElements.define("roll-summary", RollSummary)
