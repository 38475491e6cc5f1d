/** One mind map over the whole page: the drawing, what the chosen node says beside it, and the other views. */

import "./desk.js"
import "../parts/case/map-panel.js"
import { canBeRead } from "../parts/case/map-view.js"
import { FIRST_OPEN, opened, openTo, parentOf } from "../case/map-ops.js"
import { MapSync } from "../case/map-sync.js"
import { ask, unanswered } from "../lib/ask.js"
import { html, nothing, render } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { local } from "../lib/storage.js"
import { t, tn } from "../lib/t.js"
import { clock } from "../lib/time.js"
import { toast } from "../lib/toast.js"
import { uid } from "../lib/uid.js"
import { mapMenu, nodeActs, nodeTools, peopleAt } from "../parts/case/map-bar.js"
import { LISTS, list } from "../parts/case/map-lists.js"
import { LAYOUT } from "../parts/case/map-look.js"
import { besideOf, liftedWords, openNodeMenu } from "../parts/case/map-node-menu.js"
import { askTitle, showBin, showTray, showVersions } from "../parts/case/map-dialogs.js"
import { keptInCase, showCasePage } from "../parts/case/map-page.js"

const SOON = 1200
const LATER = 5000

class CaseMap extends HTMLElement {
  connectedCallback() {
    const { case: id, map, words } = this.dataset
    this.words = JSON.parse(words)
    this.sync = new MapSync(`/api/cases/${id}/maps/${map}`, (what) => this.heard(what))
    this.view = "tree"
    this.open = new Set()
    this.deep = 2 // levels that are open
    this.node = ""
    this.moving = ""
    /** What is said over the drawing while a box is held. */
    this.said = ""
    this.looking = false
    this.shown = false
    this.right = local.read(LAYOUT) === "right"
    /** Where one writes while a node is being added. @type {HTMLTextAreaElement | null} */
    this.early = null
    this.begin()
  }

  async begin() {
    const first = this.querySelector(".first-branches")
    const answer = await this.sync.read()
    const stood = first?.matches(".placed") ? first.querySelector("me-root me-tpc").getBoundingClientRect() : null
    first?.remove()
    if (!answer.ok)
      return render(html`<p class="state">${answer.status ? answer.body.error.message : unanswered(answer)}</p>`, this)
    const wanted = decodeURIComponent(location.hash.slice(1))
    this.open = openTo(this.sync.map, 2, FIRST_OPEN)
    if (!wanted && !canBeRead(this.sync.map, this.open, this.right)) this.deep = 1
    if (this.deep === 1) this.open = openTo(this.sync.map, 1)
    this.node = this.sync.map.nodes[wanted] ? wanted : this.sync.map.root
    this.open = opened(this.sync.map, this.open, this.node)
    this.draw()
    if (wanted) this.drawing?.centre(this.node)
    if (!wanted && this.drawing && !this.drawing.begins() && this.deep > 1) this.levels(1) // its branches at a glance, not a part of all
    if (stood && !wanted) this.drawing?.keep({ node: this.sync.map.root, at: stood })
    clearTimeout(this.soon) // once is enough
    this.look()
    this.readExcerpts()
    this.sync.follow()
    this.addEventListener("node", (/** @type {CustomEvent} */ event) =>
      this.choose(event.detail.node, event.detail.centre),
    )
    this.addEventListener("chip", (/** @type {CustomEvent} */ event) => this.choose(event.detail.node))
    this.addEventListener("fold", (/** @type {CustomEvent} */ event) => this.fold(event.detail.node))
    this.addEventListener("write", (/** @type {CustomEvent} */ event) => this.write(event.detail.node))
    this.addEventListener("place", (/** @type {CustomEvent} */ event) => this.hang(event.detail))
    this.addEventListener("menu", (/** @type {CustomEvent} */ event) => this.nodeMenu(event.detail.node, event.detail))
    this.addEventListener("lift", () => this.hint(liftedWords()))
    this.addEventListener("drop", () => this.hint(""))
    for (const kind of ["tray", "settled"]) this.addEventListener(kind, () => this.sync.read())
    this.addEventListener("unsaved", () => this.draw())
    this.addEventListener("page", (/** @type {CustomEvent} */ event) => this.openPage(event.detail))
    document.addEventListener("excerpts-changed", () => this.readExcerpts())
    addEventListener("hashchange", () => this.choose(decodeURIComponent(location.hash.slice(1)), true))
    addEventListener("keydown", (event) => this.key(event))
    addEventListener("beforeunload", (event) => {
      if (this.sync.waiting || this.panel?.drafts.size) event.preventDefault()
    })
  }

