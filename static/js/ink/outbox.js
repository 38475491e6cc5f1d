/**
 * What this hand has written, on its way to the server: in order, each under one id until it is answered, however long
 * that takes. It has a line of its own: a page turn does not wait behind handwriting.
 */

import { ask } from "../lib/ask.js"
import { actsIn, dropActs, putActs } from "../lib/device.js"
import { isDone } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { pause } from "../meeting/backoff.js"
import { boxOf, usable } from "./unsent.js"

const ONE_TRY = 8000
const AGAIN = [0, 401, 408, 429, 500, 502, 503, 504]
const LARGEST_LAST = 60000

/** @param {any[]} [strokes] those that are drawn (erased ones are names) */
const strokesIn = (strokes = []) => strokes.filter((one) => typeof one === "object").length || 1

/** Event `change` when something waits for the line, or no longer does. */
export class Outbox extends EventTarget {
  /** Has the last try failed? Then what is in here is not sent yet. */
  stuck = false
  /** Is all that waits on this device, too? */
  safe = true

  #url
  #owner
  #mayStay
  #queue = []
  #busy = false
  #writes = Promise.resolve()
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

  /** What was kept here by an earlier visit or another tab, as [{id, name, args}], oldest first: to be handed to `add`. */
  async kept() {
    return this.#owner ? usable((await actsIn(this.#box)) ?? [], Date.now()) : []
  }

  get #box() {
    return boxOf(this.#owner, this.#url)
  }

  /** How many strokes wait; what erases or clears counts as one. */
  get waiting() {
    return this.#queue.reduce((sum, { args }) => sum + strokesIn(args.strokes), 0)
  }

  /** Resolves with {seq}, or with {refused: {code, message}}. */
  add(name, args, id = uid()) {
    return new Promise((resolve) => {
      this.#queue.push({ id, name, args, resolve })
      this.#keep({ id, name, args })
      this.#work()
      if (this.stuck) this.#say()
    })
  }

  /** The line is back: try now. */
  retry() {
    this.#wake()
  }

  /** The page goes away: what is here is handed to the browser, as much as it takes. The same id again does no harm. */
  last() {
    let left = LARGEST_LAST
    for (const { id, name, args } of this.#queue) {
      const json = { id, name, args }
      left -= JSON.stringify(json).length
      if (left < 0) return
      ask(this.#url, { method: "POST", json, proof: isDone, keepalive: true })
    }
  }

  #keep({ id, name, args }) {
    if (!this.#owner || !this.#mayStay(args)) {
      this.safe = false
      return
    }
    const act = { op: id, id, name, args, at: Date.now() }
    this.#writes = this.#writes.then(async () => {
      if (await putActs(this.#box, [{ op: id, act }])) return
      this.safe = false
      this.#say()
    })
  }

  #let(id) {
    if (this.#owner) this.#writes = this.#writes.then(() => dropActs([id])).then(() => {})
    if (!this.#queue.length) this.safe = true
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
      this.#let(id)
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
    this.#say()
  }

  #say() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}
