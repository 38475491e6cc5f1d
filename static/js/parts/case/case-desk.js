/** <case-desk>: the case beside the stage: type a number, go through the map, see what was shown, what others ask for. */

import { BegunNumber } from "../../case/begun-number.js"
import { isOfCase, progress } from "../../case/places.js"
import { childrenOf, tickOf } from "../../case/map-tree.js"
import { requestsOf } from "../../case/requests.js"
import { publishedMaps, roomMap } from "../../case/room-maps.js"
import { scriptOf } from "../../case/script-show.js"
import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isSilent } from "../../lib/keys.js"
import { t, tn } from "../../lib/t.js"
import { hour } from "../../lib/time.js"
import { nameOf } from "../../meeting/people.js"
import { isRoomOpen } from "../../meeting/rights.js"
import { Part } from "../core/part.js"
import { empty } from "../core/states.js"
import { BlPad } from "./bl-pad.js"
import "./case-attach.js"
import * as hand from "./case-hand.js"
import { nameOfPage } from "./case-page.js"
import { showMedia } from "./media-hand.js"
import { chips, ticked } from "./node-map.js"
import { nameOfStage } from "./stage-name.js"
import "./case-media-list.js"
import { scriptDesk, waySwitch } from "./script-desk.js"

const BESIDE = matchMedia("(min-width: 961px)")

export class CaseDesk extends Part {
  watches = ["meeting", "stage", "exhibits", "roll"]

