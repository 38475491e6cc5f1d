/** <room-search>: in a dialog: words to look for in this meeting, or in all of mine; a hit opens its page over the room. */

import { api } from "../../lib/api.js"
import { following } from "../../meeting/following.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { versionIn } from "../../pages/versions.js"
import { Part } from "../core/part.js"
import { openPaper } from "../page/paper-viewer.js"

const SIGNS = {
  page: "file-text",
  agenda: "list",
  minutes: "notebook-pen",
  conclusion: "gavel",
  ballot: "vote",
  note: "pencil",
}

/** `close` (property) closes the dialog. */
export class RoomSearch extends Part {
  watches = []
  waitsForEditing = false
  close = () => {}

  #words = ""
  #everywhere = false
  #page = 1
  #answer = null
  #busy = false
  #trouble = ""
  #run = 0
  /** @type {AbortController | undefined} of the page that was opened from here */
  #reading

  /** The chair calls: neither the page that was found nor the list lies over the chair's page. */
  async started() {
    const { signal } = this
    const mine = await following
    if (signal.aborted) return
    const leave = () => {
      this.#reading?.abort()
      this.close()
    }
    this.listensTo(mine, "call", leave)
    this.listensTo(mine, "change", () => mine.called && leave())
  }

  draw(_view, meeting) {
    const { hits = [], more, understood = true } = this.#answer ?? {}
    return html`
      <div class="dialog-body room-search">
        <h2>${t("Search")}</h2>
        <form class="room-search-form" role="search" @submit=${(event) => this.#asked(event, meeting)}>
          <input class="input" type="search" name="q" data-first maxlength="300" autocomplete="off" enterkeyhint="search"
            aria-label=${t("Words to look for")} placeholder=${t("Words to look for")} .value=${this.#words}>
          <button class="button primary" type="submit">${icon("search")}<span>${t("Search")}</span></button>
        </form>
        <div class="room-search-where" role="group" aria-label=${t("Where to look")}>
          ${this.#where(false, t("This meeting"), meeting)}${this.#where(true, t("All meetings"), meeting)}
        </div>
        <p class="quiet-text small" role="status">${this.#state(understood)}</p>
        ${hits.length ? html`<ol class="plain room-search-hits">${hits.map((hit) => this.#hit(hit, meeting))}</ol>` : nothing}
        ${
          this.#answer && (more || this.#page > 1)
            ? html`<div class="buttons">
          ${this.#page > 1 ? html`<button type="button" class="button" @click=${() => this.#turn(-1, meeting)}>${icon("chevron-left")}${t("Previous")}</button>` : nothing}
          ${more ? html`<button type="button" class="button" @click=${() => this.#turn(1, meeting)}>${t("Next")}${icon("chevron-right")}</button>` : nothing}
        </div>`
            : nothing
        }
      </div>
      <div class="dialog-actions"><button type="button" class="button" @click=${() => this.close()}>${t("Close")}</button></div>`
  }

  #where(everywhere, word, meeting) {
    return html`<button type="button" class="button" aria-pressed=${this.#everywhere === everywhere} @click=${() => {
      this.#everywhere = everywhere
      this.#words = this.querySelector("input").value.trim()
      this.#page = 1
      this.#search(meeting)
    }}>${word}</button>`
  }

  #state(understood) {
    if (this.#busy) return t("Searching…")
    if (this.#trouble) return this.#trouble
    if (!this.#answer) return t("Papers, agenda, minutes, conclusions and your notes.")
    if (!understood) return t("Type at least one word or number.")
    const { total, capped } = this.#answer
    if (capped) return t("The {n} newest places are shown; add a word to find older ones.", { n: total })
    return total ? tn("{n} place", "{n} places", total) : t("Nothing found")
  }

  #hit(hit, meeting) {
    const about = html`
      ${hit.kind === "page" && hit.page ? thumb(hit.document, hit.page, { lazy: true, width: 48, height: 64 }) : html`<span class="room-search-sign">${icon(SIGNS[hit.kind] ?? "search")}</span>`}
      <span class="grow"><b>${hit.title || hit.meeting_title}${hit.page && !hit.case ? html` › <span class="room-search-page">${t("Page {page}", { page: hit.page })}</span>` : nothing}</b>
        ${hit.version ? html` <span class="badge">${t("Version {n}", { n: hit.version })}</span>` : nothing}
        ${this.#everywhere && hit.meeting_title !== hit.title ? html`<small>${hit.meeting_title}</small>` : nothing}
        <span class="room-search-said">${hit.snippet.map(([text, marked]) => (marked ? html`<mark>${text}</mark>` : text))}</span></span>`
    const newest = meeting.view?.papers?.[hit.paper]
    const paper = newest && versionIn(newest, hit.document)
    const here = hit.meeting === meeting.id && paper && hit.page
    return html`<li>${
      here
        ? html`<button type="button" class="room-search-hit" @click=${() => this.#read({ ...paper, id: hit.paper, inRoom: true }, hit)}>${about}</button>`
        : html`<a class="room-search-hit" href=${hit.href} target="_blank" rel="noopener">${about}${icon("external-link", { kind: "small" })}</a>`
    }</li>`
  }

  async #read(paper, hit) {
    this.#reading = new AbortController()
    await openPaper(paper, hit.page, { find: wordsOf(hit), signal: this.#reading.signal })
    this.#reading = undefined
  }

  #asked(event, meeting) {
    event.preventDefault()
    this.#words = event.target.elements.q.value.trim()
    this.#page = 1
    this.#search(meeting)
  }

  #turn(by, meeting) {
    this.#page += by
    this.#search(meeting)
  }

  async #search(meeting) {
    const run = ++this.#run
    this.#trouble = ""
    if (!this.#words) {
      this.#answer = null
      this.#busy = false
      this.redraw()
      return
    }
    this.#busy = true
    this.redraw()
    const asked = { q: this.#words, here: meeting.id, page: String(this.#page) }
    const query = new URLSearchParams(this.#everywhere ? asked : { ...asked, meeting: meeting.id })
    try {
      const answer = await api("GET", `/api/search?${query}`)
      if (run === this.#run) this.#answer = answer
    } catch (problem) {
      if (run !== this.#run) return
      this.#answer = null
      this.#trouble = problem.message
    }
    if (run !== this.#run) return
    this.#busy = false
    this.redraw()
  }
}

/** What is framed on the page of a hit: its address says it. */
const wordsOf = (hit) => new URLSearchParams(hit.href.split("#")[1] ?? "").get("q") || undefined

customElements.define("room-search", RoomSearch)

export function openSearch() {
  show((close) => html`<room-search .close=${close}></room-search>`, { wide: true, label: t("Search") })
}
