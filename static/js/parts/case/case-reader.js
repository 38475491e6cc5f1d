/**
 * One page of a case file under its number, with its neighbours a key or a tap away. Where a range was cited, its pages are
 * a line of their own (3/7). The number is what one reads; the place in the scan stands small.
 * `<case-reader case="…" volume="…" document="…" page="…" cite="BL 15-17">`
 */

import { ask, unanswered } from "../../lib/ask.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isList } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { date } from "../../lib/time.js"
import { addressOf } from "./bl-chip.js"
import { CaseLinks } from "./case-links.js"
import "./bl-search.js"

const ZOOMS = [1, 1.6, 2.6]

export class CaseReader extends HTMLElement {
  #pages = []
  #range = []
  #at = 0
  #names
  #zoom = 0
  #problem = ""
  #isGone = false
  #asked = 0
  #links = new CaseLinks()
  /** The page on which a link was pressed. @type {any} */
  #from

  connectedCallback() {
    document.addEventListener("keydown", (event) => this.#key(event))
    window.addEventListener("popstate", () => this.#fromAddress())
    document.addEventListener("visibilitychange", () => document.hidden || this.#learn())
    this.#load()
  }

  get case_() {
    return this.getAttribute("case")
  }

  get #case() {
    return encodeURIComponent(this.case_)
  }

  async #load() {
    this.#pages = [{ document: this.getAttribute("document"), page: Number(this.getAttribute("page")), label: "" }]
    this.#draw()
    const cite = this.getAttribute("cite")
    const [strip, cited] = await Promise.all([
      ask(`/api/cases/${this.#case}/volumes/${this.getAttribute("volume")}/strip`),
      cite ? ask(`/api/cases/${this.#case}/cite?q=${encodeURIComponent(cite)}`, { proof: isList }) : undefined,
    ])
    if (cited?.ok) this.#range = cited.body.flatMap((each) => each.pages)
    if (strip.ok) {
      const here = this.#pages[this.#at]
      this.#pages = strip.body.pages
      this.#at = Math.max(0, this.#indexOf(here))
      this.volume = strip.body.volume
      this.titles = Object.fromEntries(strip.body.documents.map((each) => [each.id, each.title]))
    }
    this.#draw()
    this.#learn()
  }

  #indexOf = ({ document, page }) => this.#pages.findIndex((each) => each.document === document && each.page === page)

  /** What the page is and was called. */
  async #learn() {
    const asked = ++this.#asked
    const { document, page } = this.#pages[this.#at]
    this.#names = undefined
    const answer = await ask(`/api/cases/${this.#case}/pages/${document}/${page}`)
    if (asked !== this.#asked) return
    const { ok, status, body } = answer
    if (ok) this.#names = body
    this.#problem = ok ? "" : status ? body.error.message : unanswered(answer)
    this.#isGone = [404, 410].includes(status)
    this.#draw()
  }

  #draw() {
    const page = this.#pages[this.#at]
    const label = this.#names?.label ?? page.label
    const name = label ? `BL ${label}` : t("no number")
    document.title = `${name} · ${this.getAttribute("code")}`
    render(
      html`<header class="reader-top">
        <a class="button quiet" href=${`/cases/${this.case_}`}>${icon("arrow-left")}<span>${this.getAttribute("code")}</span></a>
        <h1 class="reader-name ${this.#names && !this.#names.checked ? "unchecked" : ""}" title=${this.#names && !this.#names.checked ? t("not yet checked against the paper file") : nothing}>${name}</h1>
        <p class="reader-where">${this.volume ? html`<b>${t("Volume {n}", { n: this.volume.no })}</b> ` : nothing}<span class="one-line">${this.titles?.[page.document] ?? ""}</span>
          <small>${t("page {n} of the scan", { n: page.page })}</small>${this.#former()}</p>
        <bl-search case=${this.case_}></bl-search>
      </header>
      ${this.#range.length > 1 ? this.#line() : nothing}
      <main class="reader-sheet zoom-${this.#zoom}" tabindex="0" aria-label=${t("Page")} @dblclick=${() => this.#larger()}>
        ${this.#problem ? html`<p class="notice bad">${this.#problem}</p>` : nothing}
        <img class="reader-page" ?hidden=${this.#isGone} src="/documents/${page.document}/pages/${page.page}.webp?w=${this.#zoom > 1 ? 2880 : 1920}" alt=${`${name}, ${t("page {n} of the scan", { n: page.page })}`} decoding="async">
      </main>
      <footer class="reader-bar">
        ${this.#from ? html`<button class="button" type="button" @click=${() => this.#back()}>${icon("undo-2")}<span>${this.#from.label ? t("Back to BL {label}", { label: this.#from.label }) : t("Back to page {page}", { page: this.#from.page })}</span></button>` : nothing}
        <button class="button" type="button" ?disabled=${this.#at === 0} @click=${() => this.#turn(-1)}>${icon("chevron-left")}<span>${t("Previous")}</span></button>
        <button class="button quiet icon-only" type="button" aria-label=${t("Larger or smaller")} title=${t("Larger or smaller")} @click=${() => this.#larger()}>${icon(this.#zoom === ZOOMS.length - 1 ? "zoom-out" : "zoom-in")}</button>
        <button class="button" type="button" ?disabled=${this.#at >= this.#pages.length - 1} @click=${() => this.#turn(1)}><span>${t("Next")}</span>${icon("chevron-right")}</button>
      </footer>`,
      this,
    )
    const picture = /** @type {HTMLImageElement} */ (this.querySelector("img.reader-page"))
    this.#links.show(picture, { ...page, turn: (n) => this.#follow(n) })
  }

  /** A link leads to a page of the same document, and from there is a way back. */
  #follow(n) {
    const here = this.#pages[this.#at]
    const at = this.#indexOf({ document: here.document, page: n })
    if (at < 0 || at === this.#at) return
    this.#from = { ...here, label: this.#names?.label ?? here.label }
    this.#goTo(at)
  }

  #back() {
    const at = this.#indexOf(this.#from)
    this.#from = undefined
    this.#goTo(at)
  }

  #former() {
    const { others = [], before = [] } = this.#names ?? {}
    return html`${others.map((each) => html` <span class="badge">${each.numbering} ${each.label}</span>`)}${before.map(
      (each) =>
        html` <span class="badge">${icon("history")}${t("until {day}: BL {label}", { day: date(each.until), label: each.label })}</span>`,
    )}`
  }

  #line() {
    const here = this.#pages[this.#at]
    const n = this.#range.findIndex((each) => each.document === here.document && each.page === here.page)
    return html`<nav class="reader-range" aria-label=${t("The pages that are cited")}><b>${n + 1 || "–"}/${this.#range.length}</b>${this.#range.map(
      (each) =>
        html`<button type="button" class="chip" aria-current=${each.document === here.document && each.page === here.page ? "true" : nothing} @click=${() => this.#show(each)}>BL ${each.label}</button>`,
    )}</nav>`
  }

  #show(page) {
    const at = this.#indexOf(page)
    // A page of another volume is a page of its own.
    if (at < 0)
      return location.assign(addressOf(this.case_, page, `?cite=${encodeURIComponent(this.getAttribute("cite"))}`))
    return this.#goTo(at)
  }

  #turn(by) {
    const next = this.#at + by
    if (next >= 0 && next < this.#pages.length) this.#goTo(next)
  }

  #goTo(at, push = true) {
    this.#at = at
    const cite = this.getAttribute("cite")
    if (push)
      history.replaceState(
        {},
        "",
        addressOf(this.case_, this.#pages[at], cite ? `?cite=${encodeURIComponent(cite)}` : ""),
      )
    this.#names = undefined
    this.#draw()
    this.querySelector(".reader-sheet").scrollTo(0, 0)
    this.#learn()
    const { document, page } = this.#pages[at + 1] ?? {}
    if (document) new Image().src = `/documents/${document}/pages/${page}.webp?w=480`
  }

  #fromAddress() {
    const [, document, page] = /\/pages\/([^/]+)\/(\d+)/.exec(location.pathname) ?? []
    const at = this.#indexOf({ document, page: Number(page) })
    if (at >= 0) this.#goTo(at, false)
  }

  #larger() {
    this.#zoom = (this.#zoom + 1) % ZOOMS.length
    this.#draw()
  }

  #key(event) {
    if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return
    const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key]
    if (by && !(this.#zoom && event.key.startsWith("Page"))) this.#turn(by)
    else if (event.key === "+" || event.key === "z") this.#larger()
    else if (event.key === "/") /** @type {HTMLElement} */ (this.querySelector("#bl-q")).focus()
    else return
    event.preventDefault()
  }
}

customElements.define("case-reader", CaseReader)
