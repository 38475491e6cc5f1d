/**
 * A page of the case over its map: the sheet that a BL names, with the excerpts that are kept on it. Whoever edits marks
 * another one there, which bears the words of the node that led to it: <map-page>, in a dialog.
 */

/** @import { CasePage } from "./case-page.js" */

import { KeptCallouts } from "../../case/kept-callouts.js"
import { nameOf } from "../../case/places.js"
import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { ZoomFrame } from "../stage/zoom-frame.js"
import { WordMarker } from "./word-marker.js"
import "./case-page.js"

const NAME = 120

/**
 * @param {{ case: string, document: string, page: number, label: string, excerpt?: string, rects?: number[][], marks?: number[][] }} place
 *   `excerpt`: this one is shown first; one that is not kept on the page by its `rects` and `marks`
 * @param {string} text of the node
 */
export function showCasePage(place, text = "") {
  const label = t("BL {label}", { label: place.label })
  return show(
    (close) => html`<div class="dialog-body map-page-body"><h2>${label}</h2>
      <map-page .what=${{ place, text }}></map-page>
      </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true, label },
  )
}

/** The excerpts that are kept in a case, by `<document>/<page>`. @param {string} case_ @returns {Promise<Record<string, any[]>>} */
export async function keptInCase(case_) {
  const { ok, body } = await ask(`/api/cases/${encodeURIComponent(case_)}/callouts`, {
    proof: shaped({ callouts: "list" }),
  })
  const found = {}
  for (const each of ok ? body.callouts : []) found[nameOf(each)] = [...(found[nameOf(each)] ?? []), each]
  return found
}

class MapPage extends HTMLElement {
  #what
  #kept = new KeptCallouts()
  #life = new AbortController()
  /** The excerpt that is enlarged. */
  #chosen = ""
  #frame
  /** @type {WordMarker | undefined} */
  #marker

  set what(what) {
    if (what.place.document === this.#what?.place.document && what.place.page === this.#what.place.page) return
    this.#what = what
    this.#chosen = what.place.excerpt ?? ""
    this.#kept.show(what.place)
  }

  connectedCallback() {
    this.#kept.addEventListener("change", () => this.#draw(), { signal: this.#life.signal })
    this.#draw()
  }

  disconnectedCallback() {
    this.#life.abort()
    this.#frame?.end() // closed beside it: it would still take the next Escape
    this.#marker?.end()
  }

  get #page() {
    return /** @type {CasePage} */ (this.querySelector("case-page"))
  }

  #draw() {
    const { list, mayEdit } = this.#kept
    render(
      html`<div class="map-page-sheet"><case-page></case-page></div>
      <div class="map-page-tools" role="toolbar" aria-label=${t("Excerpts kept on this page")}>${this.#marker ? this.#marker.tools : this.#tools(list, mayEdit)}</div>`,
      this,
    )
    const { place } = this.#what
    // One that stands on a node is not kept on the page, but shown first all the same.
    const shown = list.find(({ id }) => id === this.#chosen) ?? (this.#chosen === place.excerpt ? place : {})
    this.#page.place = { ...place, callouts: shown.rects, marks: shown.marks }
  }

  #tools(list, mayEdit) {
    return html`${list.map(
      (
        each,
        n,
      ) => html`<span class="map-excerpt"><button type="button" class="button compact ${each.check ? "check-place" : ""}" aria-pressed=${this.#chosen === each.id}
            title=${each.check ? t("The scan is another one since: look whether the place is right.") : nothing} @click=${() => this.#choose(each.id)}>${icon(each.check ? "triangle-alert" : "scan")}<span class="one-line">${each.name || t("Excerpt {n}", { n: n + 1 })}</span></button>${
              mayEdit
                ? html`<button type="button" class="button quiet icon-only" aria-label=${t("Remove the excerpt")} title=${t("Remove the excerpt")} @click=${() => this.#remove(each.id)}>${icon("x")}</button>`
                : nothing
            }</span>`,
    )}
        ${mayEdit && list.some(({ id }) => id === this.#chosen) ? html`<button type="button" class="button" @click=${() => this.#markWords()}>${icon("highlighter")}${t("Mark words")}</button>` : nothing}
        ${mayEdit ? html`<button type="button" class="button ${this.#frame ? "" : "primary"}" aria-pressed=${Boolean(this.#frame)} @click=${() => this.#mark()}>${icon("scan")}${t("Mark an excerpt")}</button>` : nothing}`
  }

  /** Words of the excerpt that is enlarged: each mark is kept when it is drawn. */
  #markWords() {
    const id = this.#chosen
    this.#kept.prepare(8000)
    let last = Promise.resolve()
    const save = async (marks) => {
      const answer = await this.#kept.change(id, { marks })
      if (answer.ok) return void document.dispatchEvent(new CustomEvent("excerpts-changed"))
      marker.refused(this.#kept.list.find((each) => each.id === id)?.marks ?? [])
      return this.#failed(answer)
    }
    const marker = new WordMarker(this.#page, {
      words: this.#kept.words,
      saved: (marks) => {
        last = last.then(() => save(marks)) // one after the other: the last one stays
      },
      ended: () => {
        this.#marker = undefined
        if (this.isConnected) this.#draw()
      },
    })
    marker.addEventListener("change", () => this.#draw())
    this.#marker = marker
    this.#draw()
  }

  #choose(id) {
    this.#chosen = this.#chosen === id ? "" : id
    this.#draw()
  }

  /** A frame is drawn round what shall be kept; where the words of the page are known it fits them. */
  #mark() {
    if (this.#frame) return this.#frame.end()
    this.#chosen = ""
    this.#kept.prepare()
    const done = async (drawn) => {
      this.#frame = undefined
      this.#draw()
      if (drawn) await this.#keep(await this.#kept.fitted(drawn))
    }
    this.#frame = new ZoomFrame(this.#page, done, t("Draw a frame round the part that is to be kept."))
    return this.#draw()
  }

  async #keep(rect) {
    const answer = await this.#kept.keep([rect], this.#what.text.slice(0, NAME))
    if (!answer.ok) return this.#failed(answer)
    this.#chosen = this.#kept.list[this.#kept.list.length - 1]?.id ?? ""
    this.#changed()
    return toast(t("The excerpt is kept on its page."))
  }

  async #remove(id) {
    const answer = await this.#kept.change(id, { removed: true })
    if (!answer.ok) return this.#failed(answer)
    this.#changed()
    const back = async () => {
      const again = await this.#kept.change(id, { removed: false })
      if (!again.ok) return this.#failed(again)
      return this.#changed()
    }
    return toast(t("The excerpt is removed."), { kind: "info", action: t("Undo"), act: back })
  }

  #failed(answer) {
    toast(answer.status ? answer.body.error.message : t("No connection. Try again in a moment."), { kind: "bad" })
  }

  #changed() {
    this.#draw()
    document.dispatchEvent(new CustomEvent("excerpts-changed"))
  }
}

customElements.define("map-page", MapPage)
