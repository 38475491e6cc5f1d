/**
 * <paper-reader>: a paper read by oneself, in the room and at the desk. Give it `paper` {document, pages, shape, title, t,
 * download, id, mode} and `at`, the page to begin with. Others add to it through reader/extensions.js: `addLayer`,
 * `addButton`, `addSelectionAct`. Events: `close` when its reader wants to leave, `place` {page} when another page is read.
 */

import { ask } from "../../lib/ask.js"
import { copy } from "../../lib/copy.js"
import { whenGone } from "../../lib/fetched.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keptOf } from "../../lib/kept.js"
import { isSilent } from "../../lib/keys.js"
import { belongsTo } from "../../lib/page-owner.js"
import { isObject } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { letPaper } from "../../offline/keeping.js"
import { closed as isClosed, opened } from "../../reader/extensions.js"
import { nameOfPage, pageTyped } from "../../reader/layout.js"
import { NO_OUTLINE, outlineIn } from "../../reader/outline.js"
import { Picked } from "../../reader/picked.js"
import { Places, readLook, writeLook } from "../../reader/places.js"
import { isHard } from "../../reader/recognised.js"
import { Sheets } from "../../reader/sheets.js"
import { copied } from "../../reader/text-lines.js"
import { watchPaper, whenRemoved, whenRenewed } from "../../reader/text-news.js"
import { listenToTouch } from "../../reader/touch.js"
import { AHEAD, FULL, pageUrl, picture } from "../../pages/page-files.js"
import { tellOfNames } from "../../pages/stamped.js"
import { drawBar, drawBack, drawRecognised } from "./reader-bar.js"
import { Finder } from "./reader-find.js"
import { LargePrint } from "./reader-large-print.js"
import { linkLayer } from "./reader-links.js"
import { nightFilter } from "./reader-night.js"
import { panel } from "./reader-panels.js"
import { acting } from "./reader-keys.js"
import { failedPage, problem } from "./reader-states.js"

const DOUBLE = 2.2
const WIDE = 1000
const LOST = ["noRight", "recalled", "removed"]

export class PaperReader extends HTMLElement {
  /** @type {any} */
  paper
  at = undefined
  outline = NO_OUTLINE
  /** "", contents, pages, find, view, goto */
  panel = ""
  look = readLook()
  why = ""
  /** @type {Sheets} */
  sheets
  /** @type {Picked} */
  picked
  /** @type {Finder} */
  finder
  buttons = []
  selectionActs = []
  /** Where a link was followed from. */
  came = []
  state = "loading"

  #life
  #asked = false
  #large
  #places
  #pinching = false
  #undo = []

  get page() {
    return this.sheets?.page ?? 1
  }

  get signal() {
    return this.#life.signal
  }

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this
    this.#places = new Places()
    this.classList.add("paper-reader")
    render(this.#draw(), this)
    const place = /** @type {HTMLElement} */ (this.querySelector("[data-window]"))
    tellOfNames(this.paper)
    this.sheets = new Sheets(place, this.paper, signal)
    this.sheets.ahead = this.paper.mode !== "restricted"
    this.picked = new Picked(this.sheets, signal)
    this.finder = new Finder(this)
    this.#large = new LargePrint(this)
    this.#listen(place, signal)
    opened(this)
    if (!this.paper.inRoom) watchPaper(this.paper.document, signal)
    this.#begin()
  }

  disconnectedCallback() {
    isClosed(this)
    this.#life.abort()
  }

  /** @param {string} [panel_] */
  open(panel_) {
    this.panel = this.panel === panel_ ? "" : panel_
    this.redraw()
    if (!this.panel) this.querySelector("[data-window]").focus({ preventScroll: true })
  }

