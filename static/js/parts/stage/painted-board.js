/** Who has the page that is on the stage: all devices together, each site, the big screens; who strays is called back. */

import { isOfCase } from "../../case/places.js"
import { hasPage } from "../../meeting/on-stage.js"
import { conducts, isBeforeOpening, isOver } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everySite } from "../../meeting/people.js"
import { mark, t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { Since } from "../../meeting/clock.js"
import { Dismissed } from "../../meeting/dismissed.js"
import { nameOfStage } from "../case/stage-name.js"
import { Part } from "../core/part.js"
import { siteCard } from "../site/site-card.js"

/** A delay worth a word on the chip, ms. */
const SLOW = 1500

export class PaintedBoard extends Part {
  watches = ["stage", "sites", "roll", "meeting", "lamp"]
  emptyAtFirst = true
  #presence = undefined
  #heard = new Since()
  #of = ""
  #came
  #ticking

  started(meeting) {
    this.#came = new Dismissed("sites-seen", meeting)
    this.listensTo(meeting, "presence", ({ detail }) => {
      this.#presence = detail
      this.#heard = new Since()
      this.#of = pageOf(meeting.view)
      for (const [id, { here }] of Object.entries(detail.sites ?? {})) if (here) this.#came.add(id)
      this.redraw()
    })
  }

  draw(view, meeting) {
    const { status } = view.meeting
    this.hidden = isOver(status)
    if (this.hidden) return nothing
    const { screens: here = 0, on_page: done = 0, lost = 0 } = this.#presence ?? {}
    const all = here > 0 && done === here
    this.#tick(here > done + lost)
    const known = this.#known(view, meeting)
    const sites = everySite(view).map((site) => this.#state(site, known))
    this.classList.toggle("unknown", !known)
    return html`
      <div class="painted-head">
        <h2>${heading(view)}</h2>
        <p class=${classMap({ "painted-sum": true, all: known && all, some: known && here > 0 && !all })} role="status">
          ${known ? t("{done}/{here} screens", { done, here }) : t("waiting…")}</p>
      </div>
      <p class="painted-rest">${known ? rest(this.#presence) : ""}${
        known && this.#presence?.ink !== undefined
          ? ` · ${t("ink: {ink}/{done}", { ink: this.#presence.ink, done })}`
          : ""
      }</p>
      ${
        sites.length
          ? html`
        <ul class="painted-sites">${repeat(
          sites,
          ({ site }) => site.id,
          ({ site, look, text, spoken }) => html`
          <li><button class="site-chip ${look}" aria-label=${`${site.name}: ${spoken}`} title=${site.name} @click=${() => this.#open(site)}>
            <b>${site.short || site.name}</b><span>${text}</span></button></li>`,
        )}
        </ul>`
          : nothing
      }
      ${repeat(
        this.#presence?.projectors ?? [],
        ({ id }) => id,
        (wall) => bigScreen(wall, known, view),
      )}
      ${
        mayCall(view, meeting)
          ? html`
        <button class="button wide call-back" ?disabled=${!known || here - done - lost < 1} @click=${() => this.#call()}>
          ${icon("bell-ring")}${t("Call everybody back to the page")}</button>`
          : nothing
      }`
  }

  /** What was said of another page, or before the line was lost, is not said of this one. */
  #known(view, meeting) {
    const { state, unheard } = meeting.lamp
    return Boolean(this.#presence) && this.#of === pageOf(view) && state !== "offline" && !unheard
  }

  /** {site, look: all|some|lost|none, text, spoken} of one site. */
  #state(site, known) {
    if (!known) return { site, look: "none", text: "…", spoken: t("waiting…") }
    const seen = this.#presence.sites?.[site.id] ?? {}
    const { here = 0, on_page: done = 0, loading = here - done, lost = 0, late_ms: delay = 0 } = seen
    const spoken = `${t("{done} of {here} screens show the page", { done, here })}${done < here ? `: ${rest({ ...seen, screens: here })}` : ""}`
    if (here && done >= here) return { site, look: "all", text: `${done}/${here}`, spoken }
    if (here && lost >= here)
      return { site, look: "lost", text: t("lost"), spoken: t("no screen is connected any more") }
    if (here) {
      // The server speaks when something changes; who is late meanwhile gets later.
      const late = delay + this.#heard.age
      return {
        site,
        look: lost ? "some lacking" : "some",
        text: loading && late >= SLOW ? `${done}/${here}·${roughly(late)}` : `${done}/${here}`,
        spoken,
      }
    }
    // Checked in by name is not connected: lost is only what has been there, also before this page was loaded.
    return this.#came?.has(site.id)
      ? { site, look: "lost", text: t("lost"), spoken: t("no screen is connected any more") }
      : { site, look: "none", text: t("not in"), spoken: t("not connected yet, no screen has come in") }
  }

  #tick(needed) {
    clearTimeout(this.#ticking)
    if (needed && this.isConnected) this.#ticking = setTimeout(() => this.redraw(), 1000)
  }

  #open(site) {
    const { meeting } = this
    const call = mayCall(meeting.view, meeting) && (() => this.#call(site))
    const { states = {} } = this.#presence ?? {}
    show((close) =>
      siteCard({ site, meeting, states, state: this.#state(site, this.#known(meeting.view, meeting)), close, call }),
    )
  }

  async #call(site) {
    if (await attempt(this.meeting.send("call_back", site ? { site: site.id } : {}))) {
      toast(
        site
          ? t("{site} has been called back.", { site: site.short || site.name })
          : t("Everybody has been called back."),
      )
    }
  }
}

const pageOf = ({ stage }) =>
  isOfCase(stage)
    ? stage.key
    : hasPage(stage)
      ? [stage, stage.pair?.right].map((one) => one && `${one.paper}/${one.page}`).join(" ")
      : ""

/** "1 loading · 1 elsewhere · 2 lost": what is lacking, or that nothing is. */
function rest({ screens = 0, on_page: done = 0, loading = 0, browsing = 0, lost = 0 }) {
  if (!screens) return t("No device has joined yet")
  if (done >= screens) return t("Everybody has it")
  return [
    loading && t("{n} loading", { n: loading }),
    browsing && t("{n} on their own", { n: browsing }),
    lost && t("{n} lost", { n: lost }),
  ]
    .filter(Boolean)
    .join(" · ")
}

const WALL = {
  ballot: mark("the ballot"),
  speech: mark("the speaker"),
  board: mark("the attendance"),
  card: mark("the title card"),
  cover: mark("covered"),
}

/** Of the version that is on the screens, which need not be the newest. */
const pagesOf = (paper, papers, stage) => (paper === stage.paper && stage.pages) || papers?.[paper]?.pages

/** What hangs on the wall, which the chair may have behind them. */
function bigScreen({ name, state, shows, paper, page, silent }, known, { papers, stage }) {
  const what = !known
    ? "…"
    : state === "lost"
      ? t("connection lost")
      : state === "loading"
        ? page
          ? t("still on page {page}", { page })
          : t("loading")
        : shows === "page" && !page
          ? t("the case")
          : shows === "page"
            ? t("page {page}/{pages}", { page, pages: pagesOf(paper, papers, stage) ?? "…" })
            : shows === "card" && stage.followup
              ? t("the list of conclusions")
              : t(WALL[shows] ?? shows)
  return html`<p class="painted-wall ${known ? state : ""}">${icon(state === "lost" ? "wifi-off" : "projector")}<span>${name || t("Big screen")}: </span><b>${what}${silent ? ` · ${t("no sound yet")}` : ""}</b></p>`
}

function heading({ meeting, stage }) {
  if (isBeforeOpening(meeting.status)) return t("Screens in the room")
  if (meeting.status === "live" && isOfCase(stage)) return ofCase(stage)
  const page = meeting.status === "live" && hasPage(stage)
  if (page && stage.pair && !stage.covered)
    return t("Pages {left} and {right} are shown on", { left: stage.page, right: stage.pair.right.page })
  if (page && stage.covered) return t("Page {page} is covered", { page: stage.page })
  if (page) return t("Page {page} is shown on", { page: stage.page })
  return stage.followup ? t("The list of conclusions is shown on") : t("The title card is shown on")
}

function ofCase(stage) {
  if (stage.covered) return t("What is shown of the case is covered")
  if (stage.kind === "map") return t("The map is shown on")
  return t("{pages} is shown on", { pages: nameOfStage(stage) })
}

/** "7s" or "2′": as short as a chip needs it. */
function roughly(ms) {
  const seconds = Math.round(ms / 1000)
  return seconds < 100 ? `${seconds}s` : `${Math.round(seconds / 60)}′`
}

function mayCall(view, { me }) {
  return view.meeting.status === "live" && conducts(me)
}

customElements.define("painted-board", PaintedBoard)
