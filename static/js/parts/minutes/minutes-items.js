/** The text of the minutes, item by item: above each box, in grey, what the log has told already. */

import { html, nothing, repeat } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { Part } from "../core/part.js"
import "./note-box.js"
import { GENERAL } from "./notes-desk.js"

export class MinutesItems extends Part {
  watches = ["agenda", "meeting"]
  // Only the frame is drawn again; the boxes look after their texts themselves.
  waitsForEditing = false

  draw({ agenda: { order, items, current } }) {
    return html`
      ${repeat(
        order,
        (id) => id,
        (id, i) =>
          box(
            id,
            html`
        <h3 id=${`minutes-item-${id}`}><span>${i + 1}. ${items[id].title}</span>
          ${id === current ? html`<span class="badge live">${t("Now")}</span>` : nothing}
          ${items[id].started_at ? html`<span class="help">${times(items[id])}</span>` : nothing}</h3>`,
          ),
      )}
      ${box(GENERAL, html`<h3 id="minutes-item-general"><span>${t("Other matters")}</span></h3>`)}`
  }
}

const box = (id, heading) => html`
  <section class="minutes-item" aria-labelledby=${`minutes-item-${id}`}>
    ${heading}<note-box .item=${id} .label=${`minutes-item-${id}`} data-item=${id}></note-box>
  </section>`

const times = ({ started_at: from, finished_at: to }) =>
  to ? `${clock(from)} – ${clock(to)}` : t("from {time}", { time: clock(from) })

customElements.define("minutes-items", MinutesItems)
