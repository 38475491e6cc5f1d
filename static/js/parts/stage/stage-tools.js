/** The tools of the stage: zoom into a part of the page, cover the page, let somebody else turn, take it back. */

import { hasPage, isShowing } from "../../meeting/on-stage.js"
import { presides } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { choosePresenter } from "./presenter-picker.js"
import { choosePair } from "./pair-picker.js"
import { before, blank, isListing, show, showPair } from "./stage-hand.js"
import { ZoomFrame } from "./zoom-frame.js"

export class StageTools extends Part {
  watches = ["stage", "meeting", "roll", "papers"]
  emptyAtFirst = true
  #frame = undefined

  draw(view, meeting) {
    this.hidden = view.meeting.status !== "live"
    if (this.hidden) return nothing
    const { stage } = view
    this.classList.toggle("away", !meeting.holding)
    const chairs = presides(meeting.me)
    if (!meeting.holding) {
      this.#frame?.end()
      return html`
        <p class="held">${icon("presentation")}<span><b>${nameOf(view, stage.holder)}</b> ${t("is presenting")}</span></p>
        ${chairs ? html`<button class="button primary big take-back" @click=${() => attempt(meeting.send("take_stage"))}>${icon("undo-2")}${t("Take the stage back")}</button>` : nothing}`
    }
    const [shown, page] = [isShowing(stage), hasPage(stage)]
    const newest = stage.newest ?? stage.pair?.right.newest
    this.classList.toggle("four", chairs)
    return html`
      ${newest ? tool({ sign: "copy", word: t("To version {n}", { n: newest.version }), act: () => toNewest(meeting), on: true }) : nothing}
      ${
        shown && !page
          ? nothing
          : stage.rect || stage.pair?.right.rect
            ? tool({ sign: "zoom-out", word: t("Whole page"), act: () => attempt(meeting.zoomTo(null)), on: true })
            : tool({
                sign: "zoom-in",
                word: t("Zoom in"),
                act: () => this.#zoom(),
                on: Boolean(this.#frame),
                off: !page,
              })
      }
      ${
        (shown ? !stage.covered : !before(meeting))
          ? tool({ sign: "eye-off", word: t("Cover"), key: "B", act: () => blank(meeting), off: !shown })
          : isListing(view)
            ? tool({ sign: "undo-2", word: t("Back to the paper"), key: "B", act: () => blank(meeting) })
            : tool({ sign: "eye", word: t("Uncover"), key: "B", act: () => blank(meeting), on: true })
      }
      ${
        shown && !page
          ? nothing
          : stage.pair && page
            ? tool({
                sign: "columns-2",
                word: t("One page"),
                act: () => show(meeting, stage.paper, stage.page),
                on: true,
              })
            : tool({ sign: "columns-2", word: t("Side by side"), act: () => choosePair(meeting), off: !page })
      }
      ${chairs ? tool({ sign: "presentation", word: t("Hand over"), act: () => choosePresenter(meeting) }) : nothing}`
  }

  #zoom() {
    if (this.#frame) return this.#frame.end()
    const page = document.querySelector("page-view")
    this.#frame = new ZoomFrame(page, (rect) => {
      this.#frame = undefined
      if (rect) attempt(this.meeting.zoomTo(rect))
      this.redraw()
    })
    this.dispatchEvent(new CustomEvent("chosen", { bubbles: true }))
    return this.redraw()
  }
}

/** What is shown of an earlier version goes on to the page of the newest that stands for it. */
function toNewest(meeting) {
  const { stage } = meeting.view
  const place = ({ paper, page, newest }) => ({
    paper,
    page: newest ? newest.page || Math.min(page, newest.pages) : page,
  })
  if (stage.pair) return showPair(meeting, place(stage.pair.left), place(stage.pair.right))
  const { paper, page } = place(stage)
  return show(meeting, paper, page)
}

const tool = ({ sign, word, act, key = "", on = false, off = false }) => html`
  <button class="tool" aria-pressed=${on} aria-keyshortcuts=${key ? keyOf(key) : nothing} title=${key ? withKey(word, key) : word} ?disabled=${off} @click=${act}>${icon(sign)}<span>${word}</span></button>`

customElements.define("stage-tools", StageTools)
