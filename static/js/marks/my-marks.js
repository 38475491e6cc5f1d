/** My marks of one paper: fetched, changed here at once, and sent. */

import { api } from "../lib/api.js"
import { ask } from "../lib/ask.js"
import { deviceName } from "../lib/device-name.js"
import { Outbox } from "../lib/outbox.js"
import { belongsTo } from "../lib/page-owner.js"
import { shaped } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { Stroke } from "../ink/strokes.js"
import { isKept, readMarks, writeMarks } from "../offline/keeping.js"
import { boxOf } from "./box.js"
import { addressOf, sendMarks } from "./sending.js"

/** An undo puts again what it knows to be dropped. */
const KNOWN = Number.MAX_SAFE_INTEGER

/**
 * Event `change` {pages} when marks of these pages came or went; `state` when something waits, or was refused; `left`
 * when marks of earlier versions are (or are no longer) left behind.
 */
export class MyMarks extends EventTarget {
  /** @type {Map<string, any>} */
  marks = new Map()
  refused = ""
  /** Pages of earlier versions whose marks were not found again: [{document, version, page, to, n}]. */
  left = []
  #paper
  #address
  #rev = 0
  #kept = false
  #missed = false
  #outbox
  #signal

  /** @param {any} paper {id, document, mode} @param {AbortSignal} signal */
  constructor(paper, signal) {
    super()
    this.#paper = paper
    this.#signal = signal
    this.#address = addressOf(paper.id)
    // Marks of a restricted paper stay on the server alone, and a shared tablet keeps nothing between people.
    const keep = paper.mode !== "restricted" && belongsTo() !== ""
    this.#outbox = new Outbox(boxOf(belongsTo(), paper.id), (acts, how) => this.#send(acts, how), { keep, signal })
    this.#outbox.addEventListener("change", () => this.#say("state"))
    this.#outbox.addEventListener("others", (/** @type {CustomEvent} */ { detail }) => {
      for (const act of detail.acts) this.#apply(act)
    })
    this.#outbox.addEventListener("elsewhere", () => this.#fetch())
    window.addEventListener("online", () => this.#missed && this.#fetch(), { signal })
    document.addEventListener("line-back", () => this.#missed && this.#fetch(), { signal })
  }

  get waiting() {
    return this.#outbox.waiting
  }

  get kept() {
    return this.#outbox.kept
  }

  async open() {
    this.#kept = await isKept(this.#paper.document)
    const here = this.#kept && (await readMarks(this.#paper.id))
    // What is known here is seen at once, and without a line as well.
    if (here && !this.#rev) this.#take({ rev: here.rev, marks: here.marks, gone: [] })
    await this.#fetch()
    for (const act of await this.#outbox.open()) this.#apply(act)
  }

  of(page) {
    return [...this.marks.values()].filter((mark) => mark.page === page && mark.document === this.#paper.document)
  }

  /** @param {string} kind @param {number} page @param {any} body */
  put(kind, page, body, { id = uid(), base = undefined } = {}) {
    const put = { kind, document: this.#paper.document, page, body, at: Date.now() }
    this.#do({ op: uid(), id, put, ...(base !== undefined && { base, device: deviceName() }) })
    return id
  }

  change(id, body) {
    const mark = this.marks.get(id)
    if (mark) this.put(mark.kind, mark.page, body, { id, base: mark.rev || KNOWN })
  }

  drop(id) {
    if (this.marks.has(id)) this.#do({ op: uid(), id, drop: true })
  }

  /** What was not found again of a page of an earlier version goes, as it stands, to the page that stands for it now. */
  async carry({ document, page }) {
    const done = await api("POST", `${this.#address}/carry`, { document, page }, shaped({ rev: "number" }))
    if (!this.#signal.aborted) await this.#fetch()
    return done
  }

  /** Strokes of a page as ink/history.js has operations; `mark` {id, kind, body} is one of another kind. */
  ink(page, { draw = [], erase = [], mark = undefined }, again = false) {
    if (mark) this.put(mark.kind, page, mark.body, { id: mark.id, base: again ? KNOWN : undefined })
    for (const id of erase) this.drop(id)
    for (const stroke of draw) {
      const { t, c, w, d } = stroke
      this.put("ink", page, { t, c, w, d }, { id: stroke.id, base: again ? KNOWN : undefined })
    }
  }

  #do(act) {
    this.#apply(act)
    // A text that was changed again before it went goes once, written over what its first change was written over:
    // else the two would look like texts of two devices.
    const again = (one) => one.id === act.id && one.put && act.put && one.base === act.base && act.base !== undefined
    this.#outbox.add(act, again)
  }

  #apply({ id, put }) {
    const before = this.marks.get(id)
    if (put) this.marks.set(id, this.#read({ ...put, id, rev: before?.rev ?? 0 }))
    else this.marks.delete(id)
    this.#changed([put?.page, before?.page])
  }

  #read(mark) {
    return mark.kind === "ink" ? { ...mark, stroke: new Stroke({ id: mark.id, ...mark.body }) } : mark
  }

  async #send(acts, { last }) {
    const { judged, refused } = await sendMarks(this.#paper.id, acts, last)
    if (!judged) return false
    this.refused = refused
    if (refused) this.#say("state")
    if (!this.#signal.aborted) await this.#fetch(acts.length)
    return true
  }

  async #fetch(sent = 0) {
    const { ok, body } = await ask(`${this.#address}?after=${this.#rev}`, {
      proof: shaped({ rev: "number", marks: "list", gone: "list" }),
    })
    this.#missed = !ok
    if (!ok) return
    // While more waits than was sent, what is here is newer than what the server says.
    if (this.waiting > sent) return
    this.#take(body)
    this.left = body.left ?? []
    this.#say("left")
    if (this.#kept) await this.#write()
  }

  #take(body) {
    const pages = []
    this.#rev = body.rev
    if (body.whole) {
      const there = new Set(body.marks.map(({ id }) => id))
      body.gone = [...this.marks.keys()].filter((id) => !there.has(id))
    }
    for (const id of body.gone) {
      pages.push(this.marks.get(id)?.page)
      this.marks.delete(id)
    }
    for (const mark of body.marks) {
      const before = this.marks.get(mark.id)
      if (before && before.rev === mark.rev) continue
      this.marks.set(mark.id, before?.kind === "ink" ? Object.assign(before, { rev: mark.rev }) : this.#read(mark))
      if (before?.kind !== "ink") pages.push(mark.page)
    }
    this.#changed(pages)
  }

  async #write() {
    const marks = [...this.marks.values()].filter(({ rev }) => rev).map(({ stroke, ...mark }) => mark)
    await writeMarks(this.#paper.id, this.#paper.document, this.#rev, marks)
  }

  #changed(pages) {
    const found = [...new Set(pages)].filter(Boolean)
    if (found.length) this.dispatchEvent(new CustomEvent("change", { detail: { pages: found } }))
  }

  #say(kind) {
    this.dispatchEvent(new CustomEvent(kind))
  }
}
