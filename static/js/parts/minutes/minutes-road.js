/** Where the record stands on its way to issue, and the next step as a button for whoever may take it. */

import { attempt } from "../../lib/attempt.js"
import { confirm, prompt } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { conducts, isStaff, presides } from "../../meeting/rights.js"
import { Part } from "../core/part.js"
import { showChanges, showVersions } from "./minutes-changes.js"
import { doubtWords } from "./minutes-doubts.js"
import { saving } from "./minutes-saving.js"
import { source } from "./minutes-source.js"
import { sendMinutes } from "./send-minutes.js"

const STEPS = ["writing", "review", "submitted", "approved", "final", "issued"]

/** The final file was made before it had a number, and nobody has put it there. */
function waitsForStamp({ numbers, documents, document }) {
  const taken = numbers.find((each) => each.document === document && !each.void)
  const made = documents[document]
  return taken && !taken.printed && !made?.stamped && !made?.signatures.some((each) => each.at >= taken.at)
}

const sentence = (text) => (/[.!?…]$/.test(text) ? text : `${text}.`)

export class MinutesRoad extends Part {
  watches = ["review", "meeting", "record", "roll"]

  started() {
    this.listensTo(saving, "state")
  }

  draw(view, meeting) {
    const review = view.review ?? {}
    if (!review.standing || !isStaff(meeting.me)) return this.#forReaders(review)
    const now = STEPS.indexOf(review.standing)
    // Comments that nobody was asked for are no step that was taken.
    const taken = (n) => n < now && (STEPS[n] !== "review" || Boolean(review.rounds?.length))
    const words = [t("Writing"), t("Comments"), t("With the chair"), t("Approved"), t("Final"), t("Issued")]
    return html`
      <ol class="road" aria-label=${t("Where the record stands")}>${words.map(
        (
          word,
          n,
        ) => html`<li class=${taken(n) ? "done" : n === now ? "now" : ""} aria-current=${n === now ? "step" : nothing}>
          <span class="road-dot">${taken(n) ? icon("check") : n + 1}</span><span class="road-word">${word}</span></li>`,
      )}</ol>
      <div class="road-next">
        <p class="grow">${this.#standing(view, review)}</p>
        <div class="buttons">${this.#steps(view, review, meeting)}
          ${
            view.record?.minutes?.version > 1 || Object.keys(review.finals).length
              ? html`<button type="button" class="button quiet" @click=${() => showVersions(meeting)}>${icon("history")}${t("Versions")}</button>`
              : nothing
          }</div>
      </div>`
  }