  get edits() {
    return Boolean(this.sync.about.may_edit)
  }

  get drawing() {
    return /** @type {any} */ (this.querySelector("case-map-view"))
  }

  get panel() {
    return /** @type {any} */ (this.querySelector("case-map-panel"))
  }

  heard(what) {
    if (what === "gone") {
      this.sync.stop()
      return render(
        html`<section class="state">${icon("ban")}<h2>${t("This map is not there any more.")}</h2></section>`,
        this,
      )
    }
    if (what === "map") {
      const { map } = this.sync
      if (this.node && !map.nodes[this.node]) this.node = map.root
      this.open = new Set([...this.open].filter((node) => map.nodes[node]))
      clearTimeout(this.soon)
      this.soon = setTimeout(() => this.look(), SOON)
    }
    if (this.isConnected && this.sync.map && this.panel) this.draw()
  }

  /** What the server finds in it: citations, dates, sums. */
  async look() {
    if (this.looking) return
    this.looking = true
    const answer = await ask(`${this.sync.address}/views`)
    this.looking = false
    if (!answer.ok) {
      // Nobody answered, or not now: the views would wait for ever.
      if (!answer.status || answer.status >= 429) this.soon = setTimeout(() => this.look(), LATER)
      return
    }
    if (answer.body.rev !== this.sync.map.rev) this.soon = setTimeout(() => this.look(), SOON)
    this.views = answer.body
    this.draw()
  }

  draw() {
    const { about, map } = this.sync
    render(
      html`<header class="map-bar">
          <a class="button quiet icon-only" href="/cases/${this.dataset.case}/maps" aria-label=${t("All maps of the case")}>${icon("arrow-left")}</a>
          <div class="map-title"><span class="help">${this.dataset.code}</span><strong class="one-line">${about.title}</strong></div>
          <p class="map-saved" role="status">${this.saved()}</p>
          ${this.edits ? nodeTools(this) : html`<span class="badge">${t("To read")}</span>`}
          ${mapMenu(this)}
        </header>
        <nav class="map-views" aria-label=${t("Views")}>${Object.entries(LISTS).map(
          ([name, each]) =>
            html`<button type="button" class="map-tab" aria-pressed=${this.view === name} @click=${() => this.turn(name)}>${icon(each.icon)}<span>${t(each.words)}</span>${this.count(name)}</button>`,
        )}</nav>
        <div class="map-body ${this.view}">
          <div class="map-sheet" ?hidden=${this.view !== "tree"}>
            <case-map-view></case-map-view>
            ${this.moving ? html`<p class="map-hint">${t("Choose the node it shall hang on: press it, or go there by the arrows and press Enter.")} <button class="button" type="button" @click=${() => this.stopMoving()}>${t("Cancel")}</button></p>` : nothing}
            ${this.said ? html`<p class="map-hint" role="status">${this.said}</p>` : nothing}
            ${peopleAt(this, this.others())}
            <div class="map-zoom"><button class="button icon-only" type="button" aria-label=${t("Smaller")} @click=${() => this.drawing.zoom(1 / 1.2)}>${icon("zoom-out")}</button>
              <button class="button icon-only" type="button" aria-label=${t("Larger")} @click=${() => this.drawing.zoom(1.2)}>${icon("zoom-in")}</button>
              <button class="button icon-only" type="button" aria-label=${t("The whole map")} @click=${() => this.drawing.fit()}>${icon("maximize")}</button>
              <select class="input map-sides" aria-label=${t("Layout")} @change=${(event) => this.lay(event.target.value === "right")}>
                <option value="both" ?selected=${!this.right}>${t("Both sides")}</option><option value="right" ?selected=${this.right}>${t("To the right")}</option></select>
              <select class="input" aria-label=${t("Levels that are open")} @change=${(event) => this.levels(Number(event.target.value))}>
                ${[1, 2, 3, 4].map((n) => html`<option value=${n} ?selected=${n === this.deep}>${tn("{n} level", "{n} levels", n)}</option>`)}</select></div>
          </div>
          ${this.view === "tree" ? nothing : html`<div class="map-list">${list(this.view, this.views, map, { go: (node) => this.go(node), put: this.edits ? (node, set) => this.do({ edit: { node, set } }) : undefined })}</div>`}
          <aside class="map-aside" aria-label=${t("The chosen node")}><case-map-panel></case-map-panel></aside>
        </div>`,
      this,
    )
    if (this.view === "tree")
      this.drawing.show({
        map,
        node: this.node,
        open: this.open,
        editable: this.edits,
        others: this.others(),
        right: this.right,
      })
    if (this.shown) return this.drawPanel()
    // The drawing comes first onto the glass.
    this.shown = true
    return requestAnimationFrame(() => setTimeout(() => this.isConnected && this.panel && this.drawPanel()))
  }

