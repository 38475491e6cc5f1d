/** <case-media-list>: the recordings and photos of a case beside the stage, with their parts: to prepare, to show, to look up. */

import { durationOf } from "../../case/media-time.js"
import { mediaOf, nameOfMedia, SIGNS } from "../../case/media-places.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { hour } from "../../lib/time.js"
import { Part } from "../core/part.js"
import { openMedia } from "./media-hand.js"

const BESIDE = matchMedia("(min-width: 961px)")

/** `case` (attribute) is whose they are. */
export class CaseMediaList extends Part {
  static observedAttributes = ["case"]
  watches = ["meeting", "stage", "exhibits"]
  emptyAtFirst = true

  /** @type {any[]} */
  #media = []
  #of = ""
  #prepared = ""

  attributeChangedCallback() {
    this.redraw()
  }

  /** What was still being prepared may be ready by now. */
  started(_meeting) {
    const drawer = this.closest("side-drawer")
    if (drawer) this.listensTo(drawer, "open", () => this.#load(this.getAttribute("case") ?? ""))
  }

  draw({ stage, exhibits }, meeting) {
    const case_ = this.getAttribute("case") ?? ""
    if (this.#of !== case_) this.#load(case_)
    const shown = exhibits?.[case_]?.media ?? {}
    const ready = this.#media.filter(({ state }) => state === "ready")
    // Who is not on the list of the case has what the meeting has seen.
    const list = ready.length ? ready : Object.entries(shown).map(([id, each]) => ({ id, ...each }))
    if (!list.length) return nothing
    return html`<section class="desk-part media-list"><h3>${t("Recordings and photos")} <small>${list.length}</small></h3>
      <ul class="plain">${list.map((each) => this.#line({ ...each, case: case_, media: each.id }, stage, { meeting, shown: shown[each.id] }))}</ul></section>`
  }

  #line(each, stage, { meeting, shown }) {
    const now = stage.kind === "media" && stage.media.media === each.media
    const open = this.#prepared === each.media && meeting.holding
    return html`<li class=${now ? "current" : ""}>
      <button type="button" class="media-title" aria-pressed=${meeting.holding ? open : nothing} @click=${() => this.#press(each)}>${icon(SIGNS[each.kind] ?? "film")}
        <span><b>${each.title}</b><small>${[each.label && nameOfMedia(each), each.seconds && durationOf(each.seconds), each.missing && t("something is missing")].filter(Boolean).join(" · ")}</small></span>
        ${now ? html`<span class="tag">${t("On the screens")}</span>` : shown ? html`<time>${hour(shown.at)}</time>` : nothing}</button>
      ${
        open
          ? html`<div class="prepared">
          <button type="button" class="button primary" @click=${() => this.#show(() => openMedia(meeting, each))}>${icon("presentation")}${now ? t("From the beginning") : t("Show it")}</button>
          ${(each.clips ?? []).map(
            (
              clip,
            ) => html`<button type="button" class="button" @click=${() => this.#show(() => openMedia(meeting, each, { clip: [clip.from, clip.to] }))}>
            ${icon("scissors")}${clip.title} <small>${durationOf(clip.from)}–${durationOf(clip.to)}</small></button>`,
          )}</div>`
          : nothing
      }</li>`
  }

  /** Where the drawer lies over what is shown, it goes. */
  #show(open) {
    open()
    if (!BESIDE.matches) /** @type {any} */ (this.closest("side-drawer"))?.close()
  }

  /** Who presents looks first; anybody else goes there alone. */
  #press(each) {
    if (this.meeting.holding) {
      this.#prepared = this.#prepared === each.media ? "" : each.media
      return this.redraw()
    }
    const drawer = /** @type {any} */ (this.closest("side-drawer"))
    openMedia(this.meeting, each)
    return drawer?.close()
  }

  async #load(case_) {
    if (this.#of !== case_) this.#media = []
    this.#of = case_
    const found = case_ ? await mediaOf(case_) : []
    if (this.#of !== case_) return
    this.#media = found
    this.redraw()
  }
}

customElements.define("case-media-list", CaseMediaList)