  /** Members read the minutes that count, and hear which these are. */
  #forReaders({ replacing, replaced = [] }) {
    if (!replacing && !replaced.length) return nothing
    return html`<div class="road-next"><p class="grow">${
      replacing
        ? t("The issued minutes are being written anew: {reason} Until the new ones are issued, these count.", {
            reason: sentence(replacing.reason),
          })
        : nothing
    }${replaced.map(
      ({ document, number, reason }) =>
        html`${number ? t("These minutes replace No. {number}: {reason}", { number, reason: sentence(reason) }) : t("These minutes replace the ones issued before: {reason}", { reason: sentence(reason) })}
        <a class="link" href="/issued/${document}">${t("The replaced minutes")}</a>`,
    )}</p></div>`
  }

  /** What there is to know about the step that it stands at. */
  #standing(view, review) {
    const step = this.#step(view, review)
    const { replacing } = review
    if (!replacing) return step
    const words = replacing.number
      ? t("In place of No. {number}, which counts until these are issued: {reason}", {
          number: replacing.number,
          reason: replacing.reason,
        })
      : t("In place of the issued minutes, which count until these are issued: {reason}", { reason: replacing.reason })
    return html`${step} <span class="help block">${words} <a class="link" href="/issued/${replacing.document}">${t("The issued minutes")}</a></span>`
  }

  #step(view, review) {
    const { comments, returned, submitted, rounds } = review
    const last = rounds[rounds.length - 1]
    if (review.standing === "review")
      return t("Comments are taken until {time}: {n} so far.", { time: moment(last.until), n: comments.all })
    if (review.standing === "submitted") return t("Laid before the chair at {time}.", { time: moment(submitted.at) })
    if (review.standing === "approved")
      return review.number ? t("Approved; number {number}.", { number: review.number }) : t("Approved; no number yet.")
    if (review.standing === "final" || review.standing === "issued") return this.#final(view, review)
    if (returned) return t("The chair gave them back: {reason}", { reason: returned.reason })
    if (comments.unanswered)
      return tn("{n} comment waits for an answer.", "{n} comments wait for an answer.", comments.unanswered)
    if (last?.ended_at) return t("Comments ended: {agreed} agreed, {silent} silent.", last)
    return t("Not sent to anybody yet.")
  }

  #final(view, review) {
    const names = Object.keys(review.acknowledged).map((id) => view.roll.people[id]?.name ?? "")
    const number = review.number ? t("Number {number}.", { number: review.number }) : t("No number yet.")
    return html`${number} ${names.length ? html`<span class="help block">${t("Internal acknowledgement, not a digital signature: {names}", { names: names.join(", ") })}</span>` : nothing}`
  }

  #steps(view, review, meeting) {
    const { me } = meeting
    if (view.meeting.status !== "closed" || !conducts(me)) return nothing
    const copy = `/meetings/${meeting.id}/review`
    const { comments, rounds } = review
    const answer = html`<a class="button ${comments.unanswered ? "primary" : ""}" href=${copy}>${icon("message-square")}${comments.unanswered ? t("Answer comments") : t("Comments")}</a>`
    switch (review.standing) {
      case "writing": {
        const ready = rounds.length > 0 && !comments.unanswered
        const { replacing } = review
        return html`
          ${rounds.length ? answer : nothing}
          ${replacing?.withdrawable && replacing.by === me.id ? this.#button("quiet", "undo-2", t("Keep the issued ones"), () => this.#withdraw(replacing)) : nothing}
          ${presides(me) ? this.#button("quiet", "history", t("What changed"), () => showChanges(meeting)) : nothing}
          ${this.#button(rounds.length || presides(me) ? "" : "primary", "send", t("Send for comments"), () => this.#send(view))}
          ${comments.unanswered || presides(me) ? nothing : this.#button(ready ? "primary" : "", "send", t("Lay before the chair"), () => this.#submit())}`
      }
      case "review":
        return html`${answer}${this.#button("", "hourglass", t("End the term now"), () => this.#end())}`
      case "submitted":
        return presides(me)
          ? html`${this.#button("", "history", t("What changed"), () => showChanges(meeting))}${this.#button("", "undo-2", t("Give back"), () => this.#giveBack())}`
          : nothing
      case "approved":
        return html`
          ${review.number ? nothing : this.#button("primary", "list-ordered", t("Give a number"), () => this.#number())}
          ${this.#button(review.number ? "primary" : "", "file-text", t("Make the final files"), () => this.#finalise(view))}`
      case "final":
        return html`
          ${review.acknowledged[me.id] ? nothing : this.#button("", "badge-check", t("Acknowledge"), () => this.#acknowledge())}
          ${
            waitsForStamp(review)
              ? this.#button("primary", "stamp", t("Put the number into the file"), () => this.#stamp(review))
              : review.number
                ? this.#button("primary", "stamp", t("Issue"), () => this.#issue(review.replacing))
                : this.#button("primary", "list-ordered", t("Give a number"), () => this.#number())
          }`
      case "issued":
        return html`<a class="button" href="/issued/${review.document}">${icon("badge-check")}${t("Signatures")}</a>
          ${presides(me) ? this.#button("", "pen-line", t("Write them anew"), () => this.#reopen(review)) : nothing}`
      default:
        return nothing
    }
  }

  #button(kind, sign, words, act) {
    return html`<button type="button" class="button ${kind}" ?disabled=${!["saved", undefined].includes(saving.state)} @click=${act}>${icon(sign)}${words}</button>`
  }

  #wish(name, args = {}) {
    return attempt(this.meeting.send(name, args))
  }

  async #send(view) {
    const args = await sendMinutes(view, this.meeting)
    if (args && (await this.#wish("send_minutes", args))) toast(t("The copy has been sent."), { kind: "good" })
  }

  async #end() {
    const yes = await confirm({
      title: t("End the term for comments?"),
      text: t("Who has said nothing by now is recorded as having no comment."),
      yes: t("End the term now"),
    })
    if (yes) await this.#wish("end_review")
  }

  async #submit() {
    const { minutes } = await source
    const doubtful =
      minutes?.doubts.length &&
      !(await confirm({
        title: t("Lay the minutes before the chair?"),
        text: doubtWords(minutes),
        yes: t("Lay before the chair"),
        no: t("Look at them first"),
      }))
    if (doubtful) return
    if (await this.#wish("submit_minutes")) toast(t("The minutes lie before the chair."), { kind: "good" })
  }

  async #giveBack() {
    const reason = await prompt({
      title: t("Give the minutes back?"),
      label: t("Reason"),
      multiline: true,
      yes: t("Give back"),
    })
    if (reason) await this.#wish("return_minutes", { reason })
  }

  async #number() {
    if (await this.#wish("take_number", { document: "bien_ban" })) toast(t("The number is taken."), { kind: "good" })
  }

  async #finalise(view) {
    const yes = await confirm({
      title: t("Make the final files?"),
      text: view.review.number
        ? t("PDF and Word file are made once and kept as they are; nothing changes them any more.")
        : t("No number has been taken: room is left for it. The files are made once and kept as they are."),
      yes: t("Make the final files"),
    })
    const { version } = view.record.minutes
    if (yes && (await this.#wish("finalise_minutes", { version }))) toast(t("The minutes are final."), { kind: "good" })
  }

  async #acknowledge() {
    const question = {
      title: t("Acknowledge the final minutes?"),
      text: t("An internal acknowledgement, not a digital signature. It is printed nowhere."),
      yes: t("Acknowledge"),
    }
    if (await confirm(question)) await this.#acknowledgeWith(question, {})
  }

  /** Who has a PIN is asked for it, until it is right or they give up. */
  async #acknowledgeWith(question, args) {
    try {
      await this.meeting.send("acknowledge_minutes", args)
    } catch (problem) {
      if (!["pin_needed", "pin_wrong"].includes(problem.code)) return attempt(Promise.reject(problem))
      const help = problem.code === "pin_wrong" ? problem.message : undefined
      const pin = await prompt({ ...question, label: t("Your PIN"), help, secret: true })
      if (pin) await this.#acknowledgeWith(question, { pin })
    }
  }

  async #stamp({ number }) {
    const yes = await confirm({
      title: t("Put number {number} into the final file?", { number }),
      text: t(
        "It stands in the room that was left for it; signatures in the file stay valid. The agency signs after it.",
      ),
      yes: t("Put the number into the file"),
    })
    if (yes && (await this.#wish("stamp_number", { document: "bien_ban" })))
      toast(t("The number is in the file."), { kind: "good" })
  }

  async #issue(replacing) {
    const yes = await confirm({
      title: t("Issue the minutes?"),
      text: replacing
        ? t("From then on the minutes issued before are marked as replaced by these.")
        : t("Once issued they cannot be unlocked any more, only replaced."),
      yes: t("Issue"),
    })
    if (yes) await this.#wish("issue_document", { document: "bien_ban" })
  }

  async #reopen({ number }) {
    const reason = await prompt({
      title: t("Write the issued minutes anew?"),
      text: number
        ? t(
            "No. {number} stays as it is, and counts until the new minutes are issued. These are a draft, and get a number and signatures of their own. Everybody of the meeting is told the reason.",
            { number },
          )
        : t(
            "The issued minutes stay as they are, and count until the new ones are issued. These are a draft, and get a number and signatures of their own. Everybody of the meeting is told the reason.",
          ),
      label: t("What is wrong in them"),
      multiline: true,
      yes: t("Write them anew"),
    })
    if (reason) await this.#wish("reopen_minutes", { reason })
  }

  async #withdraw({ number }) {
    const yes = await confirm({
      title: t("Keep the issued minutes?"),
      text: number
        ? t("No. {number} goes on to count as it is; the draft of a new version, in which nothing was changed, goes.", {
            number,
          })
        : t("They go on to count as they are; the draft of a new version, in which nothing was changed, goes."),
      yes: t("Keep the issued ones"),
    })
    if (yes && (await this.#wish("withdraw_reopening")))
      toast(t("The issued minutes count as before."), { kind: "good" })
  }
}

customElements.define("minutes-road", MinutesRoad)
