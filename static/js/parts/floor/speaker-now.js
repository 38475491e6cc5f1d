/** Who has the floor, with the clock and what the chair does about it: pause, one minute more, the end. A template. */

import { attempt } from "../../lib/attempt.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import "./speech-clock.js"

const MINUTE = 60

export function speakerNow({ floor }, meeting, may) {
  const { speech } = floor
  if (!speech) return nothing
  const send = (name, args) => () => attempt(meeting.send(name, args))
  return html`
    <div class="speaker-now">
      <speech-clock large></speech-clock>
      ${
        may
          ? html`<div class="speaker-acts">
        ${
          speech.paused_at
            ? html`<button class="button" @click=${send("resume_speech")}>${icon("play")}<span>${t("Go on")}</span></button>`
            : html`<button class="button" @click=${send("pause_speech")}>${icon("pause")}<span>${t("Pause")}</span></button>`
        }
        ${
          speech.seconds
            ? html`<button class="button more-time" aria-label=${t("One minute more")} title=${t("One minute more")}
          @click=${send("extend_speech", { seconds: MINUTE })}>+1′</button>`
            : nothing
        }
        <button class="button end-speech" @click=${send("end_speech")}>${icon("square")}<span>${t("End")}</span></button>
      </div>`
          : nothing
      }
    </div>`
}
