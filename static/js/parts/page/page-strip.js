/** The pages of the shown paper in small: the current one marked and in sight. Only those in sight exist. */

import { hasPage } from "../../meeting/on-stage.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { Part } from "../core/part.js"
import { turn } from "../stage/stage-hand.js"

const BEYOND = 3

export class PageStrip extends Part {
  watches = ["stage", "meeting", "papers"]
  emptyAtFirst = true
  #stood = undefined

  started() {
    const { signal } = this
    this.listensTo(this, "scroll")
    if (!window.ResizeObserver) return
    const sized = new ResizeObserver(() => this.#settle())
    sized.observe(this)
    signal.addEventListener("abort", () => sized.disconnect())
  }

  draw({ stage, papers, meeting: { status } }, meeting) {
    const alone = papers?.[stage.paper]?.limited && !meeting.holding
    this.hidden = !hasPage(stage) || stage.pages < 2 || alone
    if (this.hidden) return nothing
    const may = status === "live" && meeting.holding
    const { step, length, across } = this.#measure()
    if (!length) return nothing
    const here = `${stage.document}/${stage.page}`
    if (here !== this.#stood) {
      this.#stood = here
      // The list must have its full length before it can be scrolled to the page.
      queueMicrotask(() => this.#settle())
    }
    const at = across ? this.scrollLeft : this.scrollTop
    const first = Math.max(1, Math.floor(at / step) + 1 - BEYOND)
    const last = Math.min(stage.pages, Math.ceil((at + length) / step) + BEYOND)
    const pages = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    const whole = `${stage.pages * step}px`
    return html`
      <div class="strip-pages" role="group" aria-label=${t("Pages")} .style=${across ? `width:${whole}` : `height:${whole}`}>
        ${repeat(
          pages,
          (n) => `${stage.document}/${n}`,
          (n) => html`
          <button ?disabled=${!may} aria-label=${t("Page {page}", { page: n })} aria-current=${n === stage.page ? "page" : nothing}
            tabindex=${n === stage.page ? 0 : -1}
            .style=${`transform:translate${across ? "X" : "Y"}(${(n - 1) * step}px)`} @click=${() => turn(meeting, n)}>
            ${thumb(stage.document, n)}<span>${n}</span></button>`,
        )}
      </div>`
  }

  /** Lengths along the strip, px: of one page with its gap, and of what is in sight. */
  #measure() {
    const style = getComputedStyle(this)
    const across = style.getPropertyValue("--lies").trim() === "across"
    return {
      across,
      step: parseFloat(style.getPropertyValue("--step")) || 120,
      length: across ? this.clientWidth : this.clientHeight,
    }
  }

  #settle() {
    const { stage } = this.meeting?.view ?? {}
    const { step, length, across } = this.#measure()
    if (!length || !hasPage(stage)) return this.redraw()
    const middle = (stage.page - 0.5) * step - length / 2
    if (across) this.scrollLeft = middle
    else this.scrollTop = middle
    return this.redraw()
  }
}

customElements.define("page-strip", PageStrip)
