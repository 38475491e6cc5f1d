/** A site's line, for its technician: in step or not, how long a word takes, which page is painted here. */

import { hasPage } from "../../meeting/on-stage.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameAndTitle } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { ago, hour } from "../../lib/time.js"
import { Part } from "../core/part.js"

const STATES = {
  live: { look: "good", sign: "wifi", word: () => t("The line is good.") },
  late: { look: "warn", sign: "hourglass", word: () => t("The line is slow.") },
  connecting: { look: "warn", sign: "loader-circle", word: () => t("Connecting…") },
  offline: { look: "bad", sign: "wifi-off", word: () => t("The line is down. This screen comes back by itself.") },
  signed_out: { look: "bad", sign: "log-in", word: () => t("You have been signed out.") },
  another: { look: "bad", sign: "log-in", word: () => t("Somebody else has signed in.") },
  removed: { look: "bad", sign: "lock", word: () => t("You are not in this meeting.") },
}

export class LineState extends Part {
  watches = ["meeting", "stage", "roll", "sites"]
  #presence = undefined

  started(meeting) {
    const { signal } = this
    const ticking = setInterval(() => this.redraw(), 1000)
    signal.addEventListener("abort", () => clearInterval(ticking))
    this.listensTo(meeting, "lamp")
    this.listensTo(meeting, "presence", ({ detail }) => {
      this.#presence = detail
      this.redraw()
    })
  }

  draw(view, meeting) {
    const { state, at, way, unheard } = meeting.lamp
    const { look, sign, word } = STATES[unheard ? "late" : state] ?? STATES.connecting
    const site = view.sites?.sites?.[meeting.me.site]
    const here = this.#presence?.sites?.[meeting.me.site]
    const holder = view.roll?.people?.[view.stage.holder]
    const chair = view.roll?.people?.[view.meeting.chair]
    const shown = hasPage(view.stage) && view.papers?.[view.stage.paper]
    return html`
      <h2>${site ? (site.short ? `${site.short} · ${site.name}` : site.name) : t("This site")}</h2>
      <p class="line ${look}" role="status">${icon(sign)}<span><b>${unheard ? t("Centre not heard") : word()}</b>
        ${unheard ? html`<small>${t("since {time}", { time: hour(unheard) })}</small>` : nothing}
        ${at ? html`<small>${t("Last word from the server: {ago}", { ago: ago(at) })}</small>` : nothing}</span></p>
      <dl class="line-facts">
        ${state === "live" && meeting.delay !== undefined ? html`<div><dt>${t("There and back")}</dt><dd>${t("{n} ms", { n: Math.round(meeting.delay) })}</dd></div>` : nothing}
        ${state === "live" && way ? html`<div><dt>${t("Kind of line")}</dt><dd>${way === "polling" ? t("reserve line (long polling)") : "WebSocket"}</dd></div>` : nothing}
        ${shown ? html`<div><dt>${t("On this screen")}</dt><dd>${view.stage.covered ? t("black: the page is covered") : painted() ? t("the page is there") : t("the page is being fetched")}</dd></div>` : nothing}
        ${here ? html`<div><dt>${t("Screens here")}</dt><dd>${t("{done} of {here} show the page", { done: here.on_page, here: here.here })}${lacking(here)}</dd></div>` : nothing}
        ${chair ? html`<div><dt>${t("Chair")}</dt><dd>${nameAndTitle(chair)}</dd></div>` : nothing}
        ${holder && holder !== chair ? html`<div><dt>${t("Presenting")}</dt><dd>${nameAndTitle(holder)}</dd></div>` : nothing}
        ${shown ? html`<div><dt>${t("On the stage")}</dt><dd>${t("{title}, page {page} of {pages}", { title: shown.title, page: view.stage.page, pages: shown.pages })}</dd></div>` : nothing}
        ${site?.contact ? html`<div><dt>${t("Contact")}</dt><dd>${site.contact}</dd></div>` : nothing}
      </dl>`
  }
}

function lacking({ loading = 0, browsing = 0, lost = 0 }) {
  const words = [
    loading && t("{n} loading", { n: loading }),
    browsing && t("{n} on their own", { n: browsing }),
    lost && t("{n} lost", { n: lost }),
  ]
  return words.filter(Boolean).map((word) => html` · ${word}`)
}

/** Has the page of the stage really been drawn here? */
const painted = () => Boolean(document.querySelector("page-view canvas[aria-busy=false]"))

customElements.define("line-state", LineState)
