/** <whisper-line>: what the secretary whispers to the chair: one line, gone when it has been read. */

import { attempt } from "../../lib/attempt.js"
import { html, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { presides } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class WhisperLine extends Part {
  watches = ["notices", "roll"]
  emptyAtFirst = true

  draw(view, meeting) {
    const { order = [], notices = {} } = view.notices ?? {}
    const said = presides(meeting.me) ? order.filter((id) => notices[id].to === "chair") : []
    this.classList.toggle("empty", !said.length)
    return html`<div role="status" aria-live="polite">${repeat(
      said,
      (id) => id,
      (id) => html`
      <p class="whisper">${icon("message-square")}<span class="grow"><small>${nameOf(view, notices[id].by)}</small>${notices[id].text}</span>
        <button class="button" @click=${() => attempt(meeting.send("take_notice_back", { notice: id }))}>${icon("check")}${t("I have read it")}</button></p>`,
    )}</div>`
  }
}

customElements.define("whisper-line", WhisperLine)
