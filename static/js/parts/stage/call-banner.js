/** <call-banner>: "the chair calls you to page 12", with the way back to what I was reading. */

import { ownPlace } from "../../case/own-place.js"
import { comeBack, standAside } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { following } from "../../meeting/following.js"
import { hasPage } from "../../meeting/on-stage.js"
import { Part } from "../core/part.js"

const STANDS = 12000

/** `always` (attribute): the call is said here although this screen never goes anywhere else (a site's). */
export class CallBanner extends Part {
  watches = ["stage"]

  #following
  #timer

  async started(meeting) {
    const { signal } = this
    this.#following = await following
    if (signal.aborted) return
    this.listensTo(this.#following)
    this.listensTo(this.#following, "call", () => {
      // Who looks at a place of a case alone is elsewhere, too.
      const elsewhere = Boolean(ownPlace.place)
      ownPlace.follow()
      if (!elsewhere && !this.hasAttribute("always")) return
      clearTimeout(this.#timer)
      this.#timer = undefined
      const { stage } = meeting.view
      this.#following.called = { page: hasPage(stage) ? stage.page : undefined }
      this.redraw()
    })
    signal.addEventListener("abort", () => {
      clearTimeout(this.#timer)
      comeBack("call")
    })
    this.redraw()
  }

  waiting() {
    return html`<div role="status" aria-live="assertive"></div>`
  }

  draw() {
    const called = this.#following?.called
    if (called && !this.#timer) {
      this.#timer = setTimeout(() => this.#following.follow(), STANDS)
      ownPlace.follow()
      standAside("call") // nothing lies over the chair's call
    }
    if (!called) {
      comeBack("call")
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    return html`<div role="status" aria-live="assertive">${
      called
        ? html`
      <div class="call-banner">
        ${icon("megaphone")}
        <span>${this.#words(called)}</span>
        ${
          called.back
            ? html`<button type="button" class="button" @click=${() => this.#following.goBack()}>
          ${t("Back to my page {page}", called.back)}</button>`
            : nothing
        }
      </div>`
        : nothing
    }</div>`
  }

  #words({ page }) {
    if (this.hasAttribute("always"))
      return page ? t("The chair calls everybody to page {page}", { page }) : t("The chair calls everybody back")
    return page ? t("The chair calls you to page {page}", { page }) : t("The chair calls you back")
  }
}

customElements.define("call-banner", CallBanner)
