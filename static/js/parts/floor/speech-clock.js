/** <speech-clock>: who has the floor and how much time is left; large on the speaker's own screen, small on others. */

import { left, mood, shown, spent } from "../../lib/countdown.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { kindSign, kindWord } from "./floor-words.js"
import { officeOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { SpeechPart } from "./speech-part.js"

/** `large` (attribute): as the speaker sees it, on whatever screen (the chair's). */
export class SpeechClock extends SpeechPart {
  watches = ["floor"]
  // Nothing here can be pressed: the time goes on under a finger too.
  waitsForTouch = false

  draw({ floor }, meeting) {
    const speech = floor?.speech
    this.hidden = !speech
    // The top line of a room makes a second row of it where it does not fit into the first.
    this.parentElement.classList.toggle("with-speech", Boolean(speech))
    if (!speech) return nothing
    const now = meeting.now()
    const own = speech.person === meeting.me.id
    const office = officeOf(speech)
    const how = mood(speech, now)
    const rest = left(speech, now)
    this.dataset.mood = how
    this.classList.toggle("large", own || this.hasAttribute("large"))
    return html`
      <p class="speech-who">${icon(kindSign(speech.kind))}<span>
        <b>${own ? t("You have the floor") : speech.name}</b>
        ${own ? this.#kind(speech) : office ? html`<small>${office}</small>` : nothing}</span></p>
      <p class="speech-time" role="timer" aria-label=${rest === undefined ? t("Time spoken") : t("Time left")}>
        ${how === "paused" || speech.paused_at ? html`<small>${icon("pause")}<span>${t("paused")}</span></small>` : nothing}
        ${rest === undefined ? html`<small class="speech-spent">${t("spoken")}</small>` : nothing}
        <b>${rest === undefined ? shown(spent(speech, now)) : shown(rest)}</b></p>
      ${speech.seconds ? html`<span class="speech-bar" aria-hidden="true"><i></i></span>` : nothing}
      <span class="visually-hidden" role="status" aria-live=${own ? "assertive" : "off"}>${own ? said(how) : ""}</span>`
  }

  drawn() {
    const bar = this.querySelector(".speech-bar > i")
    const speech = this.meeting?.view?.floor?.speech
    if (bar && speech)
      bar.style.width = `${Math.max(0, Math.min(100, left(speech, this.meeting.now()) / speech.seconds / 10))}%`
  }

  #kind({ kind, seconds }) {
    const words = [
      kind === "speak" ? "" : kindWord(kind),
      seconds ? t("Time allowed: {time}", { time: shown(seconds * 1000) }) : t("No time limit"),
    ]
    return html`<small>${words.filter(Boolean).join(" · ")}</small>`
  }
}

/** What is said aloud to the speaker, once each. */
function said(how) {
  switch (how) {
    case "last":
      return t("Less than half a minute left.")
    case "over":
      return t("Your time is up.")
    case "paused":
      return t("Your time stands still.")
    default:
      return ""
  }
}

customElements.define("speech-clock", SpeechClock)
