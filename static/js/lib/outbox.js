/**
 * What is to be sent and has not been yet: in order, each once, whatever happens to the line. Kept in the browser's
 * database (lib/device.js), where all tabs share it; else in memory only (`kept` is false then). It tries again when the
 * line is back, when the page comes to the front, and every 15 seconds.
 */

import { actsIn, alone, dropActs, putActs } from "./device.js"
import { portion } from "./portion.js"

// What a browser still sends for a page that is gone.
const LAST = 50_000
const EVERY = 15_000

/**
 * Event `change` when something waits, or waits no more; `others` {acts} when another tab has added to it; `elsewhere`
 * when another tab has sent some of it.
 */
export class Outbox extends EventTarget {
  /** Is what waits kept on this device, too? */
  kept = true

  #box
  #send
  #acts = []
  #keeps
  #stored = new Set()
  #gone = new Set()
  #flying = new Set()
  #writes = Promise.resolve()
  #sending = false
  #tabs

  /**
   * @param {string} box whose, and of what: nobody else's acts are sent
   * @param {(acts: any[], how: { last: boolean }) => Promise<boolean>} send resolves with true when the server has judged them all
   * @param {{ keep?: boolean, signal: AbortSignal }} how
   */
  constructor(box, send, { keep = true, signal }) {
    super()
    this.#box = box
    this.#send = send
    this.#keeps = keep
    this.kept = keep
    const again = () => this.flush()
    window.addEventListener("online", again, { signal })
    window.addEventListener("pageshow", again, { signal })
    document.addEventListener("line-back", again, { signal })
    document.addEventListener("visibilitychange", () => this.flush(document.visibilityState === "hidden"), { signal })
    window.addEventListener("pagehide", () => this.flush(true), { signal })
    const timer = setInterval(again, EVERY)
    if (keep && "BroadcastChannel" in window) {
      this.#tabs = new BroadcastChannel("meetingroom/outbox")
      this.#tabs.addEventListener("message", ({ data }) => data === this.#box && this.#look())
    }
    signal.addEventListener("abort", () => {
      clearInterval(timer)
      this.flush(true)
      this.#writes.then(() => this.#tabs?.close())
    })
  }

  get waiting() {
    return this.#acts.length
  }

  /** What another visit left behind, oldest first. */
  async open() {
    const left = await this.#merge({ announced: false })
    if (left.length) this.#changed()
    this.flush()
    return left
  }

  /**
   * @param {any} act {op, …}
   * @param {(earlier: any) => boolean} [replaces] which of those that wait it takes the place of
   */
  add(act, replaces = () => false) {
    const old = this.#acts.filter((one) => !this.#flying.has(one.op) && replaces(one)).map(({ op }) => op)
    if (old.length) {
      for (const op of old) this.#gone.add(op)
      this.#acts = this.#acts.filter(({ op }) => !this.#gone.has(op))
      if (this.#keeps) this.#write(() => dropActs(old).then(() => {}))
    }
    this.#acts.push(act)
    this.#keep()
    this.#changed()
    this.flush()
  }

  async flush(last = false) {
    if (this.#sending || !this.#acts.length) return
    this.#sending = true
    try {
      // Nothing is waited for when the page goes; the server takes what comes twice once.
      if (last) await this.#sendSome(portion(this.#acts, LAST), true)
      else await alone(this.#box, () => this.#work())
    } finally {
      this.#sending = false
    }
  }

  async #work() {
    await this.#look()
    while (this.#acts.length && (await this.#sendSome(portion(this.#acts), false)));
  }

  async #sendSome(some, last) {
    const ops = some.map(({ op }) => op)
    for (const op of ops) this.#flying.add(op)
    const judged = ops.length > 0 && (await this.#send(some, { last }))
    for (const op of ops) this.#flying.delete(op)
    if (!judged) return false
    for (const op of ops) this.#gone.add(op)
    this.#acts = this.#acts.filter(({ op }) => !this.#gone.has(op))
    if (this.#keeps)
      this.#write(async () => {
        await dropActs(ops)
        this.#tell()
      })
    this.#changed()
    return true
  }

  /** What is not written yet is written, once what was before it is. */
  #keep() {
    if (!this.#keeps) return
    this.#write(async () => {
      const fresh = this.#acts.filter(({ op }) => !this.#stored.has(op))
      if (!fresh.length) return
      const kept = await putActs(
        this.#box,
        fresh.map((act) => ({ op: act.op, act })),
      )
      if (kept) {
        for (const { op } of fresh) this.#stored.add(op)
        // It may have gone meanwhile.
        const late = fresh.map(({ op }) => op).filter((op) => this.#gone.has(op))
        if (late.length) await dropActs(late)
        this.#tell()
      }
      if (kept !== this.kept) {
        this.kept = kept
        this.#changed()
      }
    })
  }

  /** @param {() => Promise<void>} work */
  #write(work) {
    this.#writes = this.#writes.then(work, work)
  }

  /** What other tabs have added is seen here, what they have sent waits no more. */
  async #look() {
    const before = this.#acts.length
    const found = await this.#merge({ announced: true })
    if (found.length || this.#acts.length !== before) this.#changed()
  }

  /** @param {{ announced: boolean }} how */
  async #merge({ announced }) {
    if (!this.#keeps) return []
    await this.#writes
    const rows = await actsIn(this.#box)
    if (!rows) return []
    const there = new Set(rows.map(({ op }) => op))
    const known = new Set(this.#acts.map(({ op }) => op))
    const fresh = rows.filter(({ op }) => !known.has(op) && !this.#gone.has(op)).map(({ act }) => act)
    const sent = this.#acts.filter(({ op }) => this.#stored.has(op) && !there.has(op))
    for (const { op } of fresh) this.#stored.add(op)
    for (const { op } of sent) this.#gone.add(op)
    this.#acts = [...fresh, ...this.#acts].filter(({ op }) => !this.#gone.has(op))
    if (announced && fresh.length) this.dispatchEvent(new CustomEvent("others", { detail: { acts: fresh } }))
    if (announced && sent.length) this.dispatchEvent(new CustomEvent("elsewhere"))
    return fresh
  }

  #tell() {
    this.#tabs?.postMessage(this.#box)
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}
