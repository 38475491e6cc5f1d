/** Finding in the paper: a bar, all hits in a list, frames round the words. */

/** @import { Hit } from "../../reader/find.js" */

import { ask } from "../../lib/ask.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { nameOfPage } from "../../reader/layout.js"
import { shaped } from "../../lib/proof.js"
import { wordsUrl } from "../../pages/page-words.js"
import { isHard, recognisedWords } from "../../reader/recognised.js"
import { around, hitsIn, hitsOn, unpacked } from "../../reader/find.js"

const PAUSE = 220
const LONGEST = 200
const LISTED = 200
const BUNDLE = 32
const GROWN = 0.004
const QUOTED = 20

export class Finder {
  shown = false
  query = ""
  /** @type {Hit[]} */
  hits = []
  at = -1
  total = 0
  /** "", searching, done, partly (without the server, only the pages whose words are here), failed */
  state = ""

  #reader
  #timer
  #run = 0
  #layer
  #wordless = 0

  constructor(reader) {
    this.#reader = reader
  }

  open(words) {
    this.shown = true
    this.#reader.panel = ""
    if (words !== undefined) this.#ask(words.slice(0, LONGEST))
    this.#reader.redraw()
    this.#askWordless()
    // The field stands there once it has been drawn.
    setTimeout(() => {
      const field = this.#reader.querySelector("[data-find]")
      field?.focus()
      field?.select()
    })
  }

  /** There are more words now; whoever looks at hits stays with them. */
  renew() {
    if (!this.shown) return
    this.#askWordless()
    if (this.query && !this.hits.length) this.#ask(this.query)
  }

  close() {
    this.shown = false
    this.hits = []
    this.at = -1
    this.query = this.state = ""
    this.#run += 1
    this.#frame()
    this.#reader.redraw()
    this.#reader.querySelector("[data-window]").focus({ preventScroll: true })
  }

  toggle() {
    if (this.shown) this.close()
    else this.open()
  }

  next(by) {
    if (!this.hits.length) return
    this.show((this.at + by + this.hits.length) % this.hits.length)
  }

  /** This hit in sight; `at` counts from 0. */
  show(at) {
    this.at = at
    const hit = this.hits[at]
    this.#reader.go(hit.page, { box: hit.boxes[0] })
    this.#frame()
    this.#reader.redraw()
  }

  bar() {
    if (!this.shown) return nothing
    const { hits, at, state } = this
    return html`
      <search class="reader-find" aria-label=${t("Find in the paper")}>
        <form @submit=${(event) => {
          event.preventDefault()
          if (this.query !== this.#typed) this.#ask(this.#typed)
          else this.next(event.submitter?.dataset.by === "-1" ? -1 : 1)
        }}>
          <input class="input" type="search" data-find aria-label=${t("Find in the paper")} placeholder=${t("Find in the paper")} autocomplete="off" maxlength=${LONGEST} .value=${this.query}
            @input=${() => this.#later()} @keydown=${(event) => this.#key(event)}>
          <span class="reader-count" role="status">${this.#count()}</span>
          <button class="button icon-only" type="button" aria-label=${t("Previous hit")} title=${t("Previous hit")} ?disabled=${!hits.length} @click=${() => this.next(-1)}>${icon("chevron-up")}</button>
          <button class="button icon-only" type="button" aria-label=${t("Next hit")} title=${t("Next hit")} ?disabled=${!hits.length} @click=${() => this.next(1)}>${icon("chevron-down")}</button>
          <button class="button icon-only" type="button" aria-label=${t("Close")} title=${t("Close")} @click=${() => this.close()}>${icon("x")}</button>
        </form>
        ${state === "partly" ? html`<p class="quiet-text small reader-partly">${icon("wifi-off", { kind: "small" })}${t("Without a connection only the pages are searched whose text is on this device.")}</p>` : nothing}
        ${this.#wordless ? html`<p class="quiet-text small reader-partly">${icon("scan", { kind: "small" })}${tn("{n} page has no words yet.", "{n} pages have no words yet.", this.#wordless)}</p>` : nothing}
        ${
          hits.length > 1
            ? html`
          <ol class="plain reader-hits" aria-label=${t("Hits")}>${hits.slice(0, LISTED).map(
            (hit, n) => html`
            <li><button type="button" aria-current=${n === at ? "true" : nothing} @click=${() => this.show(n)}><b>${t("Page {page}", { page: nameOfPage(hit.page, this.#reader.outline.labels) })}${hit.source === "ocr" ? html` <small class=${isHard(hit.conf) ? "hard" : ""}>${recognisedWords(hit.conf)}</small>` : nothing}</b><span>${hit.text ?? ""}</span></button></li>`,
          )}</ol>`
            : nothing
        }
      </search>`
  }

  get #typed() {
    return this.#reader.querySelector("[data-find]")?.value.trim() ?? ""
  }

  #count() {
    const { hits, at, state, query, total } = this
    if (state === "searching") return t("Searching…")
    if (state === "failed") return t("No connection. Try again in a moment.")
    if (!query) return ""
    if (!hits.length) return t("Nothing found")
    const pages = new Set(hits.map(({ page }) => page)).size
    const found = t("{hits}, {pages}", {
      hits: tn("{n} hit", "{n} hits", total),
      pages: tn("{n} page", "{n} pages", pages),
    })
    return at >= 0 ? `${at + 1} / ${found}` : found
  }

  #key(event) {
    if (event.key !== "Enter" || !event.shiftKey) return
    event.preventDefault()
    this.next(-1)
  }

  #later() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(this.#typed), PAUSE)
  }

  /** Pages that are still to be recognised: what is not found may stand on them. */
  async #askWordless() {
    const { ok, body } = await ask(`/api/documents/${encodeURIComponent(this.#reader.paper.document)}`)
    const { of = 0, done = 0 } = (ok && body.recognition) || {}
    this.#wordless = Math.max(0, of - done)
    this.#reader.redraw()
  }

