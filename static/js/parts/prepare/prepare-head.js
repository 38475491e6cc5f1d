/** What is being prepared: title, time and state, the line to the server, and the way back to the meeting's page. */

import { presides } from "../../meeting/rights.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import * as time from "../../lib/time.js"
import { kindWord, statusSign, statusTone, statusWord } from "../../meeting/meeting-words.js"
import "../core/connection-lamp.js"
import { Part } from "../core/part.js"
import { mayPrepare } from "./prepare-right.js"

export class PrepareHead extends Part {
  watches = ["meeting", "roll"]
  emptyAtFirst = true

  // The agenda below says that it is loading, or why not.

  draw(view, meeting) {
    const { title, kind, status, starts_at, place } = view.meeting
    document.title = `${t("Prepare")} · ${title || t("Meeting without a title")}`
    return html`
      <header class="page-head">
        <div class="grow">
          <p class="kicker">${t("Preparation")}<span class="badge ${statusTone(status)}">${icon(statusSign(status))}${statusWord(status)}</span></p>
          <h1>${title || t("Meeting without a title")}</h1>
          <p class="with-dots help">
            <span>${kindWord(kind)}</span><span>${time.weekday(starts_at)}, ${time.date(starts_at)}, ${time.hour(starts_at)}</span>
            ${place ? html`<span>${place}</span>` : nothing}
          </p>
        </div>
        <div class="buttons">
          <connection-lamp></connection-lamp>
          <a class="button" href="/meetings/${meeting.id}/readiness">${icon("clipboard-check")}${t("Ready 100 %")}</a>
          <a class="button" href="/meetings/${meeting.id}">${icon("eye")}${t("Meeting page")}</a>
        </div>
      </header>
      ${notice(view, meeting)}`
  }
}

function notice(view, meeting) {
  if (mayPrepare(view, meeting)) return nothing
  const chair = presides(meeting.me)
  const text = chair
    ? t("You can look through everything here; the secretary and the organiser make the changes.")
    : t("The meeting is over; nothing can be changed here any more.")
  return html`<p class="notice">${icon("eye")}<span>${text}</span></p>`
}

customElements.define("prepare-head", PrepareHead)
