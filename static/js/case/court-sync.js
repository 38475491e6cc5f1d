/** The log of a trial: what the server has of it, what waits here to be sent, and what others write meanwhile. */

import { ask, BRIEF } from "../lib/ask.js"
import { Outbox } from "../lib/outbox.js"
import { shaped } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { addressOf, boxOf } from "./court-box.js"
import { laidOver } from "./court-order.js"
import { sendEntries } from "./court-sending.js"

const OFTEN = 2000
const SPREAD = 800
const MOST = 1000

/**
 * Event `change` when anything on the page is to be drawn anew; `refused` {message, act} of what was not taken;
 * `written` when an entry of one's own was added here.
 */
export class CourtSync extends EventTarget {
  /** live | offline | signed_out | gone | closed: how the last answer was */
  state = "live"
  /** What the server says of the trial. @type {any} */
  hearing
  /** @type {any} */
  counts = { entries: 0, phases: {}, kinds: {}, speakers: [], observers: [] }
  more = false
  /** Later entries are not on the page: one has gone far back. */
  behind = false
  /** What is looked for: {kind, role, name, q, marked}. @type {Record<string, string>} */
  wanted = {}
  savedAt = 0
  read = false
  #entries = new Map()
  #acts = []
  #rev = 0
  #ahead = 0
  #outbox
  #address
  #signal
  #asked = 0
  #timer

