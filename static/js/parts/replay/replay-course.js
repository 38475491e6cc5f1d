/** <replay-course>: what happened, one mark a line, with where we are; a line that is pressed is gone to. */

/** @import { ReplayLine } from "../../meeting/replay-line.js" */

import { classMap, html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { roam } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { countUpTo } from "../../meeting/playback.js"
import { Part } from "../core/part.js"
import { isLarge, signOf, wordsOf } from "./mark-words.js"

export class ReplayCourse extends Part {
  /** @type {ReplayLine} */
  line = undefined

  #now = -1
  #stop = undefined

  started() {
    this.listensTo(this.line, "time", () => {
      if (this.#place() !== this.#now) this.redraw()
    })
  }

  waiting() {
    return nothing
  }

  draw() {
    const { marks } = this.line
    this.#now = this.#place()
    const stop = this.#stop ?? Math.max(0, this.#now)
    return html`
      <h2>${t("What has happened")}</h2>
      <ol class="replay-lines" @keydown=${(event) => roam(event, ".replay-go", "column")}>${repeat(
        marks,
        (_mark, n) => n,
        (mark, n) => html`
        <li><button type="button" class=${classMap({ "replay-go": true, large: isLarge(mark), [mark.kind]: true, past: n < this.#now })}
          tabindex=${n === stop ? 0 : -1} aria-current=${n === this.#now ? "step" : nothing}
          @focus=${() => {
            this.#stop = n
          }} @click=${() => this.#go(mark)}>
          <time>${clock(mark.at)}</time>${icon(signOf(mark))}<span>${wordsOf(mark)}</span></button></li>`,
      )}</ol>`
  }

  /** The line of now is kept in sight, unless somebody is looking through the list. */
  drawn() {
    const now = this.querySelector("[aria-current]")
    if (!now || !this.clientHeight || this.matches(":hover") || this.contains(document.activeElement)) return
    const [list, line] = [this.getBoundingClientRect(), now.getBoundingClientRect()]
    if (line.top < list.top + 48 || line.bottom > list.bottom - 48)
      this.scrollTop += line.top - list.top - list.height / 3
  }

  #go(mark) {
    this.line.seek(mark.at)
    this.dispatchEvent(new CustomEvent("gone", { bubbles: true }))
  }

  #place() {
    const { playback, marks } = this.line
    return playback
      ? countUpTo(
          marks.map(({ at }) => at),
          playback.at,
        ) - 1
      : -1
  }
}

customElements.define("replay-course", ReplayCourse)