  drawPanel() {
    this.panel.show({
      sync: this.sync,
      node: this.node,
      words: this.words,
      cites: this.views?.cites,
      excerpts: this.excerpts,
      edits: this.edits,
    })
  }

  saved() {
    const { state, savedAt } = this.sync
    if (!this.edits) return nothing
    if (state === "offline") return html`<span class="bad">${icon("cloud-off")}${t("Not saved: no connection")}</span>`
    if (state === "saving") return html`${icon("loader-circle", { kind: "spin" })}${t("Saving…")}`
    const wrong = [...(this.panel?.drafts.values() || [])].find((each) => each.wrong)?.wrong
    if (wrong) return html`<span class="bad">${icon("circle-alert")}${t("Not saved: {why}", { why: wrong })}</span>`
    return html`${icon("check")}${savedAt ? t("Saved {time}", { time: clock(savedAt) }) : t("All saved")}`
  }

  /** Who else is at which node: a hint, nobody is kept from it. {node: [{name, writing}]} */
  others() {
    const found = {}
    for (const { node, name, writing } of this.sync.editing)
      if (this.sync.map.nodes[node]) found[node] = [...(found[node] || []), { name, writing }]
    return found
  }

  count(name) {
    const n = { contradictions: this.views?.contradictions.length, without_bl: this.views?.without_bl.length }[name]
    return n ? html`<span class="badge">${n}</span>` : nothing
  }

  // What one does

  turn(name) {
    this.view = name
    this.draw()
  }

  go(node) {
    this.view = "tree"
    this.choose(node, true)
  }

  choose(node, centre = false) {
    if (!this.sync.map.nodes[node]) return
    if (this.moving) return this.place(node)
    this.node = this.sync.node = node
    if (centre) this.open = opened(this.sync.map, this.open, parentOf(this.sync.map, node) || node)
    history.replaceState(null, "", `#${encodeURIComponent(node)}`)
    this.draw()
    if (centre) this.drawing.centre(node)
  }

  /** The keys that walk choose; while a node is being hung elsewhere they look for its place. */
  walk(node) {
    const { moving } = this
    this.moving = ""
    this.choose(node, true)
    this.moving = moving
    if (moving) this.draw()
  }

  hint(words) {
    this.said = words
    this.draw()
  }

  /** @param {string} node @param {{ x: number, y: number }} [at] */
  nodeMenu(node, at) {
    if (this.moving) return
    this.choose(node)
    const { text } = this.sync.map.nodes[node]
    const beside = at ?? besideOf(this.drawing.topicOf(node))
    openNodeMenu(this, { title: text.slice(0, 120), acts: nodeActs(this), at: beside })
  }

