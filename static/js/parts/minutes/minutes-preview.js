/** The document as it stands, on a sheet beside the editor: for reading along, the file itself is the PDF. */

import { BlLinks } from "../../case/bl-links.js"
import { doubtsOf } from "./minutes-doubts.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { richNodes } from "../../lib/rich-view.js"
import { t } from "../../lib/t.js"
import { hour } from "../../lib/time.js"
import { wasHeld } from "../../meeting/rights.js"
import { source } from "./minutes-source.js"
import { Part } from "../core/part.js"
import { error, loading } from "../core/states.js"

export class MinutesPreview extends Part {
  watches = ["meeting", "exhibits"]
  #source
  /** @type {BlLinks} */
  #links

  started(meeting) {
    this.#links = new BlLinks(meeting.id)
    this.listensTo(this.#links)
    source.then((it) => {
      this.#source = it
      this.listensTo(it, "minutes")
      if (!it.minutes) it.ask()
    })
  }

  draw({ meeting, exhibits = {} }) {
    const { minutes, problem } = this.#source ?? {}
    if (!minutes) return problem ? error(problem, () => this.#source.ask()) : loading()
    const { form, head, signers, blocks } = minutes
    return html`
      ${minutes.unprintable ? html`<p class="notice warn" role="status">${icon("triangle-alert")}<span>${t("These characters cannot be printed in the PDF: {letters}. Replace them, or use the Word file.", { letters: minutes.unprintable })}</span></p>` : nothing}
      ${doubtsOf(minutes)}
      <article class="minutes-paper" lang=${form.language}>
        <header>
          <div>${form.parent.map((line) => html`<p>${line}</p>`)}
            <p class="strong rule">${form.issuing.map((line) => html`<span>${line}</span>`)}</p><p>${form.number}</p>
            ${form.mark ? html`<p><b class="draft-mark">${form.mark}</b></p>` : nothing}</div>
          <div><p class="strong">${form.country}</p><p class="strong motto rule">${form.motto}</p></div>
        </header>
        <h2>${form.kind}<span>${head.title}</span>${form.aside ? html`<em>${form.aside}</em>` : nothing}</h2>
        ${blocks.map((block) => blockOf(block, wasHeld(meeting.status) && meeting.opened_at ? this.meeting.id : "", Object.keys(exhibits).length ? this.#links : undefined))}
        <footer>
          <div><b>${form.secretary}</b><span>${signers[0]}</span></div>
          <div><b>${form.chair}</b><span>${signers[1]}</span></div>
        </footer>
        ${
          head.recipients
            ? html`<div class="recipients"><b>${form.recipients}</b>
          ${head.recipients.split("\n").map((name) => html`<span>- ${name}</span>`)}</div>`
            : nothing
        }
      </article>`
  }
}

/** A paragraph in its style, or a table; with its looks where it has any. What it tells of can be seen again. */
const blockOf = ({ style, text, aside, html: written, at }, held, links) => {
  const rich = written ? richNodes(written) : undefined
  if (rich) links?.linkIn(rich)
  if (style === "table") return html`<div class="rich-text table">${rich}</div>`
  const inner = rich ? [...rich.firstChild.childNodes] : (links?.linked(text ?? "") ?? text)
  return html`<p class=${style}>${inner}${aside ? html` <em>${aside}</em>` : nothing}${at && held ? html` <a class="minutes-moment no-print" href="/meetings/${held}/replay?at=${at}" target="_blank" rel="noopener" title=${t("See this moment again")} aria-label=${t("See this moment again: {time}", { time: hour(at) })}>${icon("history")}</a>` : nothing}</p>`
}

customElements.define("minutes-preview", MinutesPreview)
