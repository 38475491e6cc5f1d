/** The ink of a meeting: kept in step with the view, sent by whoever holds the stage, and seen while it is drawn. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"
import { pause, wait } from "../meeting/backoff.js"
import { wordsUrl } from "../pages/page-words.js"
import { decode, encode } from "./codec.js"
import { Outbox } from "./outbox.js"
import { Sheet } from "./sheet.js"
import { Stroke } from "./strokes.js"
import { mayStay } from "./unsent.js"

const SOON = 600
const LATEST = 2000
const MANY = 24
const LONG = 32000
const AT_ONCE = 150
const SHEETS = 16
const JITTER = 300
const PATIENCE = 5000
const TRIES = 6

const all = new WeakMap()

/** The one of a meeting. */
export function sharedInk(meeting) {
  if (!all.has(meeting)) all.set(meeting, new SharedInk(meeting))
  return all.get(meeting)
}

/**
 * Events: `change` when something waits to be sent, or was refused; `live` {document, page, s, …} a signal of a pen;
 * `pointer` {document, page, x, y} or {off}.
 */
export class SharedInk extends EventTarget {
  /** What the server has refused: [{operation, sheet, message}]. */
  refused = []

  #meeting
  #outbox
  /** @type {Map<string, Sheet>} */
  #sheets = new Map()
  #loading = new Map()
  #buffer = []
  #since = 0
  #timer
  #first = 0
  #fetched = false
  /** @type {Map<string, { words: any[] | undefined }>} */
  #words = new Map()
  #kept = []