  redraw() {
    if (this.#asked || !this.isConnected) return
    this.#asked = true
    queueMicrotask(() => {
      this.#asked = false
      if (!this.isConnected) return
      render(this.#draw(), this)
      this.#placeBar()
    })
  }

  /** A layer over (or under) the pages: {name, order, mount(page), under(draw, page, at)}; the function that takes it away. */
  addLayer(layer) {
    const away = this.sheets.addLayer(layer)
    this.#undo.push(away)
    return away
  }

  /** {name, sign, word(), act(), key?, pressed?(), order?} in the bar; the function that takes it away. */
  addButton(button) {
    this.buttons = [...this.buttons, button].sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    this.redraw()
    return () => {
      this.buttons = this.buttons.filter((one) => one !== button)
      this.redraw()
    }
  }

  /** {name, sign, word(), act(run)} over words that are picked; `run` as in reader/selection.js, with `document`. */
  addSelectionAct(act) {
    this.selectionActs = [...this.selectionActs, act]
    return () => {
      this.selectionActs = this.selectionActs.filter((one) => one !== act)
    }
  }

  /** A pen is in hand: fingers neither turn nor magnify nor pick words. Set by whoever writes. */
  writing = false

  /** The picture of page `n` is drawn anew, with what belongs into it; all if there is no `n`. */
  repaint(n) {
    this.sheets.repaint(n)
  }

  /** @param {number} page @param {{ box?: number[], back?: boolean }} how */
  go(page, { box, back = false } = {}) {
    if (back) this.came.push(this.page)
    this.sheets.go(page, { box })
    if (this.#large.on) this.#large.show(page)
    this.redraw()
  }

  goBack() {
    const page = this.came.pop()
    if (page) this.go(page)
  }

  turn(by) {
    this.sheets.turn(by)
  }

  /** @param {{ layout?: string, fit?: string }} change */
  setLook(change) {
    Object.assign(this.look, change)
    this.sheets.set({ mode: this.layout, fit: this.look.fit, zoom: 1 })
    writeLook(this.look)
    this.redraw()
  }

  zoomBy(factor, point) {
    this.sheets.set({ zoom: this.sheets.zoom * factor }, point)
    this.redraw()
  }

  /** Two pages need room. */
  get layout() {
    return this.look.layout === "two" && this.clientWidth < WIDE ? "one" : this.look.layout
  }

  get largePrint() {
    return this.#large?.on
  }

  setNight(night) {
    this.look.night = night
    writeLook(this.look)
    this.#rested()
    this.redraw()
  }

  setLargePrint(on) {
    this.panel = ""
    if (on) this.#large.show(this.page)
    else this.#large.hide()
    this.redraw()
  }

  async #begin() {
    if (this.paper.t === undefined || !this.paper.pages) {
      const { ok, status, body } = await ask(`/api/documents/${encodeURIComponent(this.paper.document)}`)
      if (!this.isConnected) return
      const here = !status && (await keptOf(this.paper.document))
      if (here && here.person === belongsTo())
        Object.assign(this.paper, { t: here.t, pages: here.pages, shape: here.shape })
      else if (ok) Object.assign(this.paper, { t: body.t, pages: body.pages, shape: body.shape })
      else if (!status || status === 404 || status === 410 || status === 401) return this.#fail(status)
    }
    if (!this.paper.pages) return this.#become("empty")
    this.#become("")
    this.look.layout = this.look.layout || (this.paper.inRoom ? "one" : "scroll")
    this.sheets.set({ mode: this.layout, fit: this.look.fit, zoom: 1 })
    this.go(this.at || this.#places.of(this.paper.id ?? this.paper.document) || 1)
    this.#take(await ask(`/documents/${encodeURIComponent(this.paper.document)}/outline.json`, { cache: "default" }))
  }

  #take({ ok, body = undefined }) {
    if (!this.isConnected || !ok || !isObject(body)) return
    this.outline = outlineIn(body, this.paper.pages)
    if (this.outline.links.length) this.addLayer(linkLayer(this))
    this.redraw()
  }

  #fail(status) {
    if ([404, 410].includes(status)) {
      letPaper(this.paper.document) // A right that has ended ends on the device, too.
      this.sheets.forget()
      this.finder.shown = false
      if (this.largePrint) this.#large.hide()
      whenRemoved(this.paper, (why) => this.#become("removed", why))
    }
    this.#become(
      status === 410
        ? "recalled"
        : status === 404 || status === 403
          ? "noRight"
          : status === 401
            ? "signedOut"
            : "offline",
    )
  }

  #become(state, why = "") {
    Object.assign(this, { state, why })
    this.redraw()
  }

  /** @param {number} t the revision of the text that holds now */
  renewText(t) {
    if (!(t > (this.paper.t ?? 0)) || this.state) return
    this.paper.t = t
    this.sheets.renewText()
    this.finder.renew()
    if (this.largePrint) this.#large.show(this.page)
    this.redraw()
  }

  retry() {
    if (this.state) {
      this.#become("loading")
      this.#begin()
    } else this.sheets.retry()
    this.redraw()
  }

