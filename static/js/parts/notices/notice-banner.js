/** <notice-banner>: what the secretary says to everybody, to my site or to me, until I have read it or it is taken back. */

import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { myStatus } from "../../meeting/my-status.js"
import { Dismissed } from "../../meeting/dismissed.js"
import { Part } from "../core/part.js"

export class NoticeBanner extends Part {
  watches = ["notices", "roll", "meeting"]
  emptyAtFirst = true

  #away
  #status

  started(meeting) {
    this.#away = new Dismissed("notices-read", meeting)
    this.drawsWith(myStatus, (it) => {
      this.#status = it
    })
  }

  draw(view, meeting) {
    const unread = noticesFor(view, meeting.me, this.#status?.words)
      .filter(({ id }) => !this.#away?.has(id))
      .reverse()
    this.classList.toggle("empty", !unread.length)
    // One at a time: under it lies the page.
    const [first, ...others] = unread
    return html`<div role="status" aria-live="polite" class="notices">${repeat(
      first ? [first] : [],
      ({ id }) => id,
      ({ id, text, to, at }) => html`
      <div class="notice-line">
        ${icon("megaphone")}
        <p><small>${whom(to, meeting.me)} · ${clock(at)}${others.length ? html` · ${t("{n} more to read", { n: others.length })}` : nothing}</small>${text}</p>
        <button type="button" class="button" @click=${() => {
          this.#away.add(id)
          this.redraw()
        }}>${t("I have read it")}</button>
      </div>`,
    )}</div>`
  }
}

/**
 * The notices that are meant for me, the oldest first: [{id, text, to, at}]. The whisper to the chair is not one.
 * `words` (my-status.js) has the text of those that only I may read; until it has come, they wait.
 */
export function noticesFor({ notices }, me, words = {}) {
  return (notices?.order || [])
    .map((id) => ({ id, text: words[id], ...notices.notices[id] }))
    .filter(({ text }) => text)
    .filter(({ to }) => to === "all" || to === me.id || (me.site && to === me.site))
}

export function whom(to, me) {
  if (to === me.id) return t("To you")
  return to === "all" ? t("To everybody") : t("To this site")
}

customElements.define("notice-banner", NoticeBanner)
