/** <check-in>: the button with which I say that I am here, or who comes instead; gone once the roll knows it. */

import { attempt } from "../../lib/attempt.js"
import { choose } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { usualMode } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { hour } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { askReason } from "./excuse-reason.js"
import { Part } from "../core/part.js"
import { consentWord, proposeSubstitute, substituteOf } from "./substitute-form.js"

/** People come before the opening, not the day before. */
const EARLY = 90 * 60 * 1000

export class CheckIn extends Part {
  watches = ["meeting", "roll", "sites", "lamp"]
  emptyAtFirst = true

  #busy = false

  draw(view, meeting) {
    const { state } = meeting.me
    this.hidden = !now(view.meeting, meeting.now()) || !["waiting", "left", "excused"].includes(state)
    if (this.hidden) return nothing
    return html`<button type="button" class="button primary" aria-busy=${this.#busy} @click=${() => this.#sign(usualMode(view, meeting.me.site))}>
        ${icon("user-check")}<span>${state === "waiting" ? t("Check in") : t("Check in again")}${meeting.lamp.state === "offline" ? html`<small>${t("waits for the line")}</small>` : nothing}</span></button>
      <button type="button" class="button icon-only" aria-haspopup="dialog" aria-label=${t("Other ways: online, absent, a substitute")} @click=${() => this.#other()}>${icon("ellipsis-vertical")}</button>`
  }

  /** Not where one usually sits, or not at all. */
  async #other() {
    const { meeting } = this
    const { view, me } = meeting
    const entry = view.roll.people[me.id] || {}
    const usual = usualMode(view, me.site)
    const answer = await choose({
      title: t("Attendance"),
      text: entry.substitute
        ? t("Substitute: {who} ({consent}).", { who: substituteOf(entry), consent: consentWord(entry) })
        : undefined,
      options: [
        usual === "onsite"
          ? { value: "online", label: t("Check in online"), icon: "wifi" }
          : { value: "onsite", label: t("Check in on site"), icon: "circle-check" },
        { value: "substitute", label: t("Send a substitute"), help: t("With the chair's consent"), icon: "user-plus" },
        { value: "excuse", label: t("Report absent with a reason"), icon: "user-x" },
      ],
    })
    if (answer === "substitute") return proposeSubstitute(meeting)
    if (answer === "excuse") return this.#excuse()
    if (answer) return this.#sign(answer)
  }

  async #excuse() {
    const { meeting } = this
    const reason = await askReason({ name: meeting.me.name, reason: meeting.view.roll.people[meeting.me.id]?.reason })
    if (reason && (await attempt(meeting.send("excuse", { reason }))))
      toast(t("You are recorded as absent with a reason."))
  }

  async #sign(mode) {
    if (this.#busy) return
    const { meeting } = this
    this.#busy = true
    this.redraw()
    const done = await attempt(meeting.send("check_in", { mode }))
    this.#busy = false
    this.redraw()
    if (done) toast(t("Checked in at {time}.", { time: hour(meeting.now()) }))
  }
}

const now = ({ status, starts_at: starts }, time) =>
  status === "live" || status === "adjourned" || (status === "published" && time > starts - EARLY)

customElements.define("check-in", CheckIn)
