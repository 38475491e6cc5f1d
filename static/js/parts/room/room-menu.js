/** <room-menu>: size of text, the whole screen, the way out. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { larger, smaller, textSize } from "../../lib/text-size.js"
import { isStaff } from "../../meeting/rights.js"
import { openResults, results } from "../ballots/ballot-book.js"
import { Part } from "../core/part.js"
import { openSearch } from "./room-search.js"

export class RoomMenu extends Part {
  emptyAtFirst = true
  #open = false

  started() {
    this.listensTo(document, "click", (event) => {
      if (!event.composedPath().includes(this)) this.#show(false)
    })
    this.listensTo(this, "keydown", (event) => {
      if (event.key !== "Escape" || !this.#open) return
      event.stopPropagation()
      this.#show(false)
      this.querySelector("button").focus()
    })
    // A screen that became narrow has hidden the button, and the focus with it.
    this.listensTo(document, "keydown", (event) => {
      if (event.key === "Escape" && event.target === document.body) this.#show(false)
    })
    this.listensTo(document, "fullscreenchange")
  }

  draw(_view, meeting) {
    return html`
      <button type="button" class="button quiet icon-only" aria-haspopup="true" aria-expanded=${this.#open} aria-label=${t("Menu")}
        aria-keyshortcuts=${keyOf("M")} title=${withKey(t("Menu"), "M")}
        @click=${() => this.#show(!this.#open)}>${icon("menu")}</button>
      ${this.#open ? html`<div class="menu-list" @click=${(event) => event.target.closest(".menu-sizes") || this.#show(false)}>${this.entries(meeting)}</div>` : nothing}`
  }

  entries(meeting) {
    return html`
      <p class="menu-me">${meeting.me.name}</p>
      ${this.#sizes()}
      ${meeting.me.id ? html`<button type="button" @click=${openSearch}>${icon("search")}${t("Search")}</button>` : nothing}
      ${this.more(meeting)}
      <button type="button" aria-keyshortcuts=${keyOf("?")} @click=${() => document.dispatchEvent(new CustomEvent("keys-wanted"))}>${icon("circle-question-mark")}${withKey(t("Keys"), "?")}</button>
      ${
        document.fullscreenEnabled
          ? html`<button type="button" @click=${() => this.#wholeScreen()}>
        ${icon(document.fullscreenElement ? "minimize" : "maximize")}${document.fullscreenElement ? t("Leave the full screen") : t("Full screen")}</button>`
          : nothing
      }
      <a href=${`/meetings/${encodeURIComponent(meeting.id)}`}>${icon("log-out")}${t("Leave the room")}</a>`
  }

  /** Override: what else this room's menu holds. A delegate's: the results one has put away, the desk of one's role. */
  more({ id, me, view }) {
    return html`${
      results(view || {}).length
        ? html`<button type="button" @click=${openResults}>${icon("vote")}${t("Results of ballots")}</button>`
        : nothing
    }${
      isStaff(me)
        ? html`<a href=${`/meetings/${encodeURIComponent(id)}/room?view=staff`}>${icon("notebook-pen")}${t("The screen of my role")}</a>`
        : nothing
    }`
  }

  #sizes() {
    const { least, most } = textSize()
    const change = (act) => () => {
      act()
      this.redraw()
    }
    return html`<div class="menu-sizes" role="group" aria-label=${t("Size of text")}>
      <button type="button" class="button" aria-label=${t("Smaller text")} ?disabled=${least} @click=${change(smaller)}><span aria-hidden="true">A−</span></button>
      <button type="button" class="button" aria-label=${t("Larger text")} ?disabled=${most} @click=${change(larger)}><span class="larger" aria-hidden="true">A+</span></button>
    </div>`
  }

  #show(open) {
    if (open === this.#open) return
    this.#open = open
    this.redraw()
  }

  #wholeScreen() {
    if (document.fullscreenElement) document.exitFullscreen()
    else document.documentElement.requestFullscreen().catch(() => {})
    this.#show(false)
  }
}

customElements.define("room-menu", RoomMenu)
