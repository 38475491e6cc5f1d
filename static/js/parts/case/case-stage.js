/** <case-stage>: what of a case is on the stage: a node of the map, a page with its excerpts, two pages with a line. */

/** @import { StageMedia } from "./stage-media.js" */
/** @import { CasePage } from "./case-page.js" */

import { isOfCase, pagesOf, progress } from "../../case/places.js"
import { tickOf, toggled } from "../../case/map-tree.js"
import { ownPlace } from "../../case/own-place.js"
import { nextOf } from "../../case/next-pages.js"
import { PlacesAhead } from "../../case/pages-ahead.js"
import { OwnThere } from "../../case/own-there.js"
import { roomMap } from "../../case/room-maps.js"
import { readyScreensOf } from "../../case/ready-screens.js"
import { soundOf } from "../../case/sound.js"
import { scriptOf } from "../../case/script-show.js"
import { html, nothing, render, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSilent } from "../../lib/keys.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { mayPropose } from "../../case/report-words.js"
import { isRoomOpen, presides } from "../../meeting/rights.js"
import { FollowingPart } from "../core/following-part.js"
import { blank } from "../stage/stage-hand.js"
import { attempt } from "../../lib/attempt.js"
import { ExcerptHand } from "./callout-tools.js"
import * as hand from "./case-hand.js"
import { goneWords, nameOfOwn } from "./own-gone.js"
import { nameOfPage } from "./case-page.js"
import { AT_ONCE, MOST, nodeMap } from "./node-map.js"
import { nameOfStage } from "./stage-name.js"
import { press } from "./media-hand.js"
import { whatPlays } from "./stage-media.js"
import "./media-tools.js"
import { listenToClicker, rememberMap } from "./script-keys.js"

const KEYS = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "back",
  PageUp: "back",
  ArrowDown: "into",
  ArrowUp: "out",
}
const NUMBERS = ["①", "②"]
const LINE = 56 // px that a branch takes, at least
const REST = 200 // ms after a step in which the rest of a large map is drawn

/**
 * `always` (attribute): shows the stage whatever this screen is reading (the chair, a big screen). `passive`: nothing can
 * be pressed. `hall`: a hall looks at it. `big`: recordings run on it, and may be heard from it.
 */
export class CaseStage extends FollowingPart {
  watches = ["meeting", "stage", "exhibits", "roll", "report"]
  waitsForTouch = false
  comesFirst = true
  emptyAtFirst = true

  #map
  #wanted = ""
  #said = ""
  /** @type {OwnThere | undefined} */
  #there
  #second = false
  #whole = ""
  #soon
  /** @type {ExcerptHand | undefined} */
  #excerpts
  #ahead = new PlacesAhead()
  /** The node as the first HTML has it: it stands there until the map has come. */
  #first = this.querySelector(":scope > .first-node")
  #waits = false