  constructor(meeting) {
    super()
    this.#meeting = meeting
    const address = `/api/meetings/${encodeURIComponent(meeting.id)}/commands`
    this.#outbox = new Outbox(address, meeting.me?.id, ({ paper }) => mayStay(meeting.view?.papers?.[paper]))
    this.#outbox.kept().then((kept) => {
      this.#kept = kept
      this.#resume()
    })
    this.#outbox.addEventListener("change", () => this.#say("change"))
    meeting.watch(["ink"], () => {
      this.#follow()
      this.#resume()
    })
    meeting.addEventListener("signal", ({ detail }) => this.#hear(detail))
    meeting.addEventListener("lamp", ({ detail }) => {
      if (detail.state !== "live") return
      this.#outbox.retry()
      this.#follow()
    })
    window.addEventListener("pagehide", () => {
      this.flush()
      this.#outbox.last()
    })
    window.addEventListener("beforeunload", (event) => {
      if (this.#outbox.stuck && !this.#outbox.safe) event.preventDefault()
    })
  }

  /** How often a pen says where it is, ms. */
  get penMs() {
    return this.#meeting.penMs ?? 50
  }

  /** How many strokes are not with the server, as far as is known. */
  get unsent() {
    const strokes = (each) => each.reduce((sum, { operation }) => sum + (operation.draw?.length || 1), 0)
    return (this.#outbox.stuck ? this.#outbox.waiting + strokes(this.#buffer) : 0) + strokes(this.refused)
  }

  /** The strokes of a page. */
  sheet(document, page) {
    const name = key(document, page)
    let sheet = this.#sheets.get(name)
    if (!sheet) {
      sheet = new Sheet()
      this.#sheets.set(name, sheet)
      for (const [old, one] of this.#sheets) {
        if (this.#sheets.size <= SHEETS) break
        if (!one.waits && old !== name) this.#sheets.delete(old)
      }
      this.#catchUp(name)
    } else {
      this.#sheets.delete(name)
      this.#sheets.set(name, sheet)
    }
    return sheet
  }

  /** The revision of a page; 0 where nothing was ever written. */
  revOf(document, page) {
    return this.#meeting.view?.ink?.inked?.[document]?.[page] ?? 0
  }

  /** Fetch a page that may be turned to. */
  prefetch(document, page) {
    if (this.revOf(document, page)) this.sheet(document, page)
  }

  /**
   * Draw, erase, clear or restore on a page: seen at once, sent a moment after the pen has come to rest.
   * @param {{ paper: string, document: string, page: number }} place
   * @param {{ draw?: any[], erase?: string[], clear?: true, restore?: true }} operation
   */
  do(place, operation) {
    if (operation.draw?.length > AT_ONCE) {
      const { draw, ...rest } = operation
      this.do(place, { ...rest, draw: draw.slice(0, AT_ONCE) })
      return this.do(place, { draw: draw.slice(AT_ONCE) })
    }
    const sheet = this.sheet(place.document, place.page)
    sheet.add(operation)
    const one = { place, operation, sheet }
    const { draw, erase, clear, restore } = operation
    if (clear || restore || erase?.length || !draw) {
      this.flush()
      this.#send([one])
      return undefined
    }
    if (!this.#buffer.length) this.#since = performance.now()
    this.#buffer.push(one)
    const letters = this.#buffer.flatMap((each) => each.operation.draw).reduce((sum, { d }) => sum + d.length, 0)
    if (this.#buffer.length >= MANY || letters > LONG) this.flush()
    else this.#later()
    return undefined
  }

  /** A pen is down: what is gathered waits a little longer, but not for ever. */
  hold() {
    if (this.#buffer.length) this.#later(LATEST)
  }

  /** Send what is gathered. */
  flush() {
    clearTimeout(this.#timer)
    const gathered = this.#buffer
    this.#buffer = []
    for (const page of new Set(gathered.map(({ place }) => key(place.document, place.page)))) {
      this.#send(gathered.filter(({ place }) => key(place.document, place.page) === page))
    }
  }

  /** What was refused is taken from the page. */
  discard() {
    for (const { operation, sheet } of this.refused) sheet.settle(operation)
    this.refused = []
    this.#say("change")
  }

  /** The words of a page, once they are here; asked for when they are not. */
  words({ paper, document, page }) {
    const name = `${key(document, page)}?${this.#meeting.view?.papers?.[paper]?.t ?? 1}`
    const known = this.#words.get(name)
    if (known) return known.words
    const asked = { words: undefined }
    this.#words.set(name, asked)
    if (this.#words.size > SHEETS) this.#words.delete(this.#words.keys().next().value)
    const url = wordsUrl(document, page, this.#meeting.view?.papers?.[paper]?.t)
    ask(url, { proof: shaped({ words: "list" }), cache: "default" }).then(({ ok, status, body }) => {
      if (ok) asked.words = body.words
      else if (!status) this.#words.delete(name) // no line: another time
    })
    return undefined
  }

  /** Points of a stroke that is being drawn, for the others: `at` is the number of the first. */
  wave({ document, page }, { id, t, c, w }, at, points) {
    this.#meeting.signal("ink", { document, page, s: id, t, c, w, i: at, d: encode(points) })
  }

  waveEnd({ document, page }, id) {
    this.#meeting.signal("ink", { document, page, s: id, end: true })
  }

  point({ document, page }, place) {
    this.#meeting.signal("pointer", { document, page, ...(place ?? { off: true }) })
  }

  #later(longest = SOON) {
    clearTimeout(this.#timer)
    const left = this.#since + LATEST - performance.now()
    this.#timer = setTimeout(() => this.flush(), Math.max(0, Math.min(longest, left)))
  }

  /** Operations of one page as one command; strokes drawn one after the other go together. */
  async #send(gathered) {
    const [{ place, sheet }] = gathered
    const operations = gathered.map(({ operation }) => operation)
    const { paper, page } = place
    const [first] = operations
    const draw = operations.flatMap((one) => one.draw ?? []).map((stroke) => stroke.sent ?? stroke)
    const answer = first.clear
      ? await this.#outbox.add("clear_ink", { paper, page })
      : first.restore
        ? await this.#outbox.add("restore_ink", { paper, page })
        : draw.length
          ? await this.#outbox.add("draw_ink", {
              paper,
              page,
              strokes: draw,
              ...(first.erase && { erase: first.erase }),
            })
          : await this.#outbox.add("erase_ink", { paper, page, strokes: first.erase })
    return this.#answered(operations, place, sheet, answer)
  }

  /** Until the fact has come here, too: what was drawn ahead of it does not go and come. */
  async #seen({ document, page }, sheet, seq) {
    const until = performance.now() + PATIENCE
    while (performance.now() < until) {
      if (this.#meeting.seq >= seq && sheet.rev >= this.revOf(document, page)) return
      await wait(50)
    }
  }

  /** What did not go before this page was loaded again: seen, and sent under the ids it had. */
  #resume() {
    const { papers } = this.#meeting.view ?? {}
    if (!papers || this.#meeting.replayed || !this.#kept.length) return
    const kept = this.#kept
    this.#kept = []
    for (const { id, name, args } of kept) {
      const { paper, page } = args
      const document = papers[paper]?.document
      const operation =
        name === "draw_ink"
          ? { draw: args.strokes.map((sent) => new Stroke(sent)), erase: args.erase }
          : name === "erase_ink"
            ? { erase: args.strokes }
            : name === "clear_ink"
              ? { clear: true }
              : undefined
      const sheet = document && operation && this.sheet(document, page)
      sheet?.add(operation)
      this.#outbox.add(name, args, id).then((answer) => this.#answered([operation], { document, page }, sheet, answer))
    }
  }

  async #answered(operations, place, sheet, answer) {
    if (!sheet) return undefined
    if (answer.refused) {
      const { message } = answer.refused
      for (const operation of operations) this.refused.push({ operation, sheet, message })
      return this.#say("change")
    }
    await this.#seen(place, sheet, answer.seq)
    for (const operation of operations) sheet.settle(operation)
    return this.#say("change")
  }

  #hear(signal) {
    if (signal.kind === "pointer") this.#say("pointer", signal)
    if (signal.kind === "ink") this.#say("live", { ...signal, points: signal.end ? [] : decode(signal.d) })
  }

  #follow() {
    const first = this.#meeting.view?.ink?.first ?? 0
    // Something was withheld: whatever was fetched before may have it.
    if (first > this.#first) for (const sheet of this.#sheets.values()) sheet.forget()
    this.#first = first
    for (const name of this.#sheets.keys()) this.#catchUp(name)
  }

  /** The sheet applies what is new; if something between is missing, it fetches the page. */
  #catchUp(name) {
    const { ink } = this.#meeting.view ?? {}
    const sheet = this.#sheets.get(name)
    if (!ink || !sheet) return
    const [document, page] = parts(name)
    const rev = this.revOf(document, page)
    const ops = ink[name]?.ops ?? {}
    // Who sees a meeting again goes back in it as well.
    if (this.#meeting.replayed && sheet.rev > rev) sheet.forget()
    if (sheet.rev < 0 && (!rev || Array.from({ length: rev }, (_, n) => ops[n + 1]).every(Boolean))) sheet.take(0, [])
    for (let n = sheet.rev + 1; n > 0 && n <= rev; n++) if (!ops[n] || !sheet.apply(n, ops[n])) break
    if (sheet.rev < rev) this.#fetch(name, sheet)
  }

  async #fetch(name, sheet) {
    if (this.#loading.has(name)) return
    this.#loading.set(name, sheet)
    const [document, page] = parts(name)
    // Not all tablets of the hall in the same moment; who has only just come is alone.
    const longest = sheet.rev >= 0 ? JITTER : this.#fetched ? JITTER / 3 : 0
    this.#fetched = true
    if (longest) await wait(Math.random() * longest)
    for (let n = 0; n < TRIES && this.#sheets.get(name) === sheet; n++) {
      const rev = this.revOf(document, page)
      if (sheet.rev >= rev) break
      const found = await fetched(this.#meeting.id, name, rev)
      if (found) sheet.take(found.rev, found.strokes)
      else await wait(pause(n))
    }
    this.#loading.delete(name)
    if (this.#sheets.get(name) === sheet && sheet.rev >= 0) this.#catchUp(name)
  }

  /** @param {string} kind @param {any} [detail] */
  #say(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }
}

/** A revision never changes: the browser may have kept it. */
async function fetched(meeting, name, rev) {
  const [document, page] = parts(name).map(encodeURIComponent)
  const path = `/api/meetings/${encodeURIComponent(meeting)}/ink/${document}/${page}?rev=${rev}`
  const { ok, body } = await ask(path, { proof: shaped({ rev: "number", strokes: "list" }), cache: "default" })
  return ok ? body : undefined
}

export const key = (document, page) => `${document}/${page}`

const parts = (name) => {
  const at = name.lastIndexOf("/")
  return [name.slice(0, at), name.slice(at + 1)]
}
