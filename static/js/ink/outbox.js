/**
 * What this hand has written, on its way to the server: in order, each under one id until it is answered, however long
 * that takes. It has a line of its own: a page turn does not wait behind handwriting.
 */

import { ask } from "../lib/ask.js"
import { isDone } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { forgetUnsent, kept, readUnsent, writeUnsent } from "./unsent.js"
import { pause } from "../meeting/backoff.js"

const ONE_TRY = 8000
const AGAIN = [0, 401, 408, 429, 500, 502, 503, 504]
const LARGEST_LAST = 60000
const DAY = 86400000

/** Event `change` when something waits for the line, or no longer does. */
export class Outbox extends EventTarget {
  /** Has the last try failed? Then what is in here is not sent yet. */
  stuck = false

  #url
  #owner
  #mayStay
  #queue = []
  #busy = false
  #wrote = false
  #wake = () => {}

  /**
   * @param {string} url where commands go
   * @param {string} [owner] whose they are: kept on this device until they went
   * @param {(args: any) => boolean} [mayStay] whether a command may be kept
   */
  constructor(url, owner = "", mayStay = () => true) {
    super()
    this.#url = url
    this.#owner = owner
    this.#mayStay = mayStay
  }

  /** What was kept here before a reload, as [{id, name, args}], oldest first: to be handed to `add` again. */
  kept() {
    const found = this.#owner ? readUnsent() : undefined
    this.#wrote = Boolean(found)
    const mine = found?.owner === this.#owner && found.url === this.#url && Date.now() - found.at < DAY
    return mine && Array.isArray(found.queue) ? found.queue.filter((one) => one?.id && one.name && one.args) : []
  }

  get waiting() {
    return this.#queue.length
  }

  /** Resolves with {seq}, or with {refused: {code, message}}. */
  add(name, args, id = uid()) {
    return new Promise((resolve) => {
      this.#queue.push({ id, name, args, resolve })
      this.#work()
      if (this.stuck) this.#keep()
      if (this.stuck) this.#say()
    })
  }

  /** The line is back: try now. */
  retry() {
    this.#wake()
  }

  /** The page goes away: what is here is handed to the browser, as much as it takes. The same id again does no harm. */
  last() {
    this.#keep()
    let left = LARGEST_LAST
    for (const { id, name, args } of this.#queue) {
      const json = { id, name, args }
      left -= JSON.stringify(json).length
      if (left < 0) return
      ask(this.#url, { method: "POST", json, proof: isDone, keepalive: true })
    }
  }

  /** Only while the line is away, and when the page goes: else it is gone before it is written. */
  #keep() {
    if (!this.#owner) return
    const queue = kept(this.#queue, this.#mayStay)
    if (queue.length) writeUnsent({ owner: this.#owner, url: this.#url, at: Date.now(), queue })
    else if (this.#wrote) forgetUnsent()
    this.#wrote = queue.length > 0
  }

  async #work() {
    if (this.#busy) return
    this.#busy = true
    for (let n = 0; this.#queue.length; ) {
      const [{ id, name, args, resolve }] = this.#queue
      const answer = await ask(this.#url, {
        method: "POST",
        json: { id, name, args },
        proof: isDone,
        patience: ONE_TRY,
      })
      if (!answer.ok && AGAIN.includes(answer.status)) {
        this.#become(true)
        await this.#rest(pause(n++))
        continue
      }
      n = 0
      this.#queue.shift()
      this.#become(false)
      if (this.#wrote) this.#keep()
      resolve(answer.ok ? answer.body : { refused: answer.body.error })
    }
    this.#busy = false
  }

  #rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms)
      this.#wake = () => {
        clearTimeout(timer)
        done(undefined)
      }
    })
  }

  #become(stuck) {
    if (stuck === this.stuck) return
    this.stuck = stuck
    if (stuck) this.#keep()
    this.#say()
  }

  #say() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}
