/**
 * <keep-here meeting="…">: the papers of a meeting on this device, for reading without a line: keep them, how much that is,
 * since when, or the one sentence why it cannot be.
 */

import { boxesOf } from "../../lib/device.js"
import { confirm } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { belongsTo } from "../../lib/page-owner.js"
import { t, tn } from "../../lib/t.js"
import { date, clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import {
  askToPersist,
  changes,
  keep,
  keptMeeting,
  letMeeting,
  offerOf,
  promisedSoon,
  room,
} from "../../offline/keeping.js"
import { whyNoWorker } from "../../offline/worker-of-page.js"
import { mayBeDeleted, megabytes, promised, sentence, stoppedBy, whyNot } from "./keep-words.js"

export class KeepHere extends HTMLElement {
  #life
  #offer
  #kept
  #room = {}
  #unsent = 0
  #busy
  #why = ""
  #said = ""

  get meeting() {
    return this.getAttribute("meeting")
  }

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.#why = whyNoWorker()
    this.#draw()
    if (this.#why) return
    changes.addEventListener("change", () => this.#look(), { signal })
    // Asked when somebody looks: not by all tablets of a hall as they come in.
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      seen.disconnect()
      this.#begin()
    })
    seen.observe(this)
    signal.addEventListener("abort", () => seen.disconnect())
  }

  disconnectedCallback() {
    this.#life.abort()
  }

  async #begin() {
    await this.#look()
    this.#offer = await offerOf(this.meeting)
    if (this.#offer.status === 403) this.#said = this.#offer.problem
    this.#draw()
  }

  async #look() {
    this.#kept = await keptMeeting(this.meeting)
    this.#room = await room()
    const boxes = await boxesOf(belongsTo())
    this.#unsent = [...boxes.values()].reduce((sum, n) => sum + n, 0)
    this.#draw()
  }

  #draw() {
    if (this.isConnected) render(this.#words(), this)
  }

  #words() {
    if (this.#why) return html`<p class="keep-no">${icon("cloud-off")}<span>${sentence(this.#why)}</span></p>`
    if (this.#said) return html`<p class="keep-no">${icon("cloud-off")}<span>${this.#said}</span></p>`
    const { papers = [], left_out = [], problem } = this.#offer ?? {}
    const here = this.#kept?.papers ?? []
    const bytes = papers.reduce((sum, one) => sum + one.bytes, 0)
    if (problem !== undefined && !here.length) return nothing
    if (this.#offer && !papers.length && !here.length && !left_out.length) return nothing
    const { free } = this.#room
    return html`
      <div class="keep-box">
        <p class="keep-state" role="status">${icon(here.length ? "circle-check" : "hard-drive")}<span>${this.#state(here)}</span></p>
        <p class="keep-more">
          ${here.length || !papers.length ? nothing : html`<span>${tn("{n} paper", "{n} papers", papers.length)} · ${megabytes(bytes)}</span>`}
          ${free === undefined ? nothing : html`<span>${t("Free: {size}", { size: megabytes(free) })}</span>`}
          <span>${mayBeDeleted()}</span>
          ${here.length ? html`<span>${promised(this.#room.persisted)}</span>` : nothing}
          ${this.#unsent ? html`<span class="keep-unsent">${icon("cloud-off")}${tn("{n} change not sent yet.", "{n} changes not sent yet.", this.#unsent)}</span>` : nothing}
        </p>
        ${left_out.length ? html`<ul class="keep-out plain">${left_out.map((one) => html`<li>${one.title}: ${whyNot(one.why)}</li>`)}</ul>` : nothing}
        ${this.#acts(papers, here)}
      </div>`
  }

  #state(here) {
    if (this.#busy) return t("Being kept: {n} %", { n: this.#busy.percent })
    if (!here.length) return t("Read it without a line: keep the papers of this meeting on this device.")
    const [bytes, at] = [here.reduce((sum, one) => sum + one.bytes, 0), Math.max(...here.map((one) => one.at))]
    const size = megabytes(bytes)
    return tn(
      "{n} paper on this device · {size} · {time}",
      "{n} papers on this device · {size} · {time}",
      here.length,
      {
        size,
        time: `${clock(at)}, ${date(at)}`,
      },
    )
  }

  #acts(papers, here) {
    const missing = papers.filter(({ document }) => !here.some((one) => one.document === document))
    const all = missing.length && here.length ? t("Keep all on this device") : t("Keep on this device")
    return html`
      <div class="buttons">
        ${missing.length ? html`<button class="button ${here.length ? "" : "primary"}" type="button" data-keep ?disabled=${Boolean(this.#busy)} @click=${() => this.#keep(missing)}>${icon("hard-drive")}${all}</button>` : nothing}
        ${this.#busy ? html`<button class="button" type="button" @click=${() => this.#busy.stop.abort()}>${t("Stop")}</button>` : nothing}
        ${here.length && !this.#busy ? html`<button class="button quiet" type="button" data-let @click=${() => this.#let()}>${icon("trash-2")}${t("Remove from this device")}</button>` : nothing}
      </div>`
  }

  async #keep(papers) {
    const stop = new AbortController()
    this.#busy = { percent: 0, stop }
    this.#draw()
    const asked = askToPersist()
    const moved = (done, of) => {
      if (this.#busy) this.#busy.percent = of ? Math.floor((100 * done) / of) : 100
      this.#draw()
    }
    const stopped = await keep(this.#offer, papers, { whole: true, moved, signal: stop.signal }).catch(() => "line")
    this.#busy = undefined
    await this.#look()
    if (!stopped) toast(`${t("Kept on this device.")} ${promised(await promisedSoon(asked))}`)
    else if (!stop.signal.aborted) toast(stoppedBy(stopped), { kind: "bad" })
  }

  async #let() {
    const sure = await confirm({
      title: t("Remove the papers from this device?"),
      text: t("With a line they can be read as before."),
      yes: t("Remove"),
    })
    if (sure) await letMeeting(this.meeting)
  }
}

customElements.define("keep-here", KeepHere)
