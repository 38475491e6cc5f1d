/**
 * The strip of a volume: its pages as a line, runs in colours; at each break the corners before, at and after it enlarged.
 * Enter accepts what is proposed, digits correct it, Delete drops the break; a tap on a page looks at that one.
 * `<case-strip case="…" volume="…" edits></case-strip>`
 */

import { asSeen, nextOpen, numberOf, pieceAt, piecesOf, runsOf } from "../../case/strip-breaks.js"
import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { confirm } from "../../lib/dialog.js"
import { html, live, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { addressOf } from "./bl-chip.js"

const FIRST_NAME = "BL-CQĐT"
const AGAIN = 6000
const MOST = 500 // runs that the server takes at once

export class CaseStrip extends HTMLElement {
  /** @type {any} */
  #strip
  #problem = ""
  #pieces = []
  #at = -1
  #typed
  #rule = "page"
  #busy = false
  #timer = 0

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#key(event))
    this.#load(true)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  get #case() {
    return encodeURIComponent(this.getAttribute("case"))
  }

  async #load(first = false) {
    clearTimeout(this.#timer)
    try {
      this.#strip = await api("GET", `/api/cases/${this.#case}/volumes/${this.getAttribute("volume")}/strip`)
      this.#problem = ""
    } catch (problem) {
      this.#problem = problem.message
    }
    if (this.#strip) {
      this.#pieces = piecesOf(this.#strip.pages, this.#strip.proposals)
      if (first || this.#at < 0) this.#go(nextOpen(this.#pieces, 0), first)
      if (this.#reading() || this.#drawing()) this.#timer = window.setTimeout(() => this.#load(), AGAIN)
    }
    this.#draw()
  }

  /** How many documents are not drawn yet. */
  #drawing = () => this.#strip.documents.filter((each) => each.status === "processing").length

  /** Whether the corners are still being read. */
  #reading = () => this.#strip.documents.some((each) => each.status === "ready" && each.looked < each.pages)

  #draw() {
    if (!this.#strip) return render(this.#problem ? this.#failed() : html`<p class="help">${t("Loading …")}</p>`, this)
    if (!this.#strip.pages.length)
      return render(
        html`<section class="state">${icon("folder-open")}<h2>${t("There are no pages in this volume yet.")}</h2></section>`,
        this,
      )
    return render(html`${this.#head()}${this.#next()}${this.#at >= 0 ? this.#break() : nothing}${this.#line()}`, this)
  }

  #failed() {
    return html`<section class="state error">${icon("circle-alert")}<h2>${t("This could not be read.")}</h2><p>${this.#problem}</p>
      <div class="buttons"><button class="button" type="button" @click=${() => this.#load(true)}>${icon("refresh-cw")}${t("Try again")}</button></div></section>`
  }

  #head() {
    const { volume, pages, documents, numbering } = this.#strip
    const open = pages.filter((page) => !page.stated).length
    const looked = documents.reduce((sum, each) => sum + each.looked, 0)
    const drawing = this.#drawing()
    return html`<div class="strip-head row wrap">
      <span class="grow"><b>${numbering ? numbering.name : FIRST_NAME}</b> <span class="help">${tn("{n} page", "{n} pages", pages.length, { n: pages.length })}${
        open ? ` · ${t("{n} without a number yet", { n: open })}` : ""
      }${this.#reading() ? ` · ${t("stamps read on {n} of {of} pages", { n: looked, of: pages.length })}` : ""}${drawing ? ` · ${tn("{n} document is still being drawn", "{n} documents are still being drawn", drawing)}` : ""}</span></span>
      ${
        volume.checked_at
          ? html`<span class="badge good">${icon("badge-check")}${t("Compared: {name}", { name: volume.checked_by })}</span>`
          : html`<span class="badge warn">${icon("circle-alert")}${t("Not compared yet")}</span>`
      }
      ${
        this.hasAttribute("edits")
          ? html`<button class="button ${volume.checked_at || open ? "" : "primary"}" type="button" ?disabled=${Boolean(open || drawing)} @click=${() => this.#check(!volume.checked_at)}>${icon("check-check")}${volume.checked_at ? t("Take it back") : t("Checked against the paper file")}</button>`
          : nothing
      }</div>`
  }

  /** What is left to do once every page has its number. */
  #next() {
    const { volume, pages } = this.#strip
    if (!this.hasAttribute("edits") || volume.checked_at || this.#drawing() || pages.some((page) => !page.stated))
      return nothing
    return html`<p class="notice info">${icon("info")}<span>${t("Every page has been dealt with. Check the numbers against the paper file, then press “Checked against the paper file”.")}</span></p>`
  }

  #break() {
    const piece = pieceAt(this.#pieces, this.#at)
    const open = this.#pieces.filter((each) => each.kind !== "stated")
    const step = open.findIndex((each) => each.at === this.#at)
    return html`<section class="strip-break card" aria-label=${t("The break that is looked at")}>
      <div class="strip-corners">${[-1, 0, 1].map((by) => this.#corner(this.#at + by, by))}</div>
      ${this.hasAttribute("edits") ? this.#form() : nothing}
      <p class="help strip-where">
        <button class="button quiet icon-only" type="button" aria-label=${t("Break before")} title=${t("Break before")} @click=${() => this.#step(-1)}>${icon("chevron-up")}</button>
        <button class="button quiet icon-only" type="button" aria-label=${t("Next break")} title=${t("Next break")} @click=${() => this.#step(1)}>${icon("chevron-down")}</button>
        <span>${step >= 0 ? html`${t("Break {n} of {of}", { n: step + 1, of: open.length })} · ` : nothing}${this.#speaks(piece)}</span></p>
    </section>`
  }

  #speaks(piece) {
    const last = this.#strip.pages[piece.end]
    const to = t("to {page}", { page: this.#where(last) })
    if (piece.kind === "proposed" && piece.read)
      return `${to} · ${t("{n} of {of} stamps say so", { n: piece.agreeing, of: piece.read })}`
    if (piece.kind !== "proposed") return to
    if (piece.rule === "none") return `${to} · ${t("nothing is stamped in the corner")}`
    return `${to} · ${piece.listed ? t("by the list of documents") : t("counted on from the page before")}`
  }

  /** Which page of which file it is; of a picture its name says it. */
  #where(page) {
    const { documents } = this.#strip
    const of = documents.find((each) => each.id === page.document)
    if (of.pages === 1) return of.title
    const n = t("page {n} of the scan", { n: page.page })
    return documents.length > 1 ? `${of.title}, ${n}` : n
  }

  /** A stamp that says something else than the page is called. */
  #otherwise(at) {
    const { read } = this.#strip.pages[at]
    const number = /^\d+/.exec(this.#labelAt(at))?.[0]
    return read && number && Number(number) !== read ? read : 0
  }

  #corner(at, by) {
    const page = this.#strip.pages[at]
    if (!page)
      return html`<figure class="strip-corner empty"><p class="strip-crop help">${by < 0 ? t("The volume begins here") : t("The volume ends here")}</p></figure>`
    const below = this.#strip.numbering?.name.toUpperCase().includes("VKS")
    const name = this.#labelAt(at)
    return html`<figure class="strip-corner ${by ? "" : "now"}">
      <a class="strip-crop ${below ? "below" : ""}" href=${addressOf(this.getAttribute("case"), page)} target="_blank" rel="noopener">
        <img src="/documents/${page.document}/pages/${page.page}.webp?w=1920" alt=${t("Corner of {page}", { page: this.#where(page) })} decoding="async"></a>
      <figcaption><b>${name ? `BL ${name}` : t("no number")}</b> <span class="help">${this.#where(page)}${page.read ? html` · <span class=${this.#otherwise(at) ? "strip-otherwise" : ""}>${t("read: {n}", { n: page.read })}</span>` : ""}</span></figcaption>
    </figure>`
  }

  #form() {
    const settled = this.#typed === undefined && pieceAt(this.#pieces, this.#at)?.kind === "stated"
    const value = this.#typed ?? this.#labelAt(this.#at)
    return html`<form class="strip-form" @submit=${(event) => [event.preventDefault(), this.#accept()]}>
      <label class="field strip-number"><span>${t("Number (BL)")}</span>
        <input class="input" name="label" inputmode="text" autocomplete="off" maxlength="12" .value=${live(value)} ?disabled=${this.#rule === "none"}
          @input=${(event) => (this.#typed = event.target.value)} @focus=${(event) => event.target.select()}></label>
      <label class="field"><span>${t("Rule")}</span><select name="rule" @change=${(event) => this.#ruleIs(event.target.value)}>${Object.entries(
        rules(),
      ).map(
        ([key, words]) => html`<option value=${key} ?selected=${key === this.#rule}>${words}</option>`,
      )}</select></label>
      <div class="buttons strip-buttons">
        <button class="button ${settled ? "" : "primary"}" type="submit" ?disabled=${this.#busy}>${icon("check")}${this.#typed === undefined ? t("Accept the number") : t("Correct the number")}<kbd>Enter</kbd></button>
        <button class="button" type="button" ?disabled=${this.#busy || !this.#before()} @click=${() => this.#drop()}>${icon("x")}${t("No break here")}<kbd>Del</kbd></button>
        <button class="button" type="button" ?disabled=${this.#busy} @click=${() => this.#lay(this.#between({ rule: "none" }))}>${icon("ban")}${t("This page has none")}</button>
      </div></form>`
  }

  #line() {
    return html`<ol class="strip-line plain" aria-label=${t("The pages of the volume")}>${this.#pieces.map((piece) =>
      this.#strip.pages.slice(piece.at, piece.end + 1).map((page, n) => {
        const at = piece.at + n
        const [name, read] = [this.#labelAt(at), this.#otherwise(at)]
        return html`<li><button type="button" class="strip-page ${piece.kind} run-${piece.colour} ${n ? "" : "first"} ${read ? "otherwise" : ""}" aria-current=${at === this.#at ? "true" : nothing}
          aria-label=${`${name ? `BL ${name}` : t("no number")}, ${this.#where(page)}${piece.kind === "proposed" ? `, ${t("proposed")}` : ""}${read ? `, ${t("read: {n}", { n: read })}` : ""}`}
          @click=${() => this.#go(at)}>${name.replace(" (mặt sau)", "′") || (page.stated ? "–" : "·")}</button></li>`
      }),
    )}</ol>
    <ul class="plain help strip-legend"><li><span class="strip-page stated run-0">12</span> ${t("set by somebody")}</li><li><span class="strip-page proposed">12</span> ${t("proposed from the stamps")}</li><li><span class="strip-page unknown">·</span> ${t("nothing is known")}</li><li><span class="strip-page otherwise">12</span> ${t("its stamp reads otherwise")}</li></ul>`
  }

  #labelAt(at) {
    const page = this.#strip.pages[at]
    if (page.stated) return page.label
    const each = this.#strip.proposals.find(
      (p) => p.document === page.document && p.first <= page.page && page.page <= p.last,
    )
    return each ? numberOf(each, page.page) : ""
  }

  /** Looks at a page; the field has the cursor, so that the next key is an answer. */
  #go(at, quiet = false) {
    this.#at = at
    this.#typed = undefined
    this.#rule = at >= 0 ? (pieceAt(this.#pieces, at)?.rule ?? "page") : "page"
    this.#draw()
    if (quiet) return
    const field = /** @type {HTMLInputElement | null} */ (this.querySelector("[name=label]:enabled"))
    // Of a cover or a blank back no number is asked: there Enter presses the button.
    const answer = field ?? /** @type {HTMLElement | null} */ (this.querySelector(".strip-form [type=submit]"))
    answer?.focus({ preventScroll: true })
    field?.select()
  }

  #step(by) {
    const places = this.#strip.pages
      .map((_page, at) => at)
      .filter((at) => this.#pieces.some((piece) => piece.at === at) || this.#otherwise(at))
    const next = by > 0 ? places.find((at) => at > this.#at) : [...places].reverse().find((at) => at < this.#at)
    if (next !== undefined) this.#go(next)
  }

  #ruleIs(rule) {
    this.#rule = rule
    this.#draw()
  }

  #key(event) {
    if (!this.hasAttribute("edits") || this.#at < 0 || event.defaultPrevented) return
    const field = event.target.closest?.("input, select")
    const untouched = !field || (field.name === "label" && (this.#typed === undefined || field.value === ""))
    const stepping = field ? field.name === "label" : event.target.closest?.(".strip-form")
    if (event.key === "Delete" && untouched) this.#drop()
    else if (event.key === "ArrowDown" && stepping) this.#step(1)
    else if (event.key === "ArrowUp" && stepping) this.#step(-1)
    else return
    event.preventDefault()
  }

  #accept() {
    const piece = pieceAt(this.#pieces, this.#at)
    const label = (this.#typed ?? this.#labelAt(this.#at)).trim()
    const rule = this.#rule
    if (rule === "none" && piece.kind === "proposed") return this.#lay(this.#runs(piece.end, { rule }))
    if (rule !== "none" && !label) return toast(t("Please type the number of this page."), { kind: "warn" })
    // A letter belongs to one page (12a), and what follows counts on.
    const single = /[a-z./]/i.test(label.replace("(mặt sau)", "")) && rule === "page"
    if (single) return this.#lay(this.#between({ label, rule }))
    return this.#lay(this.#runs(piece.end, { label, rule }))
  }

  #runs = (end, how) => runsOf(this.#strip.pages, this.#at, end, how)

  /** This page alone; of pages that had numbers, those behind it have the number that was its own, and count on. */
  #between(how) {
    const piece = pieceAt(this.#pieces, this.#at)
    const [one] = this.#runs(this.#at, how)
    const { pages } = this.#strip
    if (piece.kind !== "stated" || piece.end === this.#at) return [one]
    if (pages[piece.end].document === one.document) return [{ ...one, carry: true }]
    const label = pages[this.#at].label
    return [one, ...(label ? runsOf(pages, this.#at + 1, piece.end, { label, rule: "page" }) : [])]
  }

  /** What lies before the break goes on over it. */
  #before() {
    const before = this.#strip.pages[this.#at - 1]
    const name = before ? this.#labelAt(this.#at - 1) : ""
    return name && /^\d+$/.test(name) ? Number(name) : 0
  }

  #drop() {
    const before = this.#before()
    if (!before) return
    const piece = pieceAt(this.#pieces, this.#at)
    this.#lay(this.#runs(piece.end, { label: String(before + 1), rule: "page" }))
  }

  async #lay(runs) {
    if (this.#busy) return
    this.#busy = true
    this.#draw()
    // Where somebody else was quicker, what is typed stays in the field.
    const done = await attempt(this.#send(asSeen(this.#strip.pages, runs, pieceAt(this.#pieces, this.#at).end)))
    this.#busy = false
    const from = this.#at + 1
    await this.#load()
    if (done)
      this.#go(done && this.#open() ? nextOpen(this.#pieces, from) : Math.min(from, this.#strip.pages.length - 1))
  }

  #open = () => this.#pieces.some((piece) => piece.kind !== "stated")

  async #send(runs) {
    const path = `/api/cases/${this.#case}/numberings`
    const numbering = this.#strip.numbering?.id ?? (await api("POST", path, { name: FIRST_NAME })).id
    let done
    for (let n = 0; n < runs.length; n += MOST)
      done = await api("POST", `${path}/${numbering}/runs`, { runs: runs.slice(n, n + MOST) })
    return done
  }

  async #check(checked) {
    const sure =
      !checked ||
      (await confirm({
        title: t("Checked against the paper file?"),
        text: t("Your name stands for it that the numbers of this volume are those on the paper."),
        yes: t("Checked against the paper file"),
      }))
    if (!sure) return
    await attempt(api("POST", `/api/cases/${this.#case}/volumes/${this.getAttribute("volume")}/checked`, { checked }))
    this.#load()
  }
}

function rules() {
  return {
    page: t("one more on each page"),
    sheet: t("by sheets: the back has the number of its front"),
    one: t("one number for all of these pages"),
    none: t("no number (cover, blank back)"),
  }
}

customElements.define("case-strip", CaseStrip)
