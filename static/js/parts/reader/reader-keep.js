/** In the reader: keep this paper on this device, or take it away again; or the sentence why it cannot be kept. */

import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { keptOf } from "../../lib/kept.js"
import { t } from "../../lib/t.js"
import { clock, date } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { askToPersist, changes, isKept, keep, letPaper, offerOf, promisedSoon, room } from "../../offline/keeping.js"
import { whyNoWorker } from "../../offline/worker-of-page.js"
import { extendReaders } from "../../reader/extensions.js"
import { mayBeDeleted, megabytes, promised, sentence, stoppedBy, whyNot } from "../keep/keep-words.js"

class KeepPaper {
  #reader
  #kept = false

  constructor(reader) {
    this.#reader = reader
    reader.addButton({
      name: "keep",
      sign: "hard-drive",
      word: () => (this.#kept ? t("On this device") : t("Keep on this device")),
      order: 9,
      pressed: () => this.#kept,
      act: () => this.#ask(),
    })
    changes.addEventListener("change", () => this.#look(), { signal: reader.signal })
    this.#look()
  }

  async #look() {
    this.#kept = await isKept(this.#reader.paper.document)
    this.#reader.redraw()
  }

  async #ask() {
    const why = whyNoWorker()
    const { paper } = this.#reader
    if (why) return say(sentence(why))
    const kept = await keptOf(paper.document)
    const free = await room()
    if (kept && this.#kept) return this.#let(kept, free)
    const offer = await this.#offer()
    if (!offer) return say(t("No connection. Try again in a moment."))
    if (offer.problem !== undefined) return say(offer.problem)
    const left = offer.left_out.find(({ id }) => id === paper.id)
    if (left) return say(`${paper.title}: ${whyNot(left.why)}.`)
    const one = offer.papers.find(({ document }) => document === paper.document)
    if (!one) return say(t("Only the newest version of a paper is kept."))
    const yes = await show(
      (close) => html`
        <div class="dialog-body"><h2>${t("Keep on this device")}</h2>
          <p><b>${one.title}</b></p>
          <p>${megabytes(one.bytes)}${free.free === undefined ? nothing : html` · ${t("free: {size}", { size: megabytes(free.free) })}`}</p>
          <p class="help">${mayBeDeleted()}</p></div>
        <div class="dialog-actions">
          <button class="button primary" type="button" data-first @click=${() => close(true)}>${icon("hard-drive")}${t("Keep on this device")}</button>
          <button class="button quiet" type="button" @click=${() => close()}>${t("Cancel")}</button></div>`,
    )
    if (!yes) return undefined
    const asked = askToPersist()
    const stopped = await keep(offer, [one]).catch(() => "line")
    if (stopped) toast(stoppedBy(stopped), { kind: "bad" })
    else toast(`${t("Kept on this device.")} ${promised(await promisedSoon(asked))}`)
    return undefined
  }

  async #offer() {
    const meeting = /\/meetings\/([^/]+)/.exec(location.pathname)?.[1]
    const offer = meeting && (await offerOf(meeting))
    return offer && (offer.status || offer.papers) ? offer : undefined
  }

  async #let(kept, { persisted }) {
    const yes = await show(
      (close) => html`
        <div class="dialog-body"><h2>${t("On this device")}</h2>
          <p><b>${kept.title}</b></p>
          <p>${megabytes(kept.bytes)} · ${clock(kept.at)}, ${date(kept.at)}</p>
          <p class="help">${mayBeDeleted()} ${promised(persisted)}</p></div>
        <div class="dialog-actions">
          <button class="button" type="button" @click=${() => close(true)}>${icon("trash-2")}${t("Remove from this device")}</button>
          <button class="button quiet" type="button" data-first @click=${() => close()}>${t("Close")}</button></div>`,
    )
    if (yes) await letPaper(kept.document)
  }
}

const say = (words) =>
  show(
    (close) => html`
      <div class="dialog-body"><h2>${t("Reading without a line")}</h2><p>${words}</p></div>
      <div class="dialog-actions"><button class="button primary" type="button" data-first @click=${() => close()}>${t("Close")}</button></div>`,
  )

// One sentence instead of a button, where nothing can be kept: it stands on the page of the meeting and over its papers.
extendReaders((reader) => {
  if (reader.paper.id && !whyNoWorker() && reader.paper.mode !== "restricted") new KeepPaper(reader)
})
