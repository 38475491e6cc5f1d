/** Where the server does not answer: the papers that somebody has kept on this device. */

import { boxesOf } from "../lib/device.js"
import { html, nothing, render } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { local } from "../lib/storage.js"
import { t, tn } from "../lib/t.js"
import { clock, date } from "../lib/time.js"
import { keptMeetings } from "../offline/keeping.js"
import { keptAt, whenBack } from "../offline/kept-page.js"
import { mayBeDeleted, megabytes } from "../parts/keep/keep-words.js"

const place = document.querySelector("[data-kept]")
const person = local.get("signed-in") ?? ""

async function draw() {
  const meetings = person ? await keptMeetings(person) : []
  const unsent = person ? [...(await boxesOf(person)).values()].reduce((sum, n) => sum + n, 0) : 0
  render(
    html`
      ${unsent ? html`<p class="notice warn">${icon("cloud-off")}<span>${tn("{n} change not sent yet.", "{n} changes not sent yet.", unsent)} ${t("It is sent when the line is back.")}</span></p>` : nothing}
      ${meetings.length ? html`${meetings.map(card)}<p class="help">${mayBeDeleted()}</p>` : html`<p class="help">${t("No papers are kept on this device.")}</p>`}`,
    place,
  )
}

function card({ meeting, title, papers }) {
  const bytes = papers.reduce((sum, one) => sum + one.bytes, 0)
  const at = Math.max(0, ...papers.map((one) => one.at))
  return html`
    <section class="offline-meeting">
      <h2><a href=${`/meetings/${encodeURIComponent(meeting)}`}>${title}</a></h2>
      <p class="help">${tn("{n} paper", "{n} papers", papers.length)} · ${megabytes(bytes)}${at ? ` · ${clock(at)}, ${date(at)}` : ""}</p>
      <ul class="plain">${papers.map(
        (
          paper,
        ) => html`<li><a class="offline-paper" href=${`/meetings/${encodeURIComponent(meeting)}#${new URLSearchParams({ paper: paper.document, p: "1" })}`}>
          ${icon("file-text")}<span class="grow">${paper.title}</span><small>${tn("{n} page", "{n} pages", paper.pages)}</small></a></li>`,
      )}</ul>
    </section>`
}

draw()
document.querySelector("[data-again]").addEventListener("click", () => location.reload())
// The address is still that of the page that was asked for; this page itself is only a look at what is here.
if (keptAt() !== undefined) whenBack(() => location.reload())