  started(meeting) {
    if (!this.hasAttribute("always")) super.started(meeting)
    this.listensTo(ownPlace, "change")
    if (this.hasAttribute("big")) soundOf(meeting)
    // Both are said once, perhaps before anything is shown.
    if (!this.hasAttribute("passive")) readyScreensOf(meeting)
    this.listensTo(this, "painted", ({ target }) => {
      // A page says so two frames after it was drawn: it is on the glass.
      if (target.localName === "case-page") this.#report(this.#pageElements().every(({ seen }) => seen))
      this.redraw()
    })
    this.listensTo(this, "unpainted")
    this.listensTo(this, "camera", () => this.#joinPoints())
    this.listensTo(document, "visibilitychange", () => this.#report())
    this.listensTo(this, "turn", ({ detail }) => this.#turn(detail.by))
    if (this.hasAttribute("passive")) return
    this.#there = new OwnThere(this.signal)
    this.listensTo(this.#there, "change", () => {
      if (this.#map === "gone") this.#wanted = ""
      this.redraw()
    })
    this.listensTo(this, "missing", () => this.#there?.askAgain())
    this.listensTo(document, "keydown", (event) => this.#key(event))
    this.listensTo(scriptOf(meeting))
    this.#excerpts = new ExcerptHand(meeting, () => this.#pageElements()[0])
    this.listensTo(this.#excerpts)
    listenToClicker(meeting, this.signal)
  }

  /** My own place, where I look alone. */
  get #own() {
    return this.hasAttribute("passive") ? undefined : ownPlace.place
  }

  draw(view, meeting) {
    const { stage } = view
    this.#waits = false
    const live = isRoomOpen(view.meeting.status)
    if (this.#own && (meeting.holding || !live)) ownPlace.follow()
    const own = this.#own
    this.#there?.follow(view)
    this.#excerpts?.show(meeting.holding && stage.kind === "evidence" ? stage : undefined)
    const onStage = view.meeting.status === "live" && isOfCase(stage) && !stage.covered
    this.hidden = !(own || (onStage && !this.following?.place))
    this.classList.toggle("alone", Boolean(own))
    if (this.hidden) {
      this.#said = ""
      return nothing
    }
    const pages = own ? (own.page ? [own.page] : (own.pair ?? [])) : pagesOf(stage)
    const media = own ? own.media : stage.kind === "media"
    return html`
      ${own ? this.#aloneBar(view, own) : nothing}
      ${own && this.#gone.length ? goneWords(this.#gone, this.#map) : media ? html`<stage-media></stage-media>` : pages.length ? this.#pages(view, pages, own) : this.#node(view, own?.map ?? stage.map)}
      ${own || this.hasAttribute("passive") ? nothing : stage.kind === "media" ? html`<div class="case-tools" role="toolbar" aria-label=${t("Presenting the case")}><media-tools></media-tools></div>` : meeting.holding ? this.#tools(stage) : nothing}`
  }

  drawn() {
    if (!this.meeting?.view) return
    if (!this.#waits) {
      this.#first?.remove()
      this.#first = null
    }
    if (this.#media) this.#media.what = whatPlays(this, this.#own)
    if (!this.hasAttribute("passive")) rememberMap(this.meeting)
    for (const page of this.#pageElements()) page.place = this.#placeOf(page)
    this.#joinPoints()
    this.#report()
    this.#lookAhead()
  }

  #lookAhead() {
    const { stage, exhibits } = this.meeting.view
    const { holding } = this.meeting
    const [big, passive] = ["big", "passive"].map((name) => this.hasAttribute(name))
    const next =
      this.hidden || this.#gone.length
        ? []
        : nextOf(this.meeting, this.#map, this.#own, holding && scriptOf(this.meeting))
    const level = exhibits?.[stage.map?.case ?? stage.media?.case ?? stage.case]?.level
    // A big screen has ready what is released to those before it, and of the rest what is shown.
    const mine = passive ? (big && level !== "shown" ? next : []) : next
    this.#ahead.want(mine, { level, plays: big || holding })
  }

  #pageElements() {
    return /** @type {CasePage[]} */ ([...this.querySelectorAll(".case-sheet case-page")])
  }

  get #media() {
    return /** @type {StageMedia | null} */ (this.querySelector("stage-media"))
  }

  #placeOf(element) {
    const { stage } = this.meeting.view
    const own = this.#own
    const pages = own ? (own.page ? [own.page] : (own.pair ?? [])) : pagesOf(stage)
    const place = pages[Number(element.dataset.side)] ?? pages[0]
    const { callouts = undefined, marks = own?.page?.marks } = !own && stage.kind === "evidence" ? stage : {}
    return { ...place, callouts, marks }
  }

  // Pages

  #pages(view, pages, own) {
    const { stage } = view
    const line = !own && stage.kind === "pair" ? stage.contradiction : undefined
    const passive = this.hasAttribute("passive")
    return html`
      <div class="case-pages ${pages.length > 1 ? "two" : ""} ${this.#second ? "second" : ""}">
        ${pages.map(
          (page, n) => html`
          <figure class="case-sheet" data-side=${n}>
            <case-page data-side=${n} ?passive=${passive}></case-page>
            <figcaption class="bl-strip"><b>${pages.length > 1 ? `${NUMBERS[n]} ` : ""}${nameOfPage(page)}</b>
              ${page.label && page.title ? html`<span>${page.title}</span>` : nothing}
              ${page.pages > 1 ? html`<small>${t("page {page} of {pages}", page)}</small>` : nothing}</figcaption>
          </figure>`,
        )}
        ${pages.length > 1 ? html`<svg class="pair-line" aria-hidden="true"></svg>` : nothing}
        ${line?.text ? html`<p class="pair-text">${icon("git-branch")}${line.text}</p>` : nothing}
        ${pages.length > 1 && !passive ? this.#switch(pages) : nothing}
      </div>`
  }

  /** A phone shows one of the two at a time. */
  #switch(pages) {
    return html`<div class="pair-switch" role="group" aria-label=${t("Which of the two pages")}>${pages.map(
      (page, n) =>
        html`<button type="button" aria-pressed=${this.#second === Boolean(n)} @click=${() => {
          this.#second = Boolean(n)
          this.redraw()
        }}>${n ? "B" : "A"} ${NUMBERS[n]} ${nameOfPage(page)}</button>`,
    )}</div>`
  }

  /** The line of a contradiction, from a point of the left page to one of the right. */
  #joinPoints() {
    const place = /** @type {SVGSVGElement | null} */ (this.querySelector(".pair-line"))
    if (!place) return
    const line = this.#own ? undefined : this.meeting.view.stage.contradiction?.line
    const sheets = this.#pageElements()
    const frame = place.getBoundingClientRect()
    const points =
      line && sheets.length > 1
        ? [
            [line[0], line[1]],
            [line[2], line[3]],
          ]
        : []
    const ends = points.map((point, n) => {
      const box = sheets[n].getBoundingClientRect()
      const [x, y] = sheets[n].pointAt(point)
      return box.width ? { x: box.left - frame.left + x, y: box.top - frame.top + y } : undefined
    })
    const mark = (end, n) =>
      end
        ? svg`<circle cx=${end.x} cy=${end.y} r="16"></circle><text x=${end.x} y=${end.y + 6}>${n + 1}</text>`
        : nothing
    const [a, b] = ends
    render(
      svg`${a && b ? svg`<line x1=${a.x} y1=${a.y} x2=${b.x} y2=${b.y}></line>` : nothing}${ends.map(mark)}`,
      /** @type {any} */ (place),
    )
  }

  #turn(by) {
    const own = this.#own
    const { stage } = this.meeting.view
    if (own?.page) return this.#turnOwn(own.page, by)
    if (this.meeting.holding && stage.kind === "evidence") {
      const page = stage.page + by
      if (page >= 1 && page <= stage.pages) attempt(this.meeting.turnTo(page))
    }
    return undefined
  }

