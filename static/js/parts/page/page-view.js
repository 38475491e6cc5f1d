/** <page-view>: a page, whole and never cropped; the one on the stage, or the one I am browsing. */

import { sideOf } from "../../meeting/on-stage.js"
import { attempt } from "../../lib/attempt.js"
import { around, isNear, kept, moved, seen, sizeOf, whole, zoomed } from "../../pages/camera.js"
import { InkLayer } from "../../ink/layer.js"
import { sharedInk } from "../../ink/shared.js"
import { paintPage } from "../../pages/page-canvas.js"
import { printPage } from "../../pages/print-page.js"
import { listen } from "../../pages/gestures.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, onKeys, withKey } from "../../lib/keys.js"
import { canFitWidth, fitWidth, opening, OwnZoom, remembered } from "../../pages/own-zoom.js"
import { FULL, pageUrl } from "../../pages/page-files.js"
import { Pages } from "../../pages/pages.js"
import { turnsFrom, versionOf } from "../../pages/versions.js"
import { t } from "../../lib/t.js"
import { missing, versionOnGlass } from "./page-states.js"
import { Part } from "../core/part.js"

const A4 = { w: 210, h: 297 }
const DOUBLE_TAP = 2.2
const FINE_FROM = 2000
const MOST_PIXELS = 9e6
const SCROLL = 0.4
const REPLACED = 3000 // ms for the whole picture of a new version; then its small one will do

/**
 * `browse = {paper, page}` shows that page, undefined follows the stage. Events, all bubbling:
 * `turn` {page} when somebody swipes (unless prevented: the holder turns for everybody, a browser for himself);
 * `rect` {rect} when the holder has magnified (unless prevented: everybody sees it);
 * `look` {paper, page, pages, near} when something else is shown than before.
 * `passive` (attribute): no gestures at all, for the projector and for previews.
 * Two pages side by side on the stage: this is the left one, and the right one is put beside it.
 * How large a paper is read ("fit width", or magnified) is kept for each paper on this device, over turns and reloads;
 * nobody else sees it. What a holder magnifies with fingers is for everybody, and ends with the page.
 */
export class PageView extends Part {
  watches = ["meeting", "stage", "papers"]
  waitsForTouch = false
  followsPen = true
  comesFirst = true

  pictures = new Pages()
  /** What is written on the page (ink/layer.js). @type {InkLayer | undefined} */
  ink
  /** Who writes on it, while somebody does (ink/writer.js): its hand comes first. @type {any} */
  writer

  #browse
  #shown
  #camera
  #ownRect
  #zooms
  #announced = ""
  #looked = ""
  #still
  #first
  #printing = false
  #replaced = 0
  #late
  #right
  /** Of a right one: the left one. @type {PageView | undefined} */
  leads

  set browse(place) {
    this.#browse = place
    this.redraw()
    this.#right?.redraw()
  }

  /** The right one of a pair, while there is one. @type {PageView | undefined} */
  get beside() {
    return this.#right?.shown ? this.#right : undefined
  }