  #draw() {
    const { paper } = this
    const classes = `reader ${this.look.night ? "night" : ""} ${this.panel ? "with-panel" : ""} ${this.largePrint ? "large" : ""}`
    return html`
      ${nightFilter}
      <div class=${classes} @keydown=${(event) => this.#key(event)}>
        ${drawBar(this)}
        <p class="visually-hidden" role="status" aria-live="polite">${this.state ? "" : t("Page {page} of {pages}", { page: nameOfPage(this.page, this.outline.labels), pages: paper.pages })}</p>
        <div class="reader-body">
          <div class="reader-window" tabindex="0" role="group" aria-label=${tn("{n} page", "{n} pages", paper.pages || 0)} data-window ?hidden=${Boolean(this.state)}></div>
          <div class="reader-article" tabindex="0" data-large hidden></div>
          ${this.state ? problem(this) : failedPage(this)}
          ${drawBack(this)}
          ${drawRecognised(this)}
          ${this.finder ? this.finder.bar() : nothing}
          ${panel(this)}
          ${this.#acts()}
        </div>
      </div>`
  }

  /** What can be done with the words that are picked. */
  #acts() {
    const run = this.picked?.run
    if (!run) return nothing
    const act = (what) => () => {
      const { run: now } = this.picked
      if (!now) return
      what(now)
      getSelection()?.removeAllRanges()
      this.picked.clear()
    }
    return html`
      <div class="reader-acts" role="toolbar" aria-label=${t("Selected words")} data-acts @pointerdown=${(event) => event.preventDefault()}>
        ${this.selectionActs.map(
          (one) =>
            html`<button type="button" class="button quiet" @click=${act((now) => one.act(now))}>${icon(one.sign)}<span>${one.word()}</span></button>`,
        )}
        ${this.paper.mode === "view" ? nothing : html`<button type="button" class="button quiet" @click=${act((now) => this.#copy(now))}>${icon("copy")}<span>${t("Copy")}</span></button>`}
        <button type="button" class="button quiet" @click=${act((now) => this.find(now.quote))}>${icon("search")}<span>${t("Find")}</span></button>
      </div>`
  }

  async #copy(run) {
    const marked = !run.byTouch && String(getSelection())
    const said = this.recognised === undefined ? t("Copied.") : t("Copied. Recognised text: it may be wrong.")
    if (await copy(marked ? copied(marked) : run.quote)) toast(said)
  }

  find(words) {
    this.finder.open(words)
  }

  /** The bar of what is picked stands above it, or below where there is no room. */
  #placeBar() {
    const bar = this.querySelector("[data-acts]")
    const frame = bar && this.picked.frame
    if (!bar || !frame) return
    const around = this.querySelector(".reader-body").getBoundingClientRect()
    const [width, height] = [bar.offsetWidth, bar.offsetHeight]
    const middle = (frame.left + frame.right) / 2 - around.left - width / 2
    const above = frame.top - around.top - height - 12
    const below = frame.bottom - around.top + 60
    const top = above >= 8 ? above : Math.min(below, around.height - height - 8)
    bar.style.left = `${Math.max(8, Math.min(around.width - width - 8, middle))}px`
    bar.style.top = `${top}px`
  }

  #listen(place, signal) {
    this.sheets.addEventListener("page", () => this.#turned())
    this.sheets.addEventListener("rest", () => this.#rested())
    this.sheets.addEventListener("drawn", () => this.#placeBar())
    this.sheets.addEventListener("status", (/** @type {CustomEvent} */ { detail: { page, status } }) => {
      if (page === this.page && [404, 410].includes(status)) this.#fail(status)
      else this.redraw()
    })
    this.picked.addEventListener("change", () => this.redraw())
    whenGone((gone, status) => gone === this.paper.document && this.#fail(status), signal)
    whenRenewed((document, t) => document === this.paper.document && this.renewText(t), signal)
    window.addEventListener("online", () => LOST.includes(this.state) || this.retry(), { signal })
    document.addEventListener("letters-switched", () => this.redraw(), { signal })
    place.addEventListener("copy", (event) => this.#copying(event), { signal })
    listenToTouch(
      place,
      {
        writes: () => this.writing,
        pinch: (factor, point) => this.#pinch(factor, point),
        pinched: (factor, point) => {
          this.#pinch()
          this.zoomBy(factor, point)
        },
        swipe: (by) => this.sheets.paged && this.sheets.fits && this.turn(by),
        double: (point) => this.#doubled(point),
        tap: () => this.picked.clear(),
        long: (point) => this.picked.begin(point),
        drag: (point) => this.picked.extend(point),
        dragged: () => {},
      },
      signal,
    )
    const sized = new ResizeObserver(() => {
      if (!this.state && this.sheets.mode !== this.layout && !this.sheets.near) this.sheets.set({ mode: this.layout })
    })
    sized.observe(this)
    signal.addEventListener("abort", () => sized.disconnect())
  }

  #turned() {
    this.#places.keep(this.paper.id ?? this.paper.document, this.page)
    this.dispatchEvent(new CustomEvent("place", { detail: { page: this.page } }))
    this.redraw()
  }

  /** How surely the words of the page in sight were recognised (0 to 100); undefined where they are its own. */
  get recognised() {
    const record = this.sheets?.visible.find(({ n }) => n === this.page)?.record
    return record?.source === "ocr" && (record.words.length || isHard(record.conf)) ? record.conf : undefined
  }

  #rested() {
    // Its words are being fetched already, for the text over the page.
    for (const box of this.sheets.visible.slice(0, 2))
      box.recordOf().then(({ source }) => source === "ocr" && this.redraw())
    if (this.look.night) for (const box of this.sheets.visible) box.recordOf()
    const { document, pages } = this.paper
    if (this.sheets.ahead && this.sheets.paged && this.page < pages) {
      picture(pageUrl(document, this.page + 1, FULL), this.signal, { priority: "low", ...AHEAD })
    }
  }

  /** While fingers move the pages move as they are; they are drawn when the fingers rest. */
  #pinch(factor = undefined, point = undefined) {
    const { content } = this.sheets
    if (factor === undefined) {
      content.style.transform = ""
      this.#pinching = false
      return
    }
    if (!this.#pinching) {
      const frame = content.getBoundingClientRect()
      content.style.transformOrigin = `${point.x - frame.left}px ${point.y - frame.top}px`
      this.#pinching = true
    }
    content.style.transform = `scale(${factor})`
  }

  #doubled(point) {
    const near = this.sheets.zoom > 1.05
    this.sheets.set({ zoom: near ? 1 : DOUBLE }, point)
    this.redraw()
  }

  #copying(event) {
    const text = String(getSelection())
    if (!text) return
    event.preventDefault()
    if (this.paper.mode !== "view") event.clipboardData.setData("text/plain", copied(text))
  }

  leave() {
    this.dispatchEvent(new CustomEvent("close"))
  }

  /** The page that somebody typed; says so if there is none. */
  goTyped(typed) {
    const page = pageTyped(typed, this.outline.labels, this.paper.pages)
    if (!page) return toast(t("There are pages 1 to {pages}.", this.paper), { kind: "bad" })
    this.panel = ""
    this.go(page)
    this.querySelector("[data-window]").focus({ preventScroll: true })
  }

  /** Escape leaves first what lies over the page. */
  escape() {
    if (this.picked.run) {
      getSelection()?.removeAllRanges()
      this.picked.clear()
    } else if (this.finder.shown) this.finder.close()
    else if (this.panel) this.open("")
    else if (this.largePrint) this.setLargePrint(false)
    else if (this.sheets.zoom > 1.05) this.setLook({})
    else return false
    return true
  }

  #key(event) {
    const { key, target } = event
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "f") {
      event.preventDefault()
      return this.finder.open()
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (key === "Escape") {
      if (this.escape()) {
        event.preventDefault()
        event.stopPropagation()
      }
      return
    }
    if (target.closest("input, textarea, select") || isSilent(key)) return
    if (this.largePrint && !["+", "-", "=", "0", "g", "G"].includes(key)) return
    if ([" ", "Enter"].includes(key)) return
    const added = this.buttons.find((one) => one.key && one.key === key.toLowerCase())
    const act = added
      ? () => added.act(this)
      : acting(
          this,
          key,
          (by, part) => this.#along(by, part),
          (by) => this.#large.step(by),
        )
    if (!act || act() === false) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Down or up by a part of the window; at the end of a page that stands alone, to the next. */
  #along(by, part = 0.15) {
    const place = this.querySelector("[data-window]")
    const before = place.scrollTop
    place.scrollBy({ top: by * part * place.clientHeight })
    if (place.scrollTop === before && this.sheets.paged) this.turn(by)
  }
}

customElements.define("paper-reader", PaperReader)
