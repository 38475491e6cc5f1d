/** <speaker-queue>: who speaks, who waits, and the chair's hand on both. `wide` (attribute): with every button in sight. */

import { attempt } from "../../lib/attempt.js"
import { left, shown } from "../../lib/countdown.js"
import { confirm } from "../../lib/dialog.js"
import { queueOf } from "./speaking-statistics.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { conducts, isFrozen, isSecretary } from "../../meeting/rights.js"
import { limit, LIMITS, limitWord, setLimit } from "./speech-limit.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { SortablePart } from "../core/sortable-part.js"
import { queueRow } from "./queue-row.js"
import { speakerNow } from "./speaker-now.js"
import { openSpeakers } from "./speakers-book.js"

const RECKON = 15000

export class SpeakerQueue extends SortablePart {
  watches = ["floor", "roll", "sites", "agenda", "meeting"]
  emptyAtFirst = true
  // The choice of minutes is no text being written.
  waitsForEditing = false

  #open
  listOrder = this.sorted({
    draggable: ".queue-row",
    say: (n, all) => t("Now number {n} of {all}", { n, all }),
    send: (request, before) =>
      attempt(this.meeting.sendAndSee("move_request", before ? { request, before } : { request })),
  })

  started() {
    const ticking = setInterval(() => this.redraw(), RECKON)
    this.signal.addEventListener("abort", () => clearInterval(ticking))
  }

  draw(view, meeting) {
    const { status } = view.meeting
    const queue = this.#ordered(queueOf(view))
    this.hidden = !view.floor || status === "draft" || isFrozen(status) || (status === "closed" && !queue.length)
    if (this.hidden) return nothing
    const may = conducts(meeting.me)
    const live = status === "live"
    const wide = this.hasAttribute("wide")
    const speaks = speakerNow(view, meeting, may)
    // In the chair's column who speaks takes the place of the next page, so that the queue stays where it is.
    this.closest(".side")?.classList.toggle("speaking", Boolean(view.floor.speech))
    return html`
      ${wide ? nothing : speaks}
      <div class="queue-head"><h2>${t("The floor")}${may && !wide && isClosed(view) ? locked() : nothing}</h2>${may && live ? this.#limit() : nothing}</div>
      ${wide ? speaks : nothing}
      <ol class="queue-list" data-sortable>${repeat(
        queue,
        ({ id }) => id,
        (request, i) =>
          queueRow(request, view, {
            place: i + 1,
            last: i === queue.length - 1,
            open: this.#open === request.id,
            may,
            live,
            now: meeting.now(),
            toggle: () => {
              this.#open = this.#open === request.id ? undefined : request.id
              this.redraw()
            },
            invite: () => this.invite(request.person, request.id),
            shift: (step) => this.listOrder.shift(idsOf(queue), request.id, step),
            write: () => this.#write(request),
            remove: () => this.#remove(request),
          }),
      )}</ol>
      ${queue.length ? nothing : html`<p class="queue-none">${t("Nobody is waiting to speak.")}</p>`}
      ${this.#opinions(view)}
      ${may && status !== "closed" ? this.#foot(view, meeting, live) : nothing}
      <p class="visually-hidden" aria-live="polite">${this.listOrder.said}</p>`
  }

  drawn() {
    this.listOrder.attach(conducts(this.meeting?.me ?? {}) ? this.querySelector("[data-sortable]") : null)
  }

  /** Give somebody the floor, for the minutes chosen; whoever still speaks within their time is not cut off unasked. */
  async invite(person, request) {
    const { meeting } = this
    const { speech } = meeting.view.floor
    const rest = speech && (left(speech, meeting.now()) ?? 1)
    if (speech && speech.person !== person && rest > 0) {
      const yes = await confirm({
        title: t("End the speech of {name}?", { name: speech.name }),
        text: `${speech.seconds ? t("There are {time} left.", { time: shown(rest) }) : ""} ${t("{name} has the floor next.", { name: nameOf(meeting.view, person) })}`,
        yes: t("Invite"),
        no: t("Let them finish"),
      })
      if (!yes) return false
    }
    return Boolean(
      await attempt(meeting.send("grant_floor", { ...(request ? { request } : { person }), seconds: limit() })),
    )
  }

  #limit() {
    return html`<select class="input speech-limit" aria-label=${t("Time for each speaker")}
      @change=${({ target }) => {
        setLimit(Number(target.value))
        this.redraw()
      }}>
      ${LIMITS.map((seconds) => html`<option value=${seconds} .selected=${seconds === limit()}>${limitWord(seconds)}</option>`)}</select>`
  }

  #foot({ floor, agenda }, meeting, live) {
    const closed = isClosed({ floor, agenda })
    const chair = meeting.view.meeting.chair?.id ?? meeting.view.meeting.chair
    const speaks = floor.speech?.person
    const own = isSecretary(meeting.me) ? chair : meeting.me.id
    return html`
      <div class="queue-foot">
        ${live ? html`<button class="button outline" @click=${() => openSpeakers(this)}>${icon("user-plus")}<span>${t("Invite by name")}</span></button>` : nothing}
        ${live && own && speaks !== own ? html`<button class="button outline" @click=${() => this.invite(own)}>${icon("mic")}<span>${own === meeting.me.id ? t("I speak") : t("The chair speaks")}</span></button>` : nothing}
        <button class="button outline" @click=${() => attempt(meeting.send(closed ? "open_floor" : "close_floor"))}>
          ${icon(closed ? "lock-open" : "lock")}<span>${closed ? t("Reopen the list") : t("Close the list")}</span></button>
      </div>
      ${closed && this.hasAttribute("wide") ? html`<p class="queue-closed">${icon("lock")}${t("The list of speakers on this item is closed.")}</p>` : nothing}`
  }

  #opinions(view) {
    const { opinions = {} } = view.floor
    const all = Object.keys(opinions)
    if (!all.length || !this.hasAttribute("wide")) return nothing
    return html`<details class="queue-opinions"><summary>${t("Written opinions ({n})", { n: all.length })}</summary>
      <ul>${all.map((id) => html`<li><b>${nameOf(view, opinions[id].person)}</b> ${opinions[id].text || t("no text yet")}</li>`)}</ul></details>`
  }

  #ordered(queue) {
    const by = new Map(queue.map((request) => [request.id, request]))
    return this.listOrder.shown(idsOf(queue)).map((id) => by.get(id))
  }

  async #write({ id: request, entry: { name } }) {
    if (await attempt(this.meeting.send("record_opinion", { request })))
      toast(t("{name}: written opinion, in the record.", { name }))
  }

  async #remove({ id: request, entry: { name } }) {
    const yes = await confirm({
      title: t("Remove {name} from the list?", { name }),
      text: t("The request to speak is withdrawn."),
      yes: t("Remove"),
      danger: true,
    })
    if (yes) await attempt(this.meeting.send("withdraw_request", { request }))
  }
}

const idsOf = (queue) => queue.map(({ id }) => id)

const isClosed = ({ floor, agenda }) => (floor.closed || []).includes(agenda.current || "")

/** In the narrow column a sign says it, so that the buttons stay where they are. */
const locked =
  () => html`<span class="queue-closed" title=${t("The list of speakers on this item is closed.")}>${icon("lock")}
  <span class="visually-hidden">${t("The list of speakers on this item is closed.")}</span></span>`

customElements.define("speaker-queue", SpeakerQueue)
