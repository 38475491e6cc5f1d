/** My marks of one paper: fetched, changed here at once, and sent. */

import { ask } from "../lib/ask.js"
import { Outbox } from "../lib/outbox.js"
import { belongsTo } from "../lib/page-owner.js"
import { shaped } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { Stroke } from "../ink/strokes.js"

/** An undo puts again what it knows to be dropped. */
const KNOWN = Number.MAX_SAFE_INTEGER

/** Event `change` {pages} when marks of these pages came or went; `state` when something waits, or was refused. */
export class MyMarks extends EventTarget {
  /** @type {Map<string, any>} */
  marks = new Map()
  refused = ""
  #paper
  #address
  #rev = 0
  #outbox
  #signal

  /** @param {any} paper {id, document, mode} @param {AbortSignal} signal */
  constructor(paper, signal) {
    super()
    this.#paper = paper
    this.#signal = signal
    this.#address = `/api/papers/${encodeURIComponent(paper.id)}/marks`
    // Marks of a restricted paper stay on the server alone.
    const keep = paper.mode !== "restricted" && typeof indexedDB !== "undefined"
    this.#outbox = new Outbox(`${belongsTo()}/${paper.id}`, (acts, how) => this.#send(acts, how), { keep, signal })
    this.#outbox.addEventListener("change", () => this.#say("state"))
  }

  get waiting() {
    return this.#outbox.waiting
  }

  get kept() {
    return this.#outbox.kept
  }

  async open() {
    await this.#fetch()
    for (const act of await this.#outbox.open()) this.#apply(act)
  }

  of(page) {
    return [...this.marks.values()].filter((mark) => mark.page === page && mark.document === this.#paper.document)
  }

  /** @param {string} kind @param {number} page @param {any} body */
  put(kind, page, body, { id = uid(), base = undefined } = {}) {
    const put = { kind, document: this.#paper.document, page, body, at: Date.now() }
    this.#do({ op: uid(), id, put, ...(base !== undefined && { base }) })
    return id
  }

  change(id, body) {
    const mark = this.marks.get(id)
    if (mark) this.put(mark.kind, mark.page, body, { id, base: mark.rev || KNOWN })
  }

  drop(id) {
    if (this.marks.has(id)) this.#do({ op: uid(), id, drop: true })
  }

  /** Strokes of a page as ink/history.js has operations. */
  ink(page, { draw = [], erase = [] }, again = false) {
    for (const id of erase) this.drop(id)
    for (const stroke of draw) {
      const { t, c, w, d } = stroke
      this.put("ink", page, { t, c, w, d }, { id: stroke.id, base: again ? KNOWN : undefined })
    }
  }

  #do(act) {
    this.#apply(act)
    this.#outbox.add(act)
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
    const { ok, status, body } = await ask(this.#address, {
      method: "POST",
      json: { ops: acts },
      proof: shaped({ rev: "number", refused: "list" }),
      keepalive: last,
    })
    if (!ok) {
      // Nobody answered, or another has signed in: it is sent later. What can never be taken is let go, and said.
      if (![400, 404, 410, 413, 422].includes(status)) return false
      this.refused = body?.error?.message ?? ""
      this.#say("state")
      return true
    }
    this.refused = body.refused.length ? body.refused[0].code : ""
    if (!this.#signal.aborted) await this.#fetch(acts.length)
    return true
  }

  async #fetch(sent = 0) {
    const { ok, body } = await ask(`${this.#address}?after=${this.#rev}`, {
      proof: shaped({ rev: "number", marks: "list", gone: "list" }),
    })
    if (!ok) return
    const pages = []
    // While more waits than was sent, what is here is newer than what the server says.
    if (this.waiting > sent) return
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

  #changed(pages) {
    const found = [...new Set(pages)].filter(Boolean)
    if (found.length) this.dispatchEvent(new CustomEvent("change", { detail: { pages: found } }))
  }

  #say(kind) {
    this.dispatchEvent(new CustomEvent(kind))
  }
}
