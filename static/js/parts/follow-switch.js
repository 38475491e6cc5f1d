/** <follow-switch>: with the chair, or on my own. Says where the chair is, and when the chair has called me back. */

import { comeBack, standAside } from "../lib/dialog.js"
import { html, nothing } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { t } from "../lib/t.js"
import { following } from "../meeting/following.js"
import { Part } from "./part.js"

export class FollowSwitch extends Part {
  watches = ["stage", "meeting", "papers"]

  #following

  async started() {
    const { signal } = this
    this.#following = await following
    if (signal.aborted) return
    this.#following.addEventListener("change", () => this.redraw(), { signal })
    this.redraw()
  }

  waiting() {
    return nothing
  }

  draw({ stage, papers }, meeting) {
    const where = this.#following
    if (!where) return nothing
    if (meeting.holding) {
      return html`<p class="presenting">${icon("presentation")}<span>${t("You are presenting")}</span></p>`
    }
    const alone = where.mode === "browse"
    const mine = !alone && papers?.[where.mine?.paper] && where.mine
    const first = mine ? [mine.paper, mine.page] : firstPlace(stage, papers)
    return html`
      <div class="switch" role="group" aria-label=${t("What this screen shows")}>
        <button type="button" aria-pressed=${!alone} @click=${() => where.follow()}>
          <span>${t("Follow the chair")}${alone && stage.page ? html`<small>${t("page {page}", stage)}</small>` : nothing}</span>
        </button>
        <button type="button" aria-pressed=${alone} ?disabled=${!alone && !first}
          @click=${() => alone || where.goOn(...first)}>
          <span>${t("On my own")}${mine ? html`<small>${t("page {page}", mine)}</small>` : nothing}</span></button>
      </div>`
  }
}

/** Where reading on one's own begins: at the chair's page, or at the first paper. */
function firstPlace(stage, papers = {}) {
  if (stage.paper) return [stage.paper, stage.page]
  const [first] = Object.keys(papers)
  return first && [first, 1]
}

/** <call-banner>: "the chair calls to page 12", with the way back to what I was reading. */
export class CallBanner extends Part {
  watches = ["stage"]

  #following
  #timer

  async started() {
    const { signal } = this
    this.#following = await following
    if (signal.aborted) return
    this.#following.addEventListener("change", () => this.redraw(), { signal })
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
      this.#timer = setTimeout(() => this.#following.follow(), 12000)
      standAside("call") // nothing lies over the chair's call
    }
    if (!called) {
      comeBack("call")
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    return html`<div role="status" aria-live="assertive">${called ? html`
      <div class="call-banner">
        ${icon("megaphone")}
        <span>${called.page ? t("The chair calls you to page {page}", called) : t("The chair calls you back")}</span>
        ${called.back ? html`<button type="button" class="button" @click=${() => this.#following.goBack()}>
          ${t("Back to my page {page}", called.back)}</button>` : nothing}
      </div>` : nothing}</div>`
  }
}

customElements.define("follow-switch", FollowSwitch)
customElements.define("call-banner", CallBanner)
