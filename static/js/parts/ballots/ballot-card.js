/** <ballot-card>: comes forward when a ballot opens and when its result is out, beside the page or over a part of it. */

import { attempt } from "../../lib/attempt.js"
import { lastOver } from "./ballot-last.js"
import { comeBack, standAside } from "../../lib/dialog.js"
import { kindOfBallot, sentenceOf, verdictWord } from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { usualMode } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { myStatus } from "../../meeting/my-status.js"
import { Dismissed } from "../../meeting/dismissed.js"
import { keepReceipt, receiptOf } from "../../meeting/receipts.js"
import { annulled, counting, published } from "./ballot-outcome.js"
import { mode, paper } from "./ballot-paper.js"
import { may, mayNot, voted } from "./ballot-standing.js"
import { Part } from "../core/part.js"
import "../core/time-left.js"

const LONG = 110

export class BallotCard extends Part {
  watches = ["ballots", "meeting", "roll"]
  emptyAtFirst = true
  // What is being written is ours; that the ballot has ended must be seen all the same.
  waitsForEditing = false

  #status
  #away
  #seen = new Set()
  #at = ""
  #small = false
  #picked = []
  #text = ""
  #changing = false
  #busy = false
  #wants = false
  #shown

  started(meeting) {
    this.#away = new Dismissed("ballots-read", meeting)
    this.drawsWith(myStatus, (it) => {
      this.#status = it
    })
  }

  draw(view, meeting) {
    const id = this.#current(view, meeting)
    this.hidden = !id
    const ballot = view.ballots?.items[id]
    if (ballot) this.#turn(id, ballot)
    this.#place(id)
    if (!this.#waited(id, ballot)) comeBack("ballot")
    if (!ballot) return nothing
    return html`
      <p class="visually-hidden" role="status" aria-live="assertive">${spoken(ballot)}</p>
      ${
        this.#small
          ? this.#strip(ballot)
          : html`
        <section class="ballot" aria-label=${kindOfBallot(ballot)}>
          <header class="ballot-head">
            <span class="badge ${ballot.secret ? "warn" : "info"}">${icon(ballot.secret ? "lock" : "vote")}${kindOfBallot(ballot)}</span>
            <time-left .due=${ballot.state === "open" ? ballot.due_at : 0}></time-left>
            <button type="button" class="button quiet icon-only" aria-label=${t("Make the ballot small")} title=${t("Make the ballot small")}
              @click=${() => this.#setSmall(true)}>${icon("minimize")}</button>
          </header>
          <h2 class="ballot-question ${ballot.question.length > LONG ? "long" : ""}">${ballot.question}</h2>
          ${this.#face(id, ballot, view, meeting)}
        </section>`
      }`
  }

  /** The open ballot; else the last one that is over, while it is new here and has not been put away. */
  #current({ ballots }, meeting) {
    if (!ballots) return undefined
    if (ballots.open) {
      this.#seen.add(ballots.open)
      return ballots.open
    }
    const last = lastOver(ballots, meeting.now(), this.#seen)
    return last && !this.#away?.has(`${last}/${ballots.items[last].state}`) ? last : undefined
  }

  /** A ballot that opens, or whose result is out, comes forward; what was chosen for another one is forgotten. */
  #turn(id, { state }) {
    const at = `${id}/${state}`
    if (at === this.#at) return
    const same = this.#at.startsWith(`${id}/`)
    this.#at = at
    if (!same) [this.#picked, this.#text] = [[], ""]
    if (!same && state === "open") {
      standAside("ballot", this)
      for (const drawer of document.querySelectorAll("side-drawer")) drawer.close()
    }
    this.#changing = false
    if (!same || state !== "closed") this.#small = false
  }

  /** Whether a vote is waited for here, over everything else. */
  #waited(id, ballot) {
    const known = this.#status?.ballots[id]
    return ballot?.state === "open" && !this.#small && !(known && (known.voted || !known.may_vote) && !this.#changing)
  }

  #face(id, ballot, view, meeting) {
    const code = ballot.secret && receiptOf(meeting.id, id, meeting.me.id)
    const known = this.#status?.ballots[id]
    switch (ballot.state) {
      case "open":
        return this.#open(id, ballot, view, { code, known })
      case "closed":
        return html`${counting(ballot)}${this.#late(known)}`
      case "annulled":
        return html`${annulled(ballot)}${this.#done()}`
      default:
        return html`${published(ballot, view, { code, voted: known?.voted })}${this.#done()}`
    }
  }

  #open(id, ballot, view, { code, known }) {
    const { meeting } = this
    const cast = html`<p class="ballot-cast">${t("Voted: {cast} of {voters}", ballot)}</p>`
    if (known?.voted && !this.#changing) {
      const change =
        known.may_vote &&
        (() => {
          this.#changing = true
          this.#picked = known.choices || []
          this.#text = known.text || ""
          this.redraw()
        })
      return html`${voted(ballot, known, { code, change, meeting })}${cast}`
    }
    if (may(ballot, known, view, meeting.me)) return html`${mode(ballot)}${cast}${paper(ballot, this.#ui(id, ballot))}`
    return html`${mayNot(ballot, known, meeting.me, () => attempt(meeting.send("check_in", { mode: usualMode(view, meeting.me.site) })))}${cast}`
  }

  #ui(id, ballot) {
    return {
      picked: this.#picked,
      text: this.#text,
      busy: this.#busy,
      pick: (key) => {
        this.#pick(key, ballot)
        this.#wants = key === "other"
        this.redraw()
      },
      write: (text) => {
        this.#text = text
        this.redraw()
      },
      cast: () => this.#cast(id, ballot),
      keep:
        this.#changing &&
        (() => {
          this.#changing = false
          this.redraw()
        }),
    }
  }

