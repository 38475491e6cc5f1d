/** <ballot-desk>: ballots as the chair and the secretary run them. `wide` (attribute): all of them, with every button. */

import { attempt } from "../../lib/attempt.js"
import { sorted } from "./ballot-state.js"
import { verdictSign, verdictTone, verdictWord } from "./ballot-words.js"
import { confirm, prompt, show } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keyOf, withKey } from "../../lib/keys.js"
import { conducts, isOver, isStaff, presides } from "../../meeting/rights.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import "./ballot-card.js"
import { draftRow } from "./ballot-draft-row.js"
import { openForm } from "./ballot-form.js"
import { openOpening } from "./ballot-opening.js"
import { outcome } from "./ballot-result.js"
import { running } from "./ballot-running.js"
import { Part } from "../core/part.js"
import { openCount } from "./paper-count.js"

export class BallotDesk extends Part {
  watches = ["ballots", "roll", "agenda", "meeting", "sites"]
  emptyAtFirst = true

  draw(view, meeting) {
    const { status, secrecy = "none" } = view.meeting
    const wide = this.hasAttribute("wide")
    const { open, waiting, drafts, over } = sorted(view.ballots)
    const may = isStaff(meeting.me) && !isOver(status) && secrecy === "none"
    const any = open || waiting.length || drafts.length || over.length
    this.hidden = !wide && ((!may && !any) || status === "draft" || (status !== "live" && !waiting.length))
    if (!wide) this.#forward(Boolean(open || waiting.length))
    if (this.hidden) return nothing
    const at = (id) => view.ballots.items[id]
    const ui = (id) => this.#ui(id, at(id), wide)
    if (!wide) return this.#narrow({ open, waiting, drafts, over }, view, at, ui)
    return html`
      ${open ? running(at(open), view, ui(open)) : nothing}
      ${repeat(
        waiting,
        (id) => id,
        (id) => outcome(at(id), ui(id)),
      )}
      ${
        drafts.length
          ? html`<h2>${t("Drafts")}</h2>
        <ul class="desk-drafts">${repeat(
          drafts,
          (id) => id,
          (id) =>
            draftRow(id, at(id), view, {
              mayOpen: presides(meeting.me) && status === "live" && !open,
              may,
              first: id === drafts[0],
              open: () => this.#open(id),
              edit: () => this.#draft(id),
              drop: () => this.#drop(id, at(id)),
            }),
        )}</ul>`
          : nothing
      }
      ${any ? nothing : html`<p class="state empty">${icon("vote")}<span>${t("No ballot has been prepared yet.")}</span></p>`}
      ${may ? html`<button class="button big ${drafts.length ? "" : "primary"} desk-new" ?data-first=${!drafts.length} @click=${() => this.#draft()}>${icon("plus")}${t("Prepare a ballot")}</button>` : nothing}
      ${
        over.length
          ? html`<h2>${t("Finished ballots")}</h2>${repeat(
              over,
              (id) => id,
              (id) => html`
        <details class="desk-over"><summary>${this.#verdict(at(id))}<span class="grow">${at(id).question}</span></summary>${outcome(at(id), ui(id))}</details>`,
            )}`
          : nothing
      }`
  }

  #narrow({ open, waiting, drafts, over }, view, at, ui) {
    const { me } = this.meeting
    const last = over.find((id) => at(id).item === view.agenda.current)
    const calm = !open && !waiting.length
    return html`
      ${open ? running(at(open), view, ui(open)) : nothing}
      ${open ? nothing : waiting.map((id) => outcome(at(id), ui(id)))}
      ${
        calm
          ? html`<button class="button outline big wide desk-start" aria-keyshortcuts=${keyOf("V")} title=${withKey(t("Ballots"), "V")} @click=${() => openDesk()}>${presides(me) ? t("Put to the vote…") : t("Ballots…")}
        ${drafts.length ? html`<b class="desk-count" aria-label=${tn("{n} draft", "{n} drafts", drafts.length)}>${drafts.length}</b>` : nothing}</button>`
          : nothing
      }
      ${calm && last ? html`<button class="desk-last" @click=${() => openDesk()}>${this.#verdict(at(last))}<span class="grow">${at(last).question}</span></button>` : nothing}`
  }

  /** What waits for the chair rises at the foot of the column: in sight, and nothing else moves. */
  #forward(now) {
    this.classList.toggle("forward", now)
    this.closest(".side")?.classList.toggle("balloting", now)
  }

