/** Opening, adjourning, resuming and closing the meeting. What cannot be undone is asked first, with what it means. */

import { presides, wasHeld } from "../../meeting/rights.js"
import { attempt } from "../../lib/attempt.js"
import { mayAnnul, sorted } from "../ballots/ballot-state.js"
import { confirm, prompt, show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent } from "../../meeting/people.js"
import { quorumWords } from "../../meeting/quorum.js"
import { t, tn } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class MeetingControls extends Part {
  watches = ["meeting", "roll", "agenda"]
  emptyAtFirst = true

  draw({ meeting: { status } }, { id, me }) {
    if (!presides(me)) return nothing
    if (wasHeld(status))
      return html`<a class="button outline" href=${`/meetings/${encodeURIComponent(id)}/minutes`}>${icon("file-text")}${t("See the minutes")}</a>`
    if (status === "published")
      return html`<button class="button primary open-meeting" @click=${() => this.#open()}>${icon("play")}${t("Open the meeting")}</button>`
    if (status === "live") {
      return html`
        <button class="button quiet adjourn" @click=${() => this.#adjourn()}>${icon("coffee")}<span>${t("Adjourn")}</span></button>
        <button class="button outline close-meeting" @click=${() => this.#close()}>${t("Close the meeting")}</button>`
    }
    if (status === "adjourned") {
      return html`
        <button class="button primary resume" @click=${() => this.#send("resume_meeting")}>${icon("play")}${t("Resume")}</button>
        <button class="button outline close-meeting" @click=${() => this.#close()}>${t("Close the meeting")}</button>`
    }
    return nothing
  }

  async #open() {
    // A case is reported to whoever is there: nothing hangs on a number, and every screen follows only what is shown.
    if (this.meeting.view.meeting.kind === "case_report" && !withMe(this.meeting).quorum?.needed)
      return this.#send("open_meeting")
    const { members, present, waiting, quorum } = withMe(this.meeting)
    const missing = waiting ? ` ${tn("{n} has not been called yet.", "{n} have not been called yet.", waiting)}` : ""
    const yes = await confirm({
      title: quorum?.met === false ? t("Open the meeting without a quorum?") : t("Open the meeting?"),
      text: html`${t("{present} of {members} are present.", { present, members })}${missing} ${t("From now on every screen follows you.")}
        ${
          quorum
            ? html`<span class="notice ${quorum.met ? "good" : "warn"} quorum-notice">${icon(quorum.met ? "circle-check" : "triangle-alert")}
          <span>${quorumWords(quorum)} ${quorum.met ? "" : t("Opening all the same is the chair's decision and stands in the minutes.")}</span></span>`
            : nothing
        }`,
      yes: quorum?.met === false ? t("Open the meeting all the same") : t("Open the meeting"),
      no: t("Not yet"),
    })
    return yes && this.#send("open_meeting")
  }

  async #adjourn() {
    const yes = await confirm({
      title: t("Adjourn the meeting?"),
      text: t("The page stays where it is. Nobody can turn it until you resume."),
      yes: t("Adjourn"),
      no: t("Go on with the meeting"),
    })
    if (yes) this.#send("adjourn_meeting")
  }

  async #close() {
    const { ballots } = this.meeting.view
    if (sorted(ballots).waiting.length && !(await settled(this.meeting))) return
    const { order, items } = this.meeting.view.agenda
    const left = order.filter((id) => items[id].status !== "done").length
    const open = left
      ? `${tn("{n} item of the agenda is not finished.", "{n} items of the agenda are not finished.", left)} `
      : ""
    const yes = await confirm({
      title: t("Close the meeting?"),
      text: `${open}${t("After closing, nothing is shown on the screens any more and no vote can be taken. The minutes are still in work. This cannot be undone.")}`,
      yes: t("Close the meeting"),
      no: t("Go on with the meeting"),
      danger: true,
    })
    if (yes) this.#send("close_meeting")
  }

  #send(name) {
    return attempt(this.meeting.send(name))
  }
}

/** Every result that waits is published, left unpublished or annulled, one after the other; false if the chair stops. */
async function settled(meeting) {
  for (const ballot of sorted(meeting.view.ballots).waiting) {
    const held = meeting.view.ballots.items[ballot]
    const { question, result, decision } = held
    const undecided = result?.verdict === "opinion" && !decision
    const answer = await show(
      (close) => html`
      <div class="dialog-body"><h2>${t("A result has not been published")}</h2><p><b>${question}</b></p>
        <p>${t("What becomes of it, before the meeting is closed?")}</p>
        <div class="buttons stacked unpublished">
          <button class="button wide primary" type="button" ?disabled=${undecided} @click=${() => close("publish_result")}>${icon("megaphone")}${t("Publish the result")}</button>
          ${undecided ? html`<p class="help">${t("The chair's decision has to be recorded before it is published.")}</p>` : nothing}
          <button class="button wide" type="button" @click=${() => close("keep_result")}>${icon("archive")}${t("Leave unpublished")}</button>
          ${mayAnnul(held) ? html`<button class="button wide danger" type="button" @click=${() => close("annul_ballot")}>${icon("ban")}${t("Annul the ballot")}</button>` : nothing}
        </div></div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Go on with the meeting")}</button></div>`,
    )
    if (!answer) return false
    const reason =
      answer === "annul_ballot"
        ? await prompt({
            title: t("Annul the ballot"),
            text: question,
            label: t("Reason"),
            multiline: true,
            yes: t("Annul the ballot"),
          })
        : ""
    if (answer === "annul_ballot" && !reason) return false
    if (!(await attempt(meeting.send(answer, { ballot, ...(reason && { reason }) })))) return false
  }
  return true
}

/** The roll as it stands when I have opened: who opens the meeting is present. */
function withMe({
  me,
  view: {
    roll: { counts, quorum },
  },
}) {
  const [came, called] = [Number(!isPresent(me)), Number(me.state === "waiting")]
  const present = quorum?.present + came
  return {
    ...counts,
    present: counts.present + came,
    waiting: counts.waiting - called,
    quorum: quorum && { ...quorum, present, met: present >= quorum.needed },
  }
}

customElements.define("meeting-controls", MeetingControls)
