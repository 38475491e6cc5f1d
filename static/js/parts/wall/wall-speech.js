/** <wall-speech>: who speaks and how long still, on the big screen: the whole of it, or a strip beside the page (`strip`). */

import { left, mood, shown, spent } from "../../lib/countdown.js"
import { kindWord } from "../floor/floor-words.js"
import { html, nothing } from "../../lib/html.js"
import { officeOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { itemInHand } from "../agenda/agenda-title.js"
import { SpeechPart } from "../floor/speech-part.js"

export class WallSpeech extends SpeechPart {
  watches = ["floor", "agenda", "meeting"]

  draw(view, meeting) {
    const speech = view.floor?.speech
    this.dataset.mood = speech ? mood(speech, meeting.now()) : "idle"
    if (!speech)
      return html`<div class="wall-idle"><p class="wall-kind">${t("Discussion")}</p><h2 class="wall-question">${itemInHand(view) || view.meeting.title}</h2></div>`
    const now = meeting.now()
    const rest = left(speech, now)
    const office = officeOf(speech)
    return html`
      <div class="speech-head">
        ${this.hasAttribute("strip") ? nothing : html`<p class="wall-kind">${itemInHand(view) || kindWord(speech.kind)}</p>`}
        <h2>${speech.name}</h2>${office ? html`<p class="speech-title">${office}</p>` : nothing}</div>
      <p class="speech-left"><b>${rest === undefined ? shown(spent(speech, now)) : shown(rest)}</b><small>${word(this.dataset.mood, speech)}</small></p>
      ${speech.seconds ? html`<span class="speech-line" aria-hidden="true"><i></i></span>` : nothing}`
  }

  drawn() {
    const bar = this.querySelector(".speech-line > i")
    const speech = this.meeting?.view?.floor?.speech
    if (bar && speech)
      bar.style.width = `${Math.max(0, Math.min(100, left(speech, this.meeting.now()) / speech.seconds / 10))}%`
  }
}

function word(how, { paused_at: paused }) {
  if (paused) return t("paused")
  if (how === "over") return t("time is up")
  return how === "free" ? t("spoken") : t("time left")
}

customElements.define("wall-speech", WallSpeech)