  #pad = new BlPad(
    () => this.redraw(),
    (pages, against) => this.#openCited(pages, against),
  )
  #case = ""
  #maps = new Map()
  #asking = false
  #map
  #chosen = ""
  #open = new Set()
  #prepared
  #digits = "" // typed before the field was there
  #begun = new BegunNumber()
  #step = ""

  started(meeting) {
    this.listensTo(requestsOf(meeting), "change")
    this.listensTo(scriptOf(meeting))
    const drawer = this.closest("side-drawer")
    if (!drawer) return
    this.listensTo(drawer, "open")
    this.listensTo(document, "keydown", (event) => this.#key(event, drawer))
  }

  /**
   * Whoever types a number means a page of the file; over a map its presenter's first digits mean levels, unless more
   * of a number follows at once: of 45 the 5 alone would show another sheet to everybody.
   */
  #key(event, drawer) {
    const { meeting } = this
    const { stage, exhibits, meeting: about } = meeting.view ?? {}
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector("dialog[open]") || event.target.closest("input, textarea, select, [contenteditable]"))
      return
    const goesOn = this.#begun.isNumber(event.timeStamp)
    if (meeting.holding && stage?.kind === "map" && "1234".includes(event.key) && !goesOn)
      return this.#begun.level(event.key, event.timeStamp)
    const begun = this.#begun.before(event.timeStamp)
    if ((event.defaultPrevented && !goesOn) || (event.key === "0" && !begun)) return
    if (isSilent(event.key) || !Object.keys(exhibits ?? {}).length || !isRoomOpen(about.status)) return
    event.preventDefault()
    if (drawer.hidden) drawer.open(document.querySelector("[data-opens=case]"))
    this.#begun.end()
    this.#digits += begun + event.key
    this.redraw()
  }

  drawn() {
    const field = /** @type {HTMLInputElement | null} */ (this.#digits && this.querySelector("[name=bl]"))
    if (!field) return
    field.value = this.#digits
    field.focus()
    this.#digits = ""
  }

  draw(view, meeting) {
    if (this.closest("side-drawer")?.hidden) return nothing
    const cases = Object.entries(view.exhibits ?? {})
    if (!cases.length) return html`${empty(t("No case is attached to this meeting."))}<case-attach></case-attach>`
    if (!view.exhibits[this.#case]) this.#choose(view.stage.map?.case ?? view.stage.case ?? cases[0][0])
    const about = view.exhibits[this.#case]
    return html`
      ${
        cases.length > 1
          ? html`<label class="field"><span>${t("Case")}</span><select class="input" @change=${({ target }) => {
              this.#choose(target.value)
              this.redraw()
            }}>${cases.map(([id, each]) => html`<option value=${id} ?selected=${id === this.#case}>${each.title}</option>`)}</select></label>`
          : html`<p class="case-title"><b>${about.title}</b>${about.code ? html`<small>${about.code}</small>` : nothing}</p>`
      }
      ${this.#asked(view, meeting)}
      ${meeting.holding ? this.#now(view) : nothing}
      <section class="desk-part"><h3>${meeting.holding ? t("Prepare") : t("Look up")}</h3>
        ${this.#pad.draw(this.#case, meeting.holding)}
        ${meeting.holding ? waySwitch(scriptOf(meeting), () => this.redraw()) : nothing}
        ${this.#way(view, meeting, about)}
      </section>
      <case-media-list case=${this.#case}></case-media-list>
      ${this.#shown(about, meeting)}
      <case-attach></case-attach>`
  }

  // What others ask for

  #asked(view, meeting) {
    const requests = requestsOf(meeting)
    if (!meeting.holding || !requests.list.length) return nothing
    return html`<section class="desk-part asked"><h3>${t("Requests to show")}</h3><ul class="plain">${requests.list.map(
      (one) => html`<li><span><b>${one.title}</b><small>${nameOf(view, one.by)}</small></span>
        <button type="button" class="button primary compact" @click=${() => this.#grant(one)}>${t("Show")}</button>
        <button type="button" class="button compact" aria-label=${t("Dismiss")} @click=${() => requests.done(one)}>${icon("x")}</button></li>`,
    )}</ul></section>`
  }

  #grant(one) {
    requestsOf(this.meeting).done(one)
    if (one.media) return showMedia(this.meeting, one)
    if (one.document) return hand.showPage(this.meeting, one)
    const { stage } = this.meeting.view
    const version = stage.map?.map === one.map ? stage.map.version : (this.#maps.get(one.map)?.version ?? 0)
    return hand.openNode(this.meeting, { case: one.case, map: one.map, version }, one.node)
  }

  // On the screens now

  #now({ stage }) {
    const node = this.#map?.nodes?.[stage.map?.node]
    const named = stage.kind === "map" && node ? node.text : isOfCase(stage) && nameOfStage(stage)
    const what = named || t("Nothing of the case")
    return html`<section class="desk-part now"><h3>${t("On the screens now")}</h3>
      <p><b>${what}</b>${stage.covered ? html` <span class="tag">${t("covered")}</span>` : nothing}</p>
      ${isOfCase(stage) && stage.kind !== "map" && stage.map ? html`<button type="button" class="button" @click=${() => hand.back(this.meeting)}>${icon("undo-2")}${t("Back to the map")}</button>` : nothing}</section>`
  }

  /** By the script, or by the map. */
  #way(view, meeting, about) {
    const script = scriptOf(meeting)
    if (meeting.holding && script.isOn)
      return scriptDesk(script, {
        chosen: this.#step,
        choose: (id) => {
          this.#step = id
          this.redraw()
        },
      })
    return this.#maps.size
      ? this.#outline(view, meeting, about)
      : html`<p class="quiet-text">${this.#asking ? t("The map is coming …") : t("This case has no published map.")}</p>`
  }

  // The map

  #outline(view, meeting, about) {
    const { stage } = view
    const map = this.#map
    const at = stage.map?.map === this.#chosen ? stage.map : undefined
    const version = at && !meeting.holding ? at.version : this.#maps.get(this.#chosen)?.version
    if (!map) return html`<p class="quiet-text">${t("The map is coming …")}</p>`
    const visited = about.visited?.[this.#chosen] ?? {}
    const { shown, all, conflicts } = progress(map, visited)
    const place = { case: this.#case, map: this.#chosen, version: version ?? map.version, node: "" }
    return html`
      <div class="outline-head">
        ${
          this.#maps.size > 1
            ? html`<select class="input" aria-label=${t("Map")} @change=${({ target }) => this.#chooseMap(target.value)}>${[
                ...this.#maps.values(),
              ].map(
                (each) => html`<option value=${each.id} ?selected=${each.id === this.#chosen}>${each.title}</option>`,
              )}</select>`
            : html`<b>${map.title}</b>`
        }
        <span class="outline-count">${shown}/${all}${conflicts ? ` · ${tn("{n} contradiction not shown", "{n} contradictions not shown", conflicts)}` : ""}</span>
        ${
          meeting.holding
            ? html`<button type="button" class="button ${at ? "" : "primary"}" @click=${() => this.#showMap()}>
                ${icon("network")}${at ? (this.#isNewer(at) ? t("Update on the screens") : t("Show the map")) : t("Show the map")}</button>`
            : nothing
        }
      </div>
      <ul class="plain outline">${this.#branch(map, map.root, place, { tick: (id) => tickOf(map.nodes[id], id, visited, about.shown), now: stage.kind === "map" ? stage.map.node : "", depth: 1 })}</ul>`
  }

  #showMap() {
    this.#seen(() => attempt(this.meeting.send("show_map", { case: this.#case, map: this.#chosen })))
  }

  /** Who presents goes on from here, where there is room for both. */
  #seen(open) {
    if (this.meeting.holding && BESIDE.matches) open()
    else this.#leave(open)
  }

  #isNewer(at) {
    return (this.#maps.get(this.#chosen)?.version ?? 0) > at.version
  }

  #branch(map, id, place, how) {
    const children = childrenOf(map, id)
    const open = id === map.root || this.#open.has(id)
    const { meeting } = this
    return html`<li>
      <div class="outline-line ${id === how.now ? "current" : ""}">
        ${
          children.length && id !== map.root
            ? html`<button type="button" class="node-fold" aria-expanded=${open} aria-label=${open ? t("Fold “{text}”", { text: map.nodes[id].text }) : t("Open “{text}”", { text: map.nodes[id].text })}
            @click=${() => {
              if (!this.#open.delete(id)) this.#open.add(id)
              this.redraw()
            }}>${icon(open ? "chevron-down" : "chevron-right")}</button>`
            : html`<span class="node-fold"></span>`
        }
        <button type="button" class="outline-text" aria-pressed=${this.#prepared === id} @click=${() => this.#prepare(id, place)}>${map.nodes[id].text}</button>
        ${ticked(how.tick(id))}
      </div>
      ${
        this.#prepared === id && meeting.holding
          ? html`<div class="prepared">
          <button type="button" class="button primary" @click=${() => this.#seen(() => hand.openNode(meeting, place, id))}>${icon("presentation")}${t("Show this node")}</button>
          ${chips(map, id, { chip: (chip, node) => this.#openChip(chip, node, map) })}</div>`
          : nothing
      }
      ${open && children.length ? html`<ul class="plain">${children.map((child) => this.#branch(map, child, place, { ...how, depth: how.depth + 1 }))}</ul>` : nothing}</li>`
  }

  /** Who presents looks first; anybody else goes there alone. */
  #prepare(id, place) {
    if (!this.meeting.holding) return this.#leave(() => hand.openNode(this.meeting, place, id))
    this.#prepared = this.#prepared === id ? undefined : id
    return this.redraw()
  }

  #openChip(chip, node, map) {
    const open = () => hand.openChip(this.meeting, this.#case, map, chip, node)
    return chip.media ? this.#leave(open) : open()
  }

  // What was shown

  #shown({ shown = {} }, meeting) {
    const list = Object.entries(shown).sort(([, a], [, b]) => b.at - a.at)
    if (!list.length) return nothing
    return html`<section class="desk-part"><h3>${t("Shown")} <small>${list.length}</small></h3><ol class="plain shown-list">${list.map(
      ([place, page]) => {
        const cut = place.lastIndexOf("/")
        const at = { case: this.#case, document: place.slice(0, cut), page: Number(place.slice(cut + 1)), ...page }
        return html`<li><button type="button" @click=${() => this.#leave(() => hand.openPage(meeting, at))}>
          <b>${nameOfPage(at)}</b><span>${page.label ? page.title : ""}</span><time>${hour(page.at)}</time></button></li>`
      },
    )}</ol></section>`
  }

  /** Where the drawer lies over the page, what is opened is to be seen; beside the page (css/room.css) it stays for the next. */
  #leave(open) {
    const drawer = /** @type {any} */ (this.closest("side-drawer"))
    open()
    if (!(this.closest(".room-stage") && BESIDE.matches)) drawer?.close()
  }

  #openCited(pages, against) {
    const places = pages.map((page) => ({ ...page, case: this.#case }))
    const open = () =>
      against && places.length === 2 ? hand.openPair(this.meeting, places) : hand.openPage(this.meeting, places[0])
    this.#seen(open)
  }

  // What the case has

  async #choose(case_) {
    this.#case = case_
    scriptOf(this.meeting).choose(case_)
    this.#map = undefined
    this.#maps = new Map()
    this.#asking = true
    const stage = this.meeting.view.stage.map
    const published = await publishedMaps(case_)
    if (this.#case !== case_) return
    this.#asking = false
    for (const each of published) this.#maps.set(each.id, each)
    if (stage?.case === case_ && !this.#maps.has(stage.map))
      this.#maps.set(stage.map, { id: stage.map, title: stage.title, version: stage.version })
    const first = stage?.case === case_ ? stage.map : [...this.#maps.keys()][0]
    if (first) await this.#chooseMap(first)
    this.redraw()
  }

  async #chooseMap(id) {
    this.#chosen = id
    this.#map = undefined
    this.redraw()
    const { map } = this.meeting.view.stage
    const version = map?.map === id && !this.meeting.holding ? map.version : this.#maps.get(id).version
    this.#map = await roomMap(this.#case, id, version)
    this.redraw()
  }
}

customElements.define("case-desk", CaseDesk)