  /** @param {any} hearing @param {{ id: string, name: string }} me @param {AbortSignal} signal */
  constructor(hearing, me, signal) {
    super()
    this.hearing = hearing
    this.me = me
    this.#signal = signal
    const trial = { case_: hearing.case, hearing: hearing.id }
    this.#address = addressOf(trial)
    const box = boxOf(me.id, trial.case_, trial.hearing)
    this.#outbox = new Outbox(box, (acts, how) => this.#send(acts, how), { signal })
    this.#outbox.addEventListener("change", () => this.#changed())
    this.#outbox.addEventListener("others", (/** @type {CustomEvent} */ { detail }) => {
      this.#acts.push(...detail.acts)
      this.#changed()
    })
    this.#outbox.addEventListener("elsewhere", () => this.#elsewhere())
    const again = () => this.#turn()
    window.addEventListener("online", again, { signal })
    document.addEventListener("visibilitychange", () => document.hidden || again(), { signal })
    signal.addEventListener("abort", () => clearTimeout(this.#timer))
  }

  get waiting() {
    return this.#outbox.waiting
  }

  get kept() {
    return this.#outbox.kept
  }

  /** By how much the clock of this device is ahead of the server's, ms. */
  get astray() {
    return -this.#ahead
  }

  /** The entries on the page, with what waits laid over them. */
  get entries() {
    return laidOver(this.#entries.values(), this.#acts, { me: this.me, ahead: this.#ahead })
  }

  async open() {
    const left = await this.#outbox.open()
    const known = new Set(this.#acts.map(({ op }) => op))
    this.#acts.unshift(...left.filter(({ op }) => !known.has(op)))
    await this.look()
    this.#next()
  }

  /** The last entries, of those that are looked for. @param {Record<string, string>} [wanted] */
  async look(wanted = this.wanted) {
    this.wanted = wanted
    const asked = ++this.#asked
    const answer = await this.#fetch(new URLSearchParams(wanted))
    if (!answer || asked !== this.#asked) return
    this.#entries = new Map(answer.entries.map((entry) => [entry.id, entry]))
    this.#rev = answer.rev
    this.behind = false
    this.more = answer.more
    this.counts = answer.counts
    this.read = true
    this.#changed()
  }

  /** Earlier ones; the latest go from the page when there are too many. */
  async earlier() {
    const first = [...this.#entries.values()].find(({ joined }) => !joined)
    if (!first) return
    const asked = this.#asked
    const answer = await this.#fetch(new URLSearchParams({ ...this.wanted, before: first.id }))
    if (!answer || asked !== this.#asked) return
    const all = [...answer.entries, ...this.#entries.values()]
    this.behind ||= all.length > MOST
    this.#entries = new Map(all.slice(0, MOST).map((entry) => [entry.id, entry]))
    this.more = answer.more
    this.#changed()
  }

  /** One's own act: {id, put | edit | remove | mark | join | unjoin}. @param {any} act */
  act(act) {
    const whole = { op: uid(), at: Date.now(), ...act }
    this.#acts.push(whole)
    this.#outbox.add(whole)
    if (act.put) this.dispatchEvent(new CustomEvent("written", { detail: whole.id }))
  }

  /** A new entry. @param {any} put */
  write(put) {
    this.act({ id: uid(), put })
  }

  /** What was done to an entry. @param {string} entry */
  async history(entry) {
    return ask(`${this.#address}/entries/${encodeURIComponent(entry)}/changes`, { proof: shaped({ changes: "list" }) })
  }

  async #send(acts, { last }) {
    const { judged, results, status, code, message } = await sendEntries(this.#address, acts, last)
    if (!judged) {
      this.#heard(status, code)
      return false
    }
    if (!results.length) this.#refuse(acts, message)
    const ops = new Set(acts.map(({ op }) => op))
    for (const { op, error } of results) {
      if (error)
        this.#refuse(
          acts.filter((act) => act.op === op),
          error.message,
        )
    }
    for (const act of this.#acts) if (ops.has(act.op)) act.saved = true
    this.savedAt = Date.now() + this.#ahead
    if (!this.#signal.aborted) await this.#catchUp()
    return true
  }

  #refuse(acts, message) {
    const ops = new Set(acts.map(({ op }) => op))
    this.#acts = this.#acts.filter(({ op }) => !ops.has(op))
    for (const act of acts) this.dispatchEvent(new CustomEvent("refused", { detail: { message, act } }))
  }

  /** Another tab has sent some of what waited: what the server has now is what was kept. */
  async #elsewhere() {
    await this.#catchUp()
    if (!this.#outbox.waiting) this.#acts = []
    this.#changed()
  }

  async #turn() {
    clearTimeout(this.#timer)
    if (!document.hidden && this.read) await this.#catchUp()
    else if (!document.hidden) await this.look()
    this.#next()
  }

  #next() {
    clearTimeout(this.#timer)
    if (this.#signal.aborted || this.state === "gone") return
    // Everybody in the courtroom asks, not all in the same moment.
    this.#timer = setTimeout(() => this.#turn(), OFTEN + Math.random() * SPREAD)
  }

  async #catchUp() {
    for (;;) {
      const asked = this.#asked
      const answer = await this.#fetch(new URLSearchParams({ since: String(this.#rev) }))
      if (!answer || asked !== this.#asked) return
      const { rev, entries, more, counts, hearing } = answer
      const proven = this.#acts.some(({ saved }) => saved)
      if (rev === this.#rev && !proven) return
      this.#rev = rev
      if (counts) this.counts = counts
      if (hearing) this.hearing = hearing
      this.#take(entries)
      if (!more) this.#acts = this.#acts.filter(({ saved }) => !saved)
      this.#changed()
      if (!more) {
        if (Object.keys(this.wanted).length && entries.length) await this.look()
        return
      }
    }
  }

  #take(entries) {
    const searching = Object.keys(this.wanted).length > 0
    for (const entry of entries) {
      if (this.#entries.has(entry.id) || !(searching || this.behind)) this.#entries.set(entry.id, entry)
    }
  }

  async #fetch(query) {
    const answer = await ask(`${this.#address}/entries?${query}`, {
      proof: shaped({ rev: "number", entries: "list", now: "number" }),
      patience: BRIEF,
    })
    if (!answer.ok) return void this.#heard(answer.status, answer.body?.error?.code)
    this.#ahead = answer.body.now - Date.now()
    const { writes } = answer.body
    if (writes !== this.hearing.writes) this.hearing = { ...this.hearing, writes }
    this.#become(this.hearing.closed_at || (this.hearing.observes && !writes) ? "closed" : "live")
    return answer.body
  }

  #heard(status, code) {
    if (status === 404) this.#become("gone")
    else if (status === 401) this.#become("signed_out")
    else if (status === 409 && /closed/.test(code ?? "")) this.#become("closed")
    else if (status === 403) {
      // Taken off the observers, and still on the list of the case: one reads on.
      this.hearing = { ...this.hearing, observes: false, writes: false }
      this.#changed()
    } else this.#become("offline")
  }

  #become(state) {
    if (this.state === state) return
    this.state = state
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}