  #turnOwn(place, by) {
    const page = place.page + by
    if (page < 1 || page > (place.pages ?? 1)) return
    ownPlace.open({ page: { ...place, page, label: "", volume: place.volume } })
  }

  // The map

  #node(view, at) {
    const name = `${at.case}/${at.map}/${at.version}`
    if (this.#wanted !== name) this.#load(name, at)
    this.#waits = !this.#map && this.#first?.firstElementChild?.getAttribute("data-node") === at.node
    if (this.#waits) return nothing
    if (!this.#map) return html`<p class="state loading">${icon("loader-circle")}${t("The map is coming …")}</p>`
    if (this.#map === "gone")
      return html`<p class="state" role="status">${icon("network")}${t("This mind map was removed, or may no longer be seen here.")}</p>`
    if (this.#map === "failed")
      return html`<div class="state error" role="alert">${icon("network")}<p>${t("The map has not arrived.")}</p>
        <button class="button" type="button" @click=${() => this.#load(name, at)}>${icon("refresh-cw")}${t("Try again")}</button></div>`
    const { visited = {}, shown } = view.exhibits?.[at.case] ?? {}
    const mine = visited[at.map] ?? {}
    const tick = (id) => tickOf(this.#map.nodes[id], id, mine, shown)
    const acts = this.hasAttribute("passive") ? undefined : this.#acts(at)
    const budget = this.#budget(`${name}/${at.node} ${at.levels ?? 0} ${at.open ?? ""}`)
    return html`<div class="case-map">${acts && (this.meeting.holding || presides(this.meeting.me)) ? this.#progress(mine) : nothing}${nodeMap(this.#map, at, { acts, tick, budget })}</div>`
  }

  /** What fills the glass comes first, all of it a moment later; a hall sees no more than that. */
  #budget(place) {
    if (this.#whole === place) return { left: MOST }
    clearTimeout(this.#soon)
    // What the first HTML has does not go away again; otherwise no more than this glass holds.
    const fits = this.hasAttribute("hall") || this.#first ? AT_ONCE : Math.ceil(innerHeight / LINE)
    const budget = { left: Math.min(AT_ONCE, fits) }
    if (!this.hasAttribute("hall"))
      this.#soon = setTimeout(() => {
        if (!this.isConnected || budget.left >= 0) return
        this.#whole = place
        this.redraw()
      }, REST)
    return budget
  }

  /** For who presents and who chairs: how much of the map was shown. */
  #progress(visited) {
    const { shown, all, conflicts } = progress(this.#map, visited)
    return html`<p class="map-progress">${t("{shown} of {all} nodes shown", { shown, all })}${conflicts ? html` · <b>${tn("{n} contradiction not shown", "{n} contradictions not shown", conflicts)}</b>` : nothing}</p>`
  }

  async #load(name, at) {
    this.#wanted = name
    this.#map = undefined
    const map = await roomMap(at.case, at.map, at.version)
    if (this.#wanted !== name) return
    this.#map = map ?? (map === null ? "gone" : "failed")
    this.redraw()
  }

  #acts(at) {
    const { meeting } = this
    return {
      node: (id) => hand.openNode(meeting, at, id),
      fold: (id) => hand.fold(meeting, at, { open: toggled(at.open, id) }),
      chip: (chip, id) => hand.openChip(meeting, at.case, this.#map, chip, id),
    }
  }

  // What the presenter presses

  #tools(stage) {
    const isMap = stage.kind === "map"
    const step = (word, sign, to) => html`
      <button type="button" class="button compact" title=${word} aria-label=${word} @click=${() => this.#step(to)}>${icon(sign)}</button>`
    const script = scriptOf(this.meeting)
    const marking = stage.kind === "evidence" && this.#excerpts?.marking
    if (marking)
      return html`<div class="case-tools" role="toolbar" aria-label=${t("Presenting the case")}>${marking}</div>`
    return html`
      <div class="case-tools one-row" role="toolbar" aria-label=${t("Presenting the case")}>
        ${script.isOn ? html`${scriptStep(script, -1)}${scriptStep(script, 1)}` : nothing}
        ${
          isMap && script.isOn
            ? nothing
            : isMap
              ? html`${step(t("Step back"), "arrow-left", "back")}${step(t("Next step"), "arrow-right", "next")}
              ${step(t("Into the branch"), "arrow-down", "into")}${step(t("Out of the branch"), "arrow-up", "out")}
              <span class="case-levels" role="group" aria-label=${t("Levels that are open")}>${[1, 2, 3, 4].map(
                (n) => html`<button type="button" class="button compact" aria-pressed=${stage.map.levels === n}
                  aria-label=${t("Open down to level {n}", { n })} @click=${() => hand.fold(this.meeting, stage.map, { levels: n })}>${n}</button>`,
              )}</span>
              ${this.#proposal(stage)}`
              : html`
              ${stage.map ? html`<button type="button" class="button primary" @click=${() => hand.back(this.meeting)}>${icon("undo-2")}${t("Back to the map")}</button>` : nothing}
              ${stage.kind === "evidence" ? this.#excerpts?.tools(stage) : nothing}`
        }
        ${script.frame ? html`<button type="button" class="button" @click=${() => script.keepFrame()}>${icon("save")}${t("Add to the script")}</button>` : nothing}
      </div>`
  }

  /** A proposal of the map is put to the meeting as it stands there. */
  #proposal(stage) {
    const { view, me } = this.meeting
    const { text = "", kind = "", bl = "" } = this.#map?.nodes?.[stage.map.node] ?? {}
    if (kind !== "prop" || !mayPropose(view, me, text)) return nothing
    const put = async () => {
      const wish = { text, ...(bl.length > 1 && { bl: `BL ${bl}` }) }
      if (await attempt(this.meeting.send("put_proposal", wish))) toast(t("It stands among the proposals."))
    }
    return html`<button type="button" class="button primary" @click=${put}>${icon("plus")}${t("Put it as a proposal")}</button>`
  }

  #step(to) {
    const { stage } = this.meeting.view
    if (this.#map?.nodes) hand.stepTo(this.meeting, this.#map, stage.map, to)
  }

  #key(event) {
    const { meeting } = this
    const { stage } = meeting.view ?? {}
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !stage) return
    if (document.querySelector("dialog[open]") || isSilent(event.key)) return
    const typing = event.target.closest("input, textarea, select, [contenteditable]")
    // Over a page the buttons that turn it hear this key.
    if (
      "bB.".includes(event.key) &&
      ["map", "media"].includes(stage.kind) &&
      meeting.holding &&
      !typing &&
      !event.repeat
    )
      return blank(meeting)
    if (this.hidden) return
    if (event.key === "Escape" && this.#own && !typing) return ownPlace.follow()
    if (!meeting.holding || !isOfCase(stage) || (typing && !event.key.startsWith("Page"))) return
    if (event.key === " " && event.target.closest("button, a, summary")) return
    if (stage.kind === "media") {
      if (!press(meeting, event.key, event.repeat)) return
    } else if (stage.kind === "map" && KEYS[event.key]) this.#step(KEYS[event.key])
    else if (stage.kind === "map" && "1234".includes(event.key))
      hand.fold(meeting, stage.map, { levels: Number(event.key) })
    else if (stage.kind !== "map" && event.key === "Backspace" && stage.map) hand.back(meeting)
    else return
    event.preventDefault()
  }

  // Alone

  get #gone() {
    return this.#own ? (this.#there?.gone ?? []) : []
  }

  #aloneBar(view, own) {
    const { stage } = view
    const title = own.pair ? own.pair.map(nameOfPage).join(" ↔ ") : nameOfOwn(own, this.#map)
    const now = isOfCase(stage) ? nameOfStage(stage) : ""
    const { meeting } = this
    return html`
      <div class="case-alone" role="status">
        <p>${icon("eye")}<span>${t("You look at it alone: {title}", { title })}${now ? html`<small>${t("On the screens: {now}", { now })}</small>` : nothing}</span></p>
        <div class="case-alone-acts">
          ${
            own.pair || this.#gone.length
              ? nothing
              : html`
            ${
              hand.maySendOn(meeting)
                ? html`<button type="button" class="button primary" @click=${() => hand.toEverybody(meeting, own)}>${icon("presentation")}${t("Onto the screens")}</button>`
                : html`<button type="button" class="button" @click=${() => hand.askToShow(meeting, own, title)}>${icon("hand")}${t("Ask to show it")}</button>`
            }`
          }
          <button type="button" class="button" @click=${() => ownPlace.follow()}>${icon("users")}${t("Follow the meeting")}</button>
        </div>
      </div>`
  }

  // What is on the glass

  /** Says what this screen has, once it is true; `seen`: it is already. */
  #report(seen = false) {
    const { stage, meeting: about } = this.meeting?.view ?? {}
    if (!stage || about.status !== "live" || !isOfCase(stage)) {
      this.#said = ""
      return
    }
    const elsewhere = Boolean(this.#own || document.hidden || this.following?.place)
    if (elsewhere) return this.#say(stage.key, true)
    if (this.hidden) return
    if (!this.#isThere(stage)) return this.#sayGone(stage)
    const { key } = stage
    if (seen) return this.#say(key, false)
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (this.isConnected && this.meeting.view.stage.key === key && !this.#own && this.#isThere(stage))
          this.#say(key, false)
      }),
    )
  }

  #isThere(stage) {
    if (stage.kind === "media") return this.#media?.what?.media.media === stage.media.media && this.#media.ready
    if (stage.kind === "map")
      return !this.#first && this.querySelector(".node-map")?.getAttribute("data-node") === stage.map.node
    const wanted = pagesOf(stage)
    const sheets = this.#pageElements()
    return (
      sheets.length === wanted.length &&
      sheets.every(
        (sheet, n) => sheet.ready && sheet.place.document === wanted[n].document && sheet.place.page === wanted[n].page,
      )
    )
  }

  /** What was there and cannot be seen any more: a recording that may not play, or that has to come anew. */
  #sayGone(stage) {
    if (stage.kind !== "media" || !this.#said) return
    this.#said = ""
    this.meeting.unpainted()
  }

  #say(key, browsing) {
    const silent = Boolean(this.hasAttribute("big") && this.#media?.silent)
    const words = `${key}${browsing ? " apart" : ""}${silent ? " silent" : ""}`
    if (this.#said === words) return
    this.#said = words
    this.meeting.paintedKey(key, { browsing, silent })
  }
}

/** The step before or behind in the script, with its number. */
function scriptStep(script, by) {
  const { n, of } = script.progress
  const words = by > 0 ? t("Next step of the script") : t("Step back in the script")
  return html`<button type="button" class="button compact ${by > 0 ? "primary" : ""}" title=${words} aria-label=${words} ?disabled=${!script.from(by).step} @click=${() => script.go(by)}>
    ${by > 0 ? html`<span>${n}/${of}</span>${icon("arrow-right")}` : icon("arrow-left")}</button>`
}

customElements.define("case-stage", CaseStage)