  openPage(page) {
    return showCasePage({ ...page, case: this.dataset.case }, this.sync.map.nodes[this.node]?.text)
  }

  async readExcerpts() {
    this.excerpts = await keptInCase(this.dataset.case)
    this.draw()
  }

  fold(node) {
    if (this.open.has(node)) {
      this.open = new Set(this.open)
      this.open.delete(node)
    } else this.open = opened(this.sync.map, this.open, node)
    this.node = node
    this.draw()
  }

  levels(n) {
    this.deep = n
    this.open = openTo(this.sync.map, n)
    if (this.node !== this.sync.map.root) this.node = this.sync.map.root
    this.draw()
    this.drawing.begins()
  }

  /** @param {boolean} right all branches right of the root, here and in what is taken out */
  lay(right) {
    this.right = right
    local.write(LAYOUT, right ? "right" : "both")
    this.draw()
    this.drawing.begins()
  }

  write(node) {
    this.choose(node)
    if (this.edits) this.panel.write()
  }

  async do(wish) {
    const answer = await this.sync.send(wish)
    if (!answer.ok) {
      toast(answer.error.message, { kind: "bad" })
      if (answer.error.code === "parent_removed") await this.sync.read()
    }
    return answer.ok
  }

  async add(beside = false) {
    if (this.early) return
    const { map } = this.sync
    const id = `n${uid(10)}`
    const parent = beside ? parentOf(map, this.node) : this.node
    const row = parent ? map.nodes[parent].children : map.loose
    const before = beside ? row[row.indexOf(this.node) + 1] || "" : ""
    const kind = map.nodes[parent]?.kind
    const node = { id, text: "", kind: kind === "root" ? "" : kind || "" }
    this.panel.saveAll()
    const early = this.takeEarly()
    const done = await this.do({ add: { node, parent, before } })
    const text = await early()
    // What was typed goes into the tray, as the server refuses this too.
    if (!done) return text && this.do({ add: { node: { ...node, id: `n${uid(10)}`, text }, parent, before } })
    this.open = opened(this.sync.map, this.open, parent || id)
    this.write(id)
    this.drawing.centre(id)
    if (text) this.panel.begin(text)
  }

  /**
   * What is typed before the new node is there is its text. A field takes it: what a Vietnamese keyboard composes, or a
   * tablet's, comes with no keys that one could collect. Call what this returns for the text, when the node is there.
   */
  takeEarly() {
    const field = document.createElement("textarea")
    field.className = "input map-early"
    field.maxLength = 2000
    field.setAttribute("aria-label", t("Text"))
    let composing = Promise.resolve()
    field.addEventListener("compositionstart", () => {
      composing = new Promise((resolve) => field.addEventListener("compositionend", () => resolve(), { once: true }))
    })
    this.append(field)
    this.early = field
    field.focus({ preventScroll: true })
    return async () => {
      await composing
      field.remove()
      this.early = null
      return field.value
    }
  }

  shift(by) {
    const { map } = this.sync
    const parent = parentOf(map, this.node)
    const row = parent ? map.nodes[parent].children : map.loose
    const at = row.indexOf(this.node)
    if (at + by < 0 || at + by >= row.length) return
    this.do({ move: { node: this.node, parent, before: row[by < 0 ? at - 1 : at + 2] || "" } })
  }

  startMoving() {
    this.moving = this.node
    this.view = "tree"
    this.draw()
  }

  stopMoving() {
    this.node = this.moving
    this.moving = ""
    this.draw()
    this.drawing.centre(this.node)
  }

  async place(parent) {
    const node = this.moving
    this.moving = ""
    if (parent === node) return this.draw()
    return this.hang({ node, parent, before: "" })
  }