  async #ask(query) {
    clearTimeout(this.#timer)
    const run = ++this.#run
    this.query = query
    if (!query) {
      this.#found([], "")
      return
    }
    this.state = "searching"
    this.#reader.redraw()
    const { document } = this.#reader.paper
    const path = `/documents/${encodeURIComponent(document)}/find?q=${encodeURIComponent(query)}`
    const { ok, status, body } = await ask(path, { proof: () => true })
    if (run !== this.#run) return
    if (ok) return this.#found(hitsIn(body), "done", body.total)
    if (status && status !== 404) return this.#found([], "failed")
    const here = await this.#here(query)
    if (run === this.#run) this.#found(here, status ? "done" : here.length ? "partly" : "failed")
  }

  /** With the words that are here: the packed ones of the whole paper, or those of the pages that were read. */
  async #here(query) {
    const { paper } = this.#reader
    const hits = []
    for (let n = 0; n * BUNDLE < paper.pages; n++) {
      const path = `/documents/${encodeURIComponent(paper.document)}/pages/words-${n}?t=${paper.t}`
      const { ok, body } = await ask(path, { cache: "force-cache" })
      if (ok) for (const [page, words] of unpacked(body)) hits.push(...hitsOn(words, page, query))
    }
    if (hits.length) return hits
    for (const box of this.#reader.sheets.visible) hits.push(...hitsOn(await box.words(), box.n, query))
    return hits
  }

  #found(hits, state, total = hits.length) {
    this.hits = hits
    this.total = Number.isInteger(total) ? total : hits.length
    this.state = state
    // The first hit from here on.
    const { page } = this.#reader
    const from = hits.findIndex((hit) => hit.page >= page)
    this.at = -1
    if (hits.length) this.show(Math.max(0, from))
    else this.#frame()
    this.#reader.redraw()
    this.#quote(this.#run)
  }

  /** What stands round a hit, for the list; the server says only where it is. */
  async #quote(run) {
    const { document, t: revision } = this.#reader.paper
    const bare = this.hits.slice(0, LISTED).filter((hit) => hit.text === undefined && Number.isInteger(hit.from))
    for (const page of [...new Set(bare.map((hit) => hit.page))].slice(0, QUOTED)) {
      const how = { proof: shaped({ words: "list" }), cache: /** @type {RequestCache} */ ("default") }
      const { ok, body } = await ask(wordsUrl(document, page, revision), how)
      if (run !== this.#run) return
      if (!ok) continue
      for (const hit of bare) {
        if (hit.page === page) hit.text = around(body.words, hit.from, hit.to)
      }
      this.#reader.redraw()
    }
  }

  #frame() {
    this.#layer?.()
    this.#layer = undefined
    if (!this.hits.length) return
    this.#layer = this.#reader.addLayer({
      name: "find",
      order: 60,
      mount: (page) => {
        const made = this.hits.flatMap((hit, n) =>
          hit.page === page.n ? hit.boxes.map((box) => this.#box(box, n)) : [],
        )
        page.element.append(...made)
        return {
          close() {
            for (const one of made) one.remove()
          },
        }
      },
    })
  }

  #box(box, n) {
    const [x, y, w, h] = box
    const frame = document.createElement("i")
    frame.className = n === this.at ? "reader-hit now" : "reader-hit"
    frame.style.left = `${(x - GROWN) * 100}%`
    frame.style.top = `${(y - GROWN / 2) * 100}%`
    frame.style.width = `${(w + 2 * GROWN) * 100}%`
    frame.style.height = `${(h + GROWN) * 100}%`
    return frame
  }
}
