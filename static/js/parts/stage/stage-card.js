/** <stage-card>: what stands on the stage when no page does: title, list of conclusions, break, end. Over the page, so that it may wait. */

import { isOfCase } from "../../case/places.js"
import { ownPlace } from "../../case/own-place.js"
import { hasPage } from "../../meeting/on-stage.js"
import { isBeforeOpening } from "../../meeting/rights.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { date, hour, weekdayWithin } from "../../lib/time.js"
import { itemInHand } from "../agenda/agenda-title.js"
import { nameOfStage } from "../case/stage-name.js"
import { FollowingPart } from "../core/following-part.js"
import { followupList } from "./followup-list.js"

/** `always` (attribute): stands whatever this screen is browsing (a projector). `dark`: a hall looks at it; covered, it is black. */
export class StageCard extends FollowingPart {
  watches = ["meeting", "stage", "agenda", "roll", "papers"]

  started(meeting) {
    this.listensTo(ownPlace, "change")
    // The list is a table where there is room for one: on the same screen that depends on what stands beside it.
    const width = new ResizeObserver(([{ contentRect }]) => this.classList.toggle("narrow", contentRect.width < 720))
    width.observe(this)
    this.signal.addEventListener("abort", () => width.disconnect())
    if (this.hasAttribute("always")) return
    super.started(meeting)
  }

  draw(view) {
    const { meeting, stage } = view
    const ofCase = isOfCase(stage) && !this.meeting.replayed
    const page = meeting.status === "live" && (ofCase || (hasPage(stage) && view.papers?.[stage.paper]))
    const covered = Boolean(page && stage.covered)
    this.hidden = Boolean((page && !covered) || this.following?.place || ownPlace.place)
    this.classList.toggle("cover", covered)
    const listing = Boolean(!page && meeting.status === "live" && stage.followup)
    this.classList.toggle("listing", listing)
    if (this.hidden) return nothing
    if (covered) return this.#cover(view)
    this.dataset.status = meeting.status
    if (listing) return followupList(view)
    return html`<div class="card-inner">
      ${this.dataset.agency ? html`<p class="card-agency">${this.dataset.agency}</p>` : nothing}
      ${meeting.motto ? html`<p class="card-motto">${meeting.motto}</p>` : nothing}
      <h2 class="card-title">${meeting.title}</h2>
      <hr class="card-rule">
      ${this.#state(view)}
    </div>`
  }

  /** Black, as the hand on the stage wished; where a whole hall looks at it, without a word. */
  #cover({ stage }) {
    if (this.hasAttribute("dark")) return nothing
    return html`<p class="card-state">${icon("eye-off")}<span>${
      this.meeting.holding
        ? isOfCase(stage)
          ? t("What is shown is covered on every screen. “Uncover” shows it again.")
          : t("Page {page} is covered on every screen. “Uncover” shows it again, “Next” goes on.", stage)
        : t("The page is covered for the moment.")
    }</span></p>`
  }

  #state(view) {
    const { meeting } = view
    if (isBeforeOpening(meeting.status))
      return html`${when(meeting)}<p class="card-state">${icon("clock")}${t("The meeting has not been opened yet")}</p>${counts(view)}`
    switch (meeting.status) {
      case "live":
        return this.#live(view)
      case "adjourned":
        return html`<p class="card-state break">${icon("coffee")}${
          meeting.adjourned_at ? t("Break, since {time}", { time: hour(meeting.adjourned_at) }) : t("Break")
        }</p>`
      case "cancelled":
        return html`${when(meeting)}<p class="card-state">${icon("ban")}${t("The meeting has been cancelled")}</p>`
      default:
        return html`<p class="card-state">${icon("circle-check")}${
          meeting.closed_at
            ? t("The meeting was closed at {time}", { time: hour(meeting.closed_at) })
            : t("The meeting is closed.")
        }</p>`
    }
  }

  #live(view) {
    // Seen again, a case stays with its people: what was shown of it is named.
    if (isOfCase(view.stage))
      return html`<p class="card-state">${icon("lock")}${t("Shown of the case: {what}", { what: nameOfStage(view.stage) })}</p>`
    if (view.stage.withheld)
      return html`<p class="card-state">${icon("lock")}${t("The paper that was shown here is kept by the staff; it cannot be seen again.")}</p>`
    const gone = view.stage.removed ? this.#removed(view.stage.removed) : nothing
    const item = view.agenda?.items?.[view.agenda.current]
    if (!item) return html`${when(view.meeting)}${gone}${counts(view)}`
    const speakers = (item.presenters || []).map((who) => nameOf(view, who)).join("; ")
    return html`${gone}<p class="card-now"><b>${itemInHand(view)}</b>${speakers ? html`<small>${t("Presented by {names}", { names: speakers })}</small>` : nothing}</p>`
  }

  /** What stood here; who presents is told the way on. */
  #removed(title) {
    return html`<p class="card-state" role="status">${icon("folder-open")}<span>${
      this.meeting.holding
        ? t("“{title}” was removed and is on no screen any more. “Case file” leads to what can be shown.", {
            title,
          })
        : t("“{title}” was removed and is on no screen any more.", { title })
    }</span></p>`
  }
}

/** "08 giờ 00 – 11 giờ 00, Thứ Tư, ngày 16/12/2026" and the place. */
function when({ starts_at: from, ends_at: to, place }) {
  return html`<p class="card-when">${hour(from)}${to ? html` – ${hour(to)}` : nothing}, ${weekdayWithin(from)}, ${date(from)}</p>
    ${place ? html`<p class="card-when">${place}</p>` : nothing}`
}

/** How many are here: before the opening this is what the room looks at. */
function counts({ roll }) {
  const { members = 0, onsite = 0, online = 0, excused = 0 } = roll?.counts || {}
  if (!members) return nothing
  const one = (n, label) => html`<div><dt>${label}</dt><dd>${n}</dd></div>`
  return html`<dl class="card-counts">
    ${one(html`${onsite + online}<small>/${members}</small>`, t("present"))}
    ${one(onsite, t("in the hall"))}${one(online, t("online"))}${excused ? one(excused, t("excused")) : nothing}</dl>`
}

customElements.define("stage-card", StageCard)
