/**
 * <court-log>: what all observers wrote of a trial, by phase and time; counted, filtered, searched. On a wide screen
 * the observers may stand side by side. What two wrote of the same is joined by hand.
 */

/** @import { CourtSync } from "../../case/court-sync.js" */

import { byPhase, KINDS, REMARKS, speakerOf } from "../../case/court-order.js"
import { blWord } from "../../case/report-words.js"
import { attempt } from "../../lib/attempt.js"
import { choose, confirm } from "../../lib/dialog.js"
import { html, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { roam } from "../../lib/keys.js"
import { local } from "../../lib/storage.js"
import { t, tn } from "../../lib/t.js"
import { date, sameDay, second } from "../../lib/time.js"
import { blChip } from "./bl-chip.js"
import { editEntry, showHistory } from "./court-entry.js"

const NEAR = 220 // px from the end of the page: one reads along
const SOON = 300
const SIDE = "court-side-by-side"
const MOST_SIDES = 4

export class CourtLog extends HTMLElement {
  #sync
  #words
  #joining = ""
  #new = 0
  #known = new Set()
  #timer
  #stop = ""

  /** @param {CourtSync} sync @param {any} words */
  begin(sync, words) {
    this.#sync = sync
    this.#words = words
    sync.addEventListener("change", () => this.#draw())
    sync.addEventListener("written", () => this.#toEnd())
    window.addEventListener("scroll", () => this.#new && this.#atEnd && this.#seen(), { passive: true })
    this.#draw()
  }

  get #atEnd() {
    return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR
  }

  #draw() {
    const { entries } = this.#sync
    const atEnd = this.#atEnd || !this.#known.size
    const fresh = entries.filter(({ id }) => !this.#known.has(id))
    const later = this.#known.size && !atEnd ? fresh.filter(({ by }) => by !== this.#sync.me.id).length : 0
    this.#new += this.#sync.behind ? 0 : later
    this.#known = new Set(entries.map(({ id }) => id))
    render(html`${this.#filters()}${this.#joinBar(entries)}${this.#list(entries)}${this.#newer()}`, this)
    if (atEnd && fresh.length && !location.hash) this.#toEnd()
  }

  #toEnd() {
    requestAnimationFrame(() => {
      window.scrollTo(0, document.documentElement.scrollHeight)
      this.#seen()
    })
  }

  #seen() {
    if (!this.#new) return
    this.#new = 0
    this.#draw()
  }

  // What is looked for

  #filters() {
    const { counts, wanted, hearing } = this.#sync
    const { kinds } = this.#words
    const sides = counts.observers.length > 1
    return html`<div class="court-filters no-print">
      <div class="court-counts" role="group" aria-label=${t("Filter by kind")}>
        ${count(t("All"), counts.entries, !Object.keys(wanted).length, () => this.#want({}))}
        ${KINDS.filter((kind) => counts.kinds[kind]).map((kind) =>
          count(
            kinds[kind],
            counts.kinds[kind],
            wanted.kind === kind,
            () => this.#want({ ...wanted, kind: wanted.kind === kind ? "" : kind }),
            kind,
          ),
        )}
        ${counts.marked ? count(t("Marked"), counts.marked, wanted.marked === "1", () => this.#want({ ...wanted, marked: wanted.marked ? "" : "1" })) : nothing}
      </div>
      <div class="court-find">
        <select class="input" aria-label=${t("Filter by speaker")} @change=${({ target }) => this.#bySpeaker(target.value)}>
          <option value="">${t("Every speaker")}</option>
          ${counts.speakers.map((each, n) => speakerOf(each) && html`<option value=${n} ?selected=${(wanted.role ?? "") === each.role && (wanted.name ?? "") === each.name}>${speakerOf(each)} (${each.n})</option>`)}
        </select>
        <input class="input" type="search" maxlength="200" aria-label=${t("Search the log")} placeholder=${t("Search the log")} .value=${wanted.q ?? ""} @input=${({ target }) => this.#search(target.value)}>
        ${sides ? html`<button type="button" class="button court-sides" aria-pressed=${this.#isSideBySide} @click=${() => this.#toggleSides()}>${icon("columns-2")}${t("Side by side")}</button>` : nothing}
      </div>
      ${hearing.closed_at ? html`<p class="notice info">${icon("lock")}<span>${t("The log of this trial is closed.")}</span></p>` : nothing}
    </div>`
  }

  #want(wanted) {
    this.#new = 0
    this.#known = new Set()
    this.#sync.look(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)))
  }

  #bySpeaker(n) {
    const { role = "", name = "" } = n === "" ? {} : this.#sync.counts.speakers[n]
    this.#want({ ...this.#sync.wanted, role, name })
  }

  #search(q) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#want({ ...this.#sync.wanted, q: q.trim() }), SOON)
  }

  get #isSideBySide() {
    return local.get(SIDE) === "1" && this.#sync.counts.observers.length > 1
  }

  #toggleSides() {
    if (this.#isSideBySide) local.remove(SIDE)
    else local.set(SIDE, "1")
    this.#draw()
  }

  // The entries

  #list(entries) {
    const { more, behind, counts, read, state, wanted } = this.#sync
    const phases = byPhase(entries)
    const columns = this.#isSideBySide ? counts.observers.slice(0, MOST_SIDES).map(({ person }) => person) : []
    if (!phases.length)
      return html`<section class="state">${icon(read ? "gavel" : "hourglass")}<h2>${
        read
          ? Object.keys(wanted).length
            ? t("Nothing of this is in the log")
            : t("Nothing is written down yet")
          : state === "offline"
            ? t("No connection")
            : t("The log is coming …")
      }</h2></section>`
    return html`
      ${more ? html`<p class="court-earlier"><button type="button" class="button" @click=${() => this.#earlier()}>${icon("chevron-left")}${t("Earlier entries")}</button></p>` : nothing}
      <div class="court-phases ${columns.length ? "sides" : ""}" data-columns=${columns.length || nothing} @keydown=${(event) => roam(event, ".court-do", "column")}>
      ${phases.map(
        ({ phase, groups }) => html`<section aria-labelledby="phase-${phase}">
        <h2 id="phase-${phase}">${this.#words.phases[phase]} <small>${tn("{n} entry", "{n} entries", counts.phases[phase] ?? groups.length)}</small></h2>
        ${columns.length ? html`<div class="court-heads">${counts.observers.slice(0, MOST_SIDES).map(({ name }) => html`<b>${name}</b>`)}</div>` : nothing}
        <ol class="plain court-entries">${repeat(
          groups,
          ({ head }) => head.id,
          (group) => this.#group(group, columns),
        )}</ol></section>`,
      )}</div>
      ${behind ? html`<p class="court-earlier"><button type="button" class="button" @click=${() => this.#sync.look()}>${icon("arrow-down")}${t("Back to the latest entries")}</button></p>` : nothing}`
  }

  async #earlier() {
    const height = document.documentElement.scrollHeight
    await this.#sync.earlier()
    this.#new = 0
    window.scrollBy(0, document.documentElement.scrollHeight - height)
  }

  #group({ head, others }, columns) {
    const all = [head, ...others]
    const side = columns.length ? columns.indexOf(head.by) + 1 : 0
    const look = [
      REMARKS.includes(head.kind) ? head.kind : "",
      head.waits ? "waits" : "",
      head.removed_at ? "gone" : "",
    ]
    if (this.#joining === head.id) look.push("joining")
    return html`<li id=${head.id} class="court-entry ${look.join(" ")}" data-side=${side ? (others.length ? "all" : side) : nothing}>
      <p class="court-when"><time title=${this.#precisely(head)}>${this.#time(head)}</time>${head.marked_name ? icon("star", { label: t("Marked by {name}", { name: head.marked_name }) }) : nothing}</p>
      <div class="court-said">
        <p class="court-who">${speakerOf(head) ? html`<b>${speakerOf(head)}</b>` : nothing}<span class="badge ${LOOKS[head.kind] ?? ""}">${this.#words.kinds[head.kind]}</span></p>
        ${all.map((entry) => this.#text(entry, all.length > 1))}
      </div>
      <div class="court-acts">${this.#joining && this.#joining !== head.id && !head.removed_at ? this.#joinHere(head) : this.#menu(head)}</div>
    </li>`
  }

  #text(entry, several) {
    if (entry.removed_at) return html`<p class="court-text gone">${t("removed by {name}", { name: entry.by_name })}</p>`
    const notes = [
      entry.by_name,
      entry.site,
      entry.waits ? t("waits to be sent") : "",
      entry.at - entry.moment > 5000 ? t("reached the server {time}", { time: arrived(entry) }) : "",
      entry.edits ? t("changed") : "",
      several && entry.joined ? t("joined by {name}", { name: entry.joined_name }) : "",
    ]
    return html`<p class="court-text">${entry.text}</p>
      <p class="court-by">${this.#cited(entry)}<span>${notes.filter(Boolean).join(" · ")}</span>
      ${several && entry.joined ? this.#menu(entry) : nothing}</p>`
  }

  /** As it was typed; where the pages are known, they open. */
  #cited({ cited, bl }) {
    if (cited?.length)
      return html`<span class="bl-chips">${cited.map((item) => blChip(item, { case_: this.#sync.hearing.case }))}</span>`
    return bl ? html`<span class="court-bl">${blWord(bl)}</span>` : nothing
  }

  #time(entry) {
    const first = this.#sync.hearing.days.length === 1
    return first && sameDay(entry.moment, Date.now())
      ? second(entry.moment)
      : `${date(entry.moment).slice(0, 5)} ${second(entry.moment)}`
  }

  #precisely(entry) {
    const parts = [second(entry.moment)]
    if (entry.typed_at) parts.push(t("by the clock of the device {time}", { time: second(entry.typed_at) }))
    if (Math.abs(entry.astray ?? 0) > 60_000)
      parts.push(t("which was off by {n} min", { n: Math.round(entry.astray / 60_000) }))
    return parts.join(", ")
  }

  #menu(entry) {
    return html`<button type="button" class="button quiet icon-only court-do" tabindex=${this.#stop === entry.id || !this.#stop ? 0 : -1}
      aria-label=${t("Entry of {name}, {time}", { name: entry.by_name, time: second(entry.moment) })}
      @focus=${() => (this.#stop = entry.id)} @click=${() => this.#acts(entry)}>${icon("ellipsis")}</button>`
  }

  // What is done to them

  async #acts(entry) {
    const { hearing, me } = this.#sync
    const mine = entry.by === me.id && hearing.writes
    const joined = entry.joined || this.#sync.entries.some(({ joined: to }) => to === entry.id)
    const options = [
      mine && !entry.removed_at && { value: "edit", label: t("Change the entry"), icon: "pencil" },
      hearing.writes &&
        !entry.removed_at && {
          value: "mark",
          label: entry.marked_name ? t("Take the mark off") : t("Mark it"),
          icon: "star",
        },
      hearing.writes &&
        !entry.removed_at &&
        !entry.waits && { value: "join", label: t("Join with another that says the same"), icon: "link" },
      hearing.writes && joined && { value: "unjoin", label: t("Take it apart again"), icon: "undo-2" },
      mine && !entry.removed_at && { value: "remove", label: t("Remove the entry"), icon: "trash-2", danger: true },
      mine && entry.removed_at && { value: "restore", label: t("Bring it back"), icon: "undo-2" },
      !entry.waits && { value: "history", label: t("What was done to it"), icon: "history" },
    ].filter(Boolean)
    const wish = await choose({
      title: speakerOf(entry) || this.#words.kinds[entry.kind],
      text: entry.text.slice(0, 200),
      options,
    })
    if (wish) await this.#do(wish, entry)
  }

  async #do(wish, entry) {
    const { id } = entry
    if (wish === "edit") {
      const edit = await editEntry(entry, this.#words, this.#sync.hearing)
      if (edit) this.#sync.act({ id, edit })
    } else if (wish === "mark") this.#sync.act({ id, mark: !entry.marked_name })
    else if (wish === "unjoin") this.#sync.act({ id, unjoin: true })
    else if (wish === "restore") this.#sync.act({ id, remove: false })
    else if (wish === "remove") {
      if (
        await confirm({
          title: t("Remove this entry?"),
          text: t("That it was there, when and by whom, stays."),
          yes: t("Remove"),
          danger: true,
        })
      )
        this.#sync.act({ id, remove: true })
    } else if (wish === "history") await attempt(showHistory(this.#sync, entry, this.#words))
    else {
      this.#joining = entry.joined || id
      this.#draw()
    }
  }

  #joinBar(entries) {
    const entry = this.#joining && entries.find(({ id }) => id === this.#joining)
    if (!entry) return nothing
    return html`<p class="notice info court-joining">${icon("link")}<span class="grow">${t("Choose the entry that says the same as: “{text}”", { text: entry.text.slice(0, 80) })}</span>
      <button type="button" class="button" @click=${() => this.#endJoining()}>${t("Cancel")}</button></p>`
  }

  #joinHere(head) {
    return html`<button type="button" class="button primary court-do" @click=${() => {
      this.#sync.act({ id: this.#joining, join: head.id })
      this.#endJoining()
    }}>${icon("link")}${t("Join")}</button>`
  }

  #endJoining() {
    this.#joining = ""
    this.#draw()
  }

  #newer() {
    return this.#new
      ? html`<button type="button" class="button primary court-newer" @click=${() => this.#toEnd()}>${icon("arrow-down")}${tn("{n} new entry", "{n} new entries", this.#new)}</button>`
      : nothing
  }
}

/** With its day where that is not the one on which it was written. */
const arrived = ({ at, moment }) => (sameDay(at, moment) ? second(at) : `${second(at)} ${date(at)}`)

const LOOKS = { violation: "bad", strength: "good", weakness: "warn" }

const count = (word, n, pressed, act, look = "") =>
  html`<button type="button" class="button court-count ${look}" aria-pressed=${pressed} @click=${act}>${word} <b>${n}</b></button>`

customElements.define("court-log", CourtLog)