  #pick(key, { choose = 1 }) {
    if (choose === 1) this.#picked = [key]
    else
      this.#picked = this.#picked.includes(key)
        ? this.#picked.filter((one) => one !== key)
        : [...this.#picked, key].slice(0, choose)
  }

  async #cast(ballot, { secret, choose = 1 }) {
    if (this.#busy) return
    const { meeting } = this
    const choices = this.#picked
    const text = choices.includes("other") ? this.#text.trim() : ""
    this.#busy = true
    this.redraw()
    const answer = await attempt(
      meeting.send("cast_vote", { ballot, choice: choose > 1 ? choices : choices[0], ...(text && { text }) }),
    )
    this.#busy = false
    if (answer) {
      if (answer.receipt) keepReceipt(meeting.id, ballot, meeting.me.id, answer.receipt)
      this.#status?.voted(ballot, secret ? { secret } : { choices, text })
      // Of a secret choice nothing stays on this device.
      ;[this.#picked, this.#text, this.#changing] = [[], "", false]
    } else this.#status?.ask()
    this.redraw()
  }

  /** Another face begins at its top; where words are needed, the field is where the eye is. */
  drawn() {
    const face = this.querySelector(".ballot")
    const now = face && `${this.#at} ${face.querySelector(".ballot-paper") ? "paper" : ""}`
    if (face && now !== this.#shown) face.scrollTop = 0
    this.#shown = now
    const field = this.#wants && this.querySelector("#ballot-words")
    if (field) {
      field.focus()
      field.closest(".ballot").scrollTop = 10000
    }
    this.#wants = false
  }

  /** Chosen, and not sent before the end: said, and what was written is not thrown away. */
  #late(known) {
    if (!this.#picked.length || known?.voted) return nothing
    return html`<p class="notice warn">${icon("triangle-alert")}<span>${t("Voting ended before your vote was sent.")}${this.#text ? html`<br>${this.#text}` : nothing}</span></p>`
  }

  #done() {
    return html`<button type="button" class="button big wide ballot-done" @click=${() => {
      this.#away.add(this.#at)
      this.redraw()
    }}>${t("Close")}</button>`
  }

  #strip({ state, due_at: due, question }) {
    return html`<button type="button" class="ballot-strip" @click=${() => this.#setSmall(false)}>
      ${icon("vote", { kind: "large" })}<span class="grow"><b>${state === "open" ? t("Voting is open") : t("Ballot")}</b><small>${question}</small></span>
      <time-left .due=${state === "open" ? due : 0}></time-left>${icon("chevron-up")}</button>`
  }

  #setSmall(small) {
    this.#small = small
    this.redraw()
  }

  #place(id) {
    this.classList.toggle("small", this.#small)
    this.parentElement.classList.toggle("with-ballot", Boolean(id) && !this.#small)
  }
}

/** What a screen reader says when the card comes forward, once for each state. */
function spoken({ state, question, result, secret }) {
  if (state === "open") return t("{kind} is open: {question}", { kind: kindOfBallot({ secret }), question })
  if (state === "closed") return t("Voting has ended.")
  return result ? `${verdictWord(result.verdict)}. ${sentenceOf(result)}` : t("This ballot has been annulled.")
}

customElements.define("ballot-card", BallotCard)
