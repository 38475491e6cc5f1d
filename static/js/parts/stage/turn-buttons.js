/** ‹ Previous, page n / N, Next ›: large, and by the keys of a keyboard or a presenter's clicker. */

import { hasPage } from "../../meeting/on-stage.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSilent } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { askForPage } from "../page/page-picker.js"
import { Part } from "../core/part.js"
import { blank, isListing, remember, turn, turnBy, turnable } from "./stage-hand.js"

// A clicker is a keyboard with few keys: page down and up, and "b" or "." for a dark screen.
const KEYS = {
  ArrowRight: (m) => turnBy(m, 1),
  PageDown: (m) => turnBy(m, 1),
  " ": (m) => turnBy(m, 1),
  ArrowLeft: (m) => turnBy(m, -1),
  PageUp: (m) => turnBy(m, -1),
  Home: (m) => turn(m, 1),
  End: (m) => turn(m, turnable(m.view).pages),
}
const BLANK = ["b", "B", "."]

/** Does one turn pages here? A map is gone through step by step, a recording is played, with buttons of their own. */
export const turns = ({ meeting: { status }, stage }, meeting) =>
  status === "live" && meeting.holding && !["map", "media"].includes(stage.kind)

export class TurnButtons extends Part {
  watches = ["stage", "meeting"]
  emptyAtFirst = true

  started(meeting) {
    remember(meeting)
    this.listensTo(document, "keydown", (event) => this.#key(event))
  }

  draw(view, meeting) {
    this.hidden = !turns(view, meeting)
    if (this.hidden) return nothing
    const { page = 0, pages = 0, covered = false } = turnable(view)
    return html`
      <button class="turn back" aria-keyshortcuts="PageUp ArrowLeft" ?disabled=${page <= 1 && !covered} @click=${() => turnBy(meeting, -1)}>
        ${icon("chevron-left")}<span>${t("Previous")}</span></button>
      ${
        isListing(view)
          ? html`<span class="turn-where" aria-label=${t("Page {page} of {pages}", { page, pages })}><b>${page}</b><span>/ ${pages}</span></span>`
          : pages
            ? html`
        <button class="turn-where" aria-label=${t("Page {page} of {pages}. Go to page…", { page, pages })} @click=${() => askForPage(meeting)}>
          <b>${page}</b><span>/ ${pages}</span></button>`
            : html`<span class="turn-where"></span>`
      }
      <button class="turn on" aria-keyshortcuts="PageDown ArrowRight" ?disabled=${page >= pages && !covered} @click=${() => turnBy(meeting, 1)}>
        <span>${t("Next")}</span>${icon("chevron-right")}</button>`
  }

  #key(event) {
    const { meeting } = this
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !meeting.view) return
    if (isSilent(event.key)) return
    const asking = document.querySelector("dialog[open]")
    // The "start" key of a clicker is F5: in a room it must not reload. Ctrl+R still does.
    if (event.key === "F5") return this.#start(event, asking)
    if (this.hidden) return
    if (asking) return keepValue(event)
    if (isTyping(event)) return
    if (BLANK.includes(event.key)) {
      // Held down, it covers once.
      if (!event.repeat) blank(meeting)
    } else if (KEYS[event.key] && turnable(meeting.view).pages) KEYS[event.key](meeting)
    else return keepValue(event)
    event.preventDefault()
  }

  /** "Show from the page where we are": a cover comes off, nothing else. */
  #start(event, asking) {
    event.preventDefault()
    const { stage } = this.meeting.view
    if (!this.hidden && !asking && !event.repeat && hasPage(stage) && stage.covered) blank(this.meeting)
  }
}

const PAGES = ["PageDown", "PageUp"]
const STEPPED = "select, input[type=number], input[type=range], input[type=radio], input[type=date], input[type=time]"

/** Keys that mean something where the focus is: letters in a field, space on a button, arrows in a tab list. */
export function isTyping({ target, key }) {
  // Nobody writes with these two, and on a list they would change what is chosen: they are the clicker's.
  if (PAGES.includes(key)) return false
  if (BLANK.includes(key) && target.closest("select")) return false
  if (target.closest("input, textarea, select, [contenteditable]")) return true
  if (key === " " && target.closest("button, a, summary, [role=button]")) return true
  return key.startsWith("Arrow") && Boolean(target.closest("[role=tablist], [role=radiogroup]"))
}

/** Where no page can be turned, a clicker still changes no list and no number. */
function keepValue(event) {
  if (PAGES.includes(event.key) && event.target.closest(STEPPED)) event.preventDefault()
}

customElements.define("turn-buttons", TurnButtons)