  /** @param {{ node: string, parent: string, before: string }} place */
  async hang(place) {
    const done = await this.do({ move: place })
    if (done) {
      if (place.parent) this.open = opened(this.sync.map, this.open, place.parent)
      this.node = this.sync.node = place.node
      toast(t("It hangs elsewhere now."), { kind: "info", action: t("Undo"), act: () => this.undo() })
    }
    this.draw()
  }

  async remove() {
    const { node } = this
    const { map } = this.sync
    if (node === map.root) return
    const parent = parentOf(map, node)
    if (!(await this.do({ remove: { node } }))) return
    this.node = parent || map.root
    this.draw()
    toast(t("It lies in the bin."), { kind: "info", action: t("Undo"), act: () => this.undo() })
  }

  async undo() {
    const answer = await this.sync.undo()
    if (!answer.ok) toast(answer.error.message, { kind: "bad" })
  }

  async publish() {
    this.panel.saveAll()
    const answer = await ask(`${this.sync.address}/versions`, { method: "POST", json: {} })
    if (!answer.ok) return toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    toast(t("Version {n} is published.", { n: answer.body.version }))
    this.sync.about.version = answer.body.version
    this.draw()
  }

  versions() {
    return showVersions(this.sync)
  }

  async rename() {
    const wanted = await askTitle(this.sync.about.title)
    if (!wanted) return
    const answer = await ask(this.sync.address, { method: "PATCH", json: { title: wanted } })
    if (!answer.ok) return toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    this.sync.about.title = answer.body.title
    this.draw()
  }

  async bin() {
    const node = await showBin(this.sync.map)
    if (!node) return
    let done = await this.sync.send({ restore: { node } })
    if (!done.ok && done.error.code === "parent_removed")
      done = await this.sync.send({ restore: { node, parent: this.sync.map.root } })
    if (!done.ok) return toast(done.error.message, { kind: "bad" })
    this.choose(node, true)
  }

  async tray() {
    await this.sync.read()
    const chosen = await showTray(this.sync.about.tray || [])
    if (!chosen) return
    if (chosen.text && !(await this.do({ add: { node: { id: `n${uid(10)}`, text: chosen.text }, parent: this.node } })))
      return
    await this.sync.takeFromTray(chosen.id)
    this.draw()
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target)
    if (document.querySelector("dialog[open]") || event.isComposing) return
    const writing = target.closest("input, textarea, select, [contenteditable]")
    if (writing === this.early && writing && ["Tab", "Escape"].includes(event.key)) return event.preventDefault()
    if (event.key === "Escape" && writing) return target.blur()
    if (event.key === "Escape" && this.moving) return this.stopMoving()
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !writing && this.edits) {
      event.preventDefault()
      return this.undo()
    }
    if (writing || event.ctrlKey || event.metaKey || this.view !== "tree") return
    if (target.closest("button, a, summary") && ["Enter", " ", "Tab"].includes(event.key)) return
    const act = this.keyed(event)
    if (!act) return
    event.preventDefault()
    act()
  }

  keyed({ key, altKey, shiftKey }) {
    const { map } = this.sync
    const parent = parentOf(map, this.node)
    const row = parent ? map.nodes[parent].children : [this.node]
    const beside = (by) => row[row.indexOf(this.node) + by]
    const first = map.nodes[this.node].children[0]
    if (altKey)
      return { ArrowUp: this.edits && (() => this.shift(-1)), ArrowDown: this.edits && (() => this.shift(1)) }[key]
    const moves = { ArrowUp: beside(-1), ArrowDown: beside(1), ArrowLeft: parent, ArrowRight: first, Home: map.root }
    if (moves[key]) return () => this.walk(moves[key])
    if (key === " ") return () => this.fold(this.node)
    if (this.moving) return key === "Enter" && (() => this.place(this.node))
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) return () => this.nodeMenu(this.node)
    if (!this.edits) return undefined
    return {
      Tab: !shiftKey && (() => this.add()),
      Enter: () => this.add(this.node !== map.root),
      F2: () => this.write(this.node),
      Delete: () => this.remove(),
    }[key]
  }
}

customElements.define("case-map", CaseMap)
