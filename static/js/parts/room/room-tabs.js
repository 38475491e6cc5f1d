/** Tabs of a room on a small screen: what is pressed is written into `data-tab` of the frame, the style sheet does the rest. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { roam } from "../../lib/keys.js"
import { Part } from "../core/part.js"

/**
 * `tabs` is [{id, word, sign, count?(view, me), small?, where?(view)}], set by the screen; `small`: only where the screen is small.
 * The frame is the nearest ancestor with `data-tab`.
 */
export class RoomTabs extends Part {
  watches = ["roll", "record", "meeting", "floor", "ballots", "notices", "report"]
  emptyAtFirst = true
  tabs = []

  started() {
    // What was chosen in a tab (a paper, a tool) is seen on the page.
    this.listensTo(this.frame, "chosen", () => this.go(this.tabs[0].id))
  }

  get frame() {
    return this.closest("[data-tab]")
  }

  go(id) {
    this.frame.dataset.tab = id
    this.redraw()
  }

  draw(view, { me }) {
    const now = this.frame.dataset.tab
    // One that only a small screen has is no stop on a large one.
    const lost = !this.tabs.some(({ id, small }) => id === now && !small)
    // One that only some meetings have (the report of a case) stands in those alone.
    const tabs = this.tabs.filter(({ where }) => !where || where(view))
    return html`<nav class="room-tabs" @keydown=${(event) => roam(event, "button", "row")}>${tabs.map(
      ({ id, word, sign, count, small }, i) => html`
      <button class=${small ? "only-small" : nothing} tabindex=${id === now || (lost && !i) ? 0 : -1} aria-current=${id === now ? "page" : nothing} @click=${() => this.go(id)}>
        ${icon(sign)}<span>${word}</span>${count?.(view, me) ? html`<b class="tab-count">${count(view, me)}</b>` : nothing}</button>`,
    )}</nav>`
  }
}

customElements.define("room-tabs", RoomTabs)