  #verdict({ state, result }) {
    if (state === "annulled") return html`<span class="badge bad">${icon("ban")}${t("Annulled")}</span>`
    return html`<span class="badge ${verdictTone(result.verdict)}">${icon(verdictSign(result.verdict))}${verdictWord(result.verdict)}</span>`
  }

  #ui(id, ballot, wide) {
    const { meeting } = this
    const { me } = meeting
    const send = (name, args = {}) => attempt(meeting.send(name, { ballot: id, ...args }))
    const on = ballot.roll?.includes(me.id)
    return {
      wide,
      presides: presides(me),
      mayEnd: presides(me),
      mayCount: conducts(me),
      myVote: !on ? "" : ballot.voted?.[me.id] ? "done" : "may",
      vote: () => openVote(),
      more: () => openDesk(),
      end: () => this.#end(ballot, send),
      count: () => openCount(meeting, id),
      publish: () => send("publish_result"),
      keep: () => this.#keep(ballot, send),
      decide: () => this.#decide(ballot, send),
      annul: () => this.#annul(ballot, send),
      again: () => openForm(meeting, { from: ballot }),
    }
  }

  /** A new draft, or the one named; it may be put to the vote at once. */
  async #draft(draft) {
    const id = await openForm(this.meeting, { id: draft })
    if (id) this.#open(id)
  }

  async #open(id) {
    if (await openOpening(this.meeting, id)) this.dispatchEvent(new CustomEvent("opened", { bubbles: true }))
  }

  async #drop(ballot, { question }) {
    const yes = await confirm({ title: t("Delete this draft?"), text: question, yes: t("Delete"), danger: true })
    if (yes) await attempt(this.meeting.send("drop_ballot", { ballot }))
  }

  async #end({ voters, cast }, send) {
    const n = voters - cast
    const yes = await confirm({
      title: t("Close the voting?"),
      text: `${n ? tn("{n} person has not voted yet.", "{n} people have not voted yet.", n) : t("Everybody has voted.")} ${t("A closed ballot is not opened again. The result is shown to you first; you publish it afterwards.")}`,
      yes: t("Close the voting"),
      no: t("Wait"),
    })
    if (yes) send("close_ballot")
  }

  async #decide({ question }, send) {
    const decision = await prompt({
      title: t("The chair's decision"),
      text: question,
      label: t("What the chair decides after the opinions"),
      multiline: true,
      yes: t("Record"),
    })
    if (decision) send("record_decision", { decision })
  }

  async #keep({ question }, send) {
    const yes = await confirm({
      title: t("Leave the result unpublished?"),
      text: `${question}. ${t("The minutes say that the vote was taken and its result not published. It can still be published later.")}`,
      yes: t("Leave unpublished"),
    })
    if (yes) send("keep_result")
  }

  async #annul({ question }, send) {
    const reason = await prompt({
      title: t("Annul the ballot"),
      text: question,
      label: t("Reason"),
      multiline: true,
      yes: t("Annul the ballot"),
      help: t("The reason stands in the minutes. A new round is a new ballot."),
    })
    if (reason && (await send("annul_ballot", { reason }))) toast(t("The ballot has been annulled."), { kind: "warn" })
  }
}

/** Everything about ballots over the page, for the chair. */
export function openDesk() {
  return show(
    (close) => html`
    <div class="dialog-body" @opened=${() => close()}><h2>${t("Ballots")}</h2><ballot-desk wide></ballot-desk></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true },
  )
}

/** One's own ballot paper, for those who run the meeting and vote as well. */
export function openVote() {
  return show(
    (close) => html`
    <div class="vote-dialog"><ballot-card></ballot-card></div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { label: t("My vote") },
  )
}

customElements.define("ballot-desk", BallotDesk)