  get #side() {
    return this.leads ? "right" : "left"
  }

  /** What the stage has for this side. */
  get #place() {
    return this.leads?.browse ? undefined : sideOf(this.meeting.view.stage, this.#side)
  }

  get browse() {
    return this.#browse
  }

  /** What is shown: {paper, document, page, pages, size, rect?, alone} or undefined. */
  get shown() {
    return this.#shown
  }

  get near() {
    return Boolean(this.#camera)
  }

  /** Where the page lies in this element: {scale, x, y}, as pages/camera.js has it. */
  get camera() {
    return this.#view()
  }

  /** Is the paper read as wide as the screen? */
  get wide() {
    return Boolean(this.#camera) && this.#zoom === "width"
  }

  started(meeting) {
    const { signal } = this
    this.#zooms = new OwnZoom(meeting)
    this.ink = new InkLayer(this, sharedInk(meeting), signal)
    this.#first = this.querySelector(":scope > .first-page")
    this.listensTo(this.pictures, "change", ({ detail }) => {
      const { document, page } = this.#shown || {}
      if (detail.document === document && detail.page === page) this.redraw()
    })
    this.listensTo(document, "visibilitychange")
    this.listensTo(window, "pageshow") // what a canvas held may be gone after a sleep
    this.listensTo(meeting, "lamp", ({ detail }) => this.pictures.hear(detail.state))
    const resized = new ResizeObserver(() => this.redraw())
    resized.observe(this)
    signal.addEventListener("abort", () => {
      resized.disconnect()
      this.#release()
      this.#right?.remove()
    })
    if (!this.leads) this.listensTo(window, "beforeprint", () => this.#print(true))
    if (!this.leads) this.listensTo(window, "afterprint", () => this.#print(false))
    if (!this.hasAttribute("passive")) this.#listen(signal)
  }

  draw(view) {
    this.#choose(view)
    this.#pair(view.stage)
    const shown = this.#shown
    this.hidden = !shown
    if (!shown) return nothing
    this.#open()
    const failed = this.pictures.state(shown.document, shown.page) === "failed"
    return html`
      <canvas role="img" aria-label=${t("Page {page} of {pages}: {title}", shown)} aria-busy=${!this.#full}></canvas>
      ${this.ink.canvases()}
      ${failed ? missing(shown, () => this.#retry()) : nothing}
      ${versionOnGlass(shown, this.#waits)}
      ${this.hasAttribute("passive") ? nothing : this.#tools()}`
  }

  #retry() {
    this.pictures.retry(this.#shown.document, this.#shown.page)
    this.redraw()
  }

  /** The right one stands beside this one for as long as a pair is shown. */
  #pair(stage) {
    const two = stage?.kind === "pair" && !(this.leads ?? this).browse
    this.classList.toggle("half", two)
    if (!two || this.leads || this.#right) return
    this.#right = /** @type {PageView} */ (document.createElement("page-view"))
    this.#right.leads = this
    this.#right.classList.add("right")
    this.#right.meeting = this.meeting
    if (this.hasAttribute("passive")) this.#right.setAttribute("passive", "")
    this.after(this.#right)
  }

  #tools() {
    const wider = !this.wide && canFitWidth(this.#box, this.#shown.size)
    if (!wider && !this.#camera) return nothing
    return html`
      <div class="page-tools">
        ${
          this.#camera
            ? html`
          <button class="button whole-page" type="button" title=${t("Whole page")} aria-label=${t("Whole page")} @click=${() => this.showWhole()}>
            ${icon("minimize")}<span>${t("Whole page")}</span></button>`
            : nothing
        }
        ${
          wider
            ? html`
          <button class="button fit-width" type="button" title=${withKey(t("Fit width"), "W")} aria-label=${t("Fit width")} aria-keyshortcuts=${keyOf("W")} @click=${() => this.showWide()}>
            ${icon("move-horizontal")}<span>${t("Fit width")}</span></button>`
            : nothing
        }
      </div>`
  }

  drawn() {
    const shown = this.#shown
    if (!shown) {
      this.pictures.rest()
      this.ink?.clear()
      this.#takeAway()
      return this.#report()
    }
    const canvas = this.querySelector("canvas")
    if (this.#printing) return
    if (!canvas || !this.clientWidth || !this.clientHeight) return this.#report()
    const { document, page, pages, alone } = shown
    clearTimeout(this.#late)
    if (!this.#waits) this.#paint(canvas)
    else if (this.#replaced > performance.now())
      this.#late = setTimeout(() => this.redraw(), this.#replaced - performance.now() + 20)
    // What stood here before the scripts makes way for the same in the canvas, or for another page.
    if (this.#full || this.#first?.getAttribute("src") !== pageUrl(document, page, FULL)) this.#takeAway()
    clearTimeout(this.#still)
    const fine = this.#pixels() > FINE_FROM
    this.pictures.look(document, page, pages, { alone })
    // The ink of the pages beside it comes with their pictures, once the page itself is there.
    if (this.#full && !alone) for (const n of [page + 1, page - 1]) this.ink.prefetch(document, n)
    // While fingers move, the picture at hand is good enough.
    if (fine)
      this.#still = setTimeout(
        () => this.#shown === shown && this.pictures.look(document, page, pages, { fine, alone }),
        250,
      )
    this.#emit()
  }

  /** A new version came: what is on the glass stays until its picture is fetched and decoded, or is said to be missing. */
  get #waits() {
    const { document, page } = this.#shown
    const has = this.#full || this.pictures.state(document, page) === "failed"
    return this.#replaced && !has && (this.#replaced > performance.now() || !this.pictures.thumb(document, page))
  }

  #takeAway() {
    this.#first?.remove()
    this.#first = undefined
  }

  zoomBy(factor) {
    this.#magnify(factor, { x: this.clientWidth / 2, y: this.clientHeight / 2 })
    this.#settled()
  }

  /** As wide as the screen allows, from the top; stays so over turns and reloads, on this device alone. */
  showWide() {
    if (!this.#shown || !canFitWidth(this.#box, this.#shown.size)) return
    this.#zooms.keep(this.#shown.paper, "width")
    this.#camera = fitWidth(this.#box, this.#shown.size)
    this.redraw()
  }

  /** Up or down by a part of what is in sight; false if there is nothing more that way. */
  scrollBy(parts) {
    const { y } = this.#camera ?? {}
    if (y === undefined) return false
    this.#change((camera, box) => moved(camera, 0, -parts * box.h))
    return this.#camera?.y !== y
  }

  showWhole() {
    if (this.#shown) this.#zooms.keep(this.#shown.paper, undefined)
    this.#camera = undefined
    this.redraw()
    this.#settled()
  }

  /** The page that comes when somebody turns by so many. */
  turnBy(by) {
    const { alone } = this.#shown || {}
    if (alone) return
    const { page, pages } = this.#browse ? this.#shown || {} : turnsFrom(this.#place ?? {})
    const next = page + by
    if (!(next >= 1 && next <= pages)) return
    const turn = new CustomEvent("turn", { detail: { page: next, by }, bubbles: true, cancelable: true })
    if (!this.dispatchEvent(turn)) return
    if (this.#browse) this.browse = { ...this.#browse, page: next }
    else if (this.meeting.holding) attempt(this.meeting.turnTo(next, this.#side))
  }

  #choose(view) {
    const stage = this.#place ?? {}
    const source = this.#browse || (stage.paper ? stage : undefined)
    const paper = source && view.papers?.[source.paper]
    if (!paper) {
      this.#shown = undefined
      return
    }
    const at = this.#browse ? versionOf(paper, source.version) : versionOf(paper, stage.newest ? stage.version : 0)
    // Who sees it on the stage alone has no history of it: the stage says what it is.
    const { document, pages, shape } = !this.#browse && stage.newest ? stage : at
    const page = Math.min(Math.max(1, source.page || 1), pages)
    const rect = this.#browse ? undefined : stage.rect
    const before = this.#shown
    this.#shown = {
      paper: source.paper,
      document,
      title: paper.title,
      page,
      pages,
      version: !this.#browse && stage.newest ? stage.version : at.n,
      newest: paper.version || 1,
      size: sizeOf(shape, page) || A4,
      rect,
      alone: Boolean(paper.limited) && !this.meeting.holding,
    }
    // Another page, or another place pointed out by the holder, ends what I had magnified for myself.
    const turned = !before || before.paper !== source.paper || before.page !== page || before.document !== document
    const pointed = String(rect) !== String(before?.rect) && String(rect) !== String(this.#ownRect)
    if (turned || pointed) this.#camera = undefined
    if (turned) this.#ownRect = undefined
    const other = before?.paper === source.paper && before.document !== document
    if (other) this.#replaced = performance.now() + REPLACED
    else if (turned) this.#replaced = 0
  }

  get #zoom() {
    return this.#shown && this.#zooms?.of(this.#shown.paper)
  }

  /** A paper opens as it was read last, unless the holder points something out. */
  #open() {
    const { size, rect } = this.#shown
    const box = this.#box
    if (this.#camera || rect || !box.w || !box.h || this.hasAttribute("passive")) return
    const zoom = this.#zoom
    // What a holder magnifies is for everybody: only the width is his own.
    if (!zoom || (zoom !== "width" && this.#presents)) return
    const camera = opening(zoom, box, size)
    if (isNear(camera, box, size)) this.#camera = camera
  }

  get #presents() {
    return !this.#browse && this.meeting.holding
  }

  get #box() {
    return { w: this.clientWidth, h: this.clientHeight }
  }

  get #full() {
    return this.pictures.full(this.#shown.document, this.#shown.page)
  }

  /** Where the page lies: as I have magnified it, as the holder points it out, or whole. */
  #view() {
    const { size, rect } = this.#shown
    if (this.#camera) {
      this.#camera = kept(this.wide ? this.#refitted(this.#camera) : this.#camera, this.#box, size)
      return this.#camera
    }
    return rect ? around(this.#box, size, rect) : whole(this.#box, size)
  }

  /** The tablet was turned, or a column opened: as wide as there is room now, with the same line at the top. */
  #refitted(camera) {
    const { scale } = fitWidth(this.#box, this.#shown.size)
    return scale === camera.scale ? camera : { scale, x: 0, y: (camera.y * scale) / camera.scale }
  }

  #pixels() {
    const { size } = this.#shown
    return Math.max(size.w, size.h) * this.#view().scale * this.#ratio()
  }

  #ratio() {
    const { w, h } = this.#box
    return Math.min(window.devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (w * h)))
  }

  #paint(canvas) {
    const { document, page, size, rect } = this.#shown
    const picture = this.#full || this.pictures.thumb(document, page)
    const region = this.#camera ? undefined : rect
    const [box, dots, camera] = [this.#box, this.#ratio(), this.#view()]
    const under = (draw, at) => this.ink.under(draw, document, page, at, size)
    paintPage(canvas, { box, ratio: dots, camera, size, picture, region, under })
    this.ink.show({ document, page, paper: this.#shown.paper, camera, size, box, dots })
    this.#report()
  }

  /** Does its reader look at something else: a page of their own, another tab of the screen, another program? */
  get #elsewhere() {
    return Boolean(document.hidden || this.#browse || (this.#shown && !this.clientWidth))
  }

  /** Says what this screen has on the glass, as soon as it is true: two frames after it has been painted. */
  #report() {
    const { paper = "", page = 0, document: own = "", newest = 1 } = this.#shown ?? {}
    const name = newest > 1 ? own : ""
    if (this.#elsewhere) return this.#say(paper, page, true)
    if (!this.#shown) return this.#announced && this.#say("", 0)
    if (!this.#full || this.#announced === said(paper, page, false, name)) return undefined
    return requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const stage = this.#place
        const still = stage?.paper === paper && stage.page === page && this.#shown?.document === own
        if (this.isConnected && !this.#elsewhere && still) this.#say(paper, page, false, name)
      }),
    )
  }

  #say(paper, page, browsing = false, name = "") {
    const words = said(paper, page, browsing, name)
    if (this.#announced === words) return
    this.#announced = words
    if (this.leads) this.meeting.paintedRight(browsing ? "" : paper, page, name)
    else this.meeting.painted(paper, page, { browsing, document: name })
  }

  #emit() {
    const { paper, page, pages } = this.#shown
    const near = this.near
    const looked = `${paper}/${page}/${near}`
    if (looked === this.#looked) return
    this.#looked = looked
    this.dispatchEvent(new CustomEvent("look", { detail: { paper, page, pages, near }, bubbles: true }))
  }

  /** Is a hand writing, or was it a moment ago? Then nothing moves the page. */
  get #written() {
    return Boolean(this.writer?.holds)
  }

  #listen(signal) {
    const wider = () => (this.wide ? this.showWhole() : this.showWide())
    if (!this.leads) {
      const keys = { ArrowDown: () => this.scrollBy(SCROLL), ArrowUp: () => this.scrollBy(-SCROLL) }
      onKeys({ w: wider, W: wider, ...keys }, { signal })
    }
    listen(
      this,
      {
        // As wide as the screen there is nothing to move across: that way a finger turns the page.
        canPan: (dx, dy) => !this.#written && this.near && (!this.wide || Math.abs(dy) > Math.abs(dx)),
        scrolls: () => this.wide,
        pan: (dx, dy) => !this.#written && this.near && this.#change((camera) => moved(camera, dx, dy)),
        zoom: (factor, point) => this.#written || this.#magnify(factor, point),
        // With a pen in hand a finger that slips turns no page in nine provinces, and two taps are two dots.
        double: (point) => this.writer?.on || (this.near ? this.showWhole() : this.#magnify(DOUBLE_TAP, point)),
        swipe: (by) => this.writer?.on || this.turnBy(by),
        end: () => this.#settled(),
      },
      signal,
    )
  }

  #magnify(factor, point) {
    if (this.#zoom === "width") this.#zooms.keep(this.#shown.paper, undefined)
    this.#change((camera) => zoomed(camera, factor, point))
  }

  #change(next) {
    if (!this.#shown) return
    const [box, { size }] = [this.#box, this.#shown]
    const camera = kept(next(this.#view(), box), box, size)
    this.#camera = isNear(camera, box, size) ? camera : undefined
    this.redraw()
  }

  /** The fingers have come to rest: what the holder sees now, everybody shall see. */
  #settled() {
    if (!this.#shown || this.wide) return
    if (!this.#presents) return this.#remember()
    const rect = this.#camera && seen(this.#camera, this.#box, this.#shown.size)
    if (String(rect) === String(this.#shown.rect)) return
    this.#ownRect = rect
    const asked = new CustomEvent("rect", { detail: { rect }, bubbles: true, cancelable: true })
    if (this.dispatchEvent(asked)) attempt(this.meeting.zoomTo(rect, this.#side))
  }

  /** What a reader has magnified for himself holds for the whole paper. */
  #remember() {
    const { paper, size } = this.#shown
    this.#zooms.keep(paper, this.#camera && remembered(this.#camera, this.#box, size))
  }

  #print(begins) {
    const canvas = this.querySelector("canvas")
    // A page that is in no tab in sight has no picture: what is in sight is printed then, and no empty sheet.
    const picture = begins && this.#shown && (this.#full || this.pictures.thumb(this.#shown.document, this.#shown.page))
    const on = Boolean(picture && canvas)
    printPage(this, canvas, this.#shown, picture, on)
    this.#printing = on
    if (!on) this.redraw()
  }

  #release() {
    clearTimeout(this.#still)
    clearTimeout(this.#late)
    this.pictures.rest()
    // Safari counts a canvas until it is collected; one without size costs nothing.
    const canvas = this.querySelector("canvas")
    if (canvas) Object.assign(canvas, { width: 0, height: 0 })
  }
}

const said = (paper, page, browsing = false, name = "") => `${paper}/${name}/${page}${browsing ? " apart" : ""}`

customElements.define("page-view", PageView)
