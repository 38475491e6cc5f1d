/** Commands on their way to the server: one at a time, in order, each done once or reported. */

import { t } from "../lib/t.js"
import { uid } from "../lib/uid.js"
import { pause, wait } from "./backoff.js"
import { Refused, Unanswered } from "./errors.js"

const PATIENCE = 20000
const ONE_TRY = 8000
const AGAIN = [408, 502, 503, 504]

// Of several waiting wishes of these kinds only the last matters: nobody wants the pages in between.
const LATEST = ["turn_page", "zoom"]

export class Wishes {
  #url
  #queue = []
  #busy = false
  #doubtful = new Map()
  #signedOut

  /** `url` takes the commands; `signedOut()` is called when the session is gone. */
  constructor(url, signedOut) {
    this.#url = url
    this.#signedOut = signedOut
  }

  /**
   * Send a command; resolves with `{seq}` or `{superseded: true}`.
   * Rejects with Refused (the server said no) or Unanswered (nobody answered for 20 s).
   */
  send(name, args = {}) {
    return new Promise((resolve, reject) => {
      const last = this.#queue[this.#queue.length - 1]
      if (last && last.name === name && LATEST.includes(name)) {
        this.#queue.pop()
        last.resolve({ superseded: true })
      }
      this.#queue.push({ id: uid(), name, args, until: Date.now() + PATIENCE, tries: 0, resolve, reject })
      this.#work()
    })
  }

  /** Unanswered wishes whose fate can now be asked for: `[{id, name, args, done: true|false}]`. */
  async settle() {
    const known = []
    for (const wish of [...this.#doubtful.values()]) {
      const done = await this.#wasDone(wish.id)
      if (done === undefined) continue
      this.#doubtful.delete(wish.id)
      known.push({ ...wish, done })
    }
    return known
  }

  async #work() {
    if (this.#busy) return
    this.#busy = true
    while (this.#queue.length) {
      const wish = this.#queue.shift()
      await this.#deliver(wish).then(wish.resolve, wish.reject)
    }
    this.#busy = false
  }

  async #deliver(wish) {
    const { id, name, args } = wish
    for (let n = 0; Date.now() < wish.until; n++) {
      const answer = await this.#post({ id, name, args }, Math.min(ONE_TRY, wish.until - Date.now()))
      if (answer) {
        if (answer.ok) return answer.body
        throw this.#refusal(answer)
      }
      wish.tries++
      await wait(Math.min(pause(n), Math.max(0, wish.until - Date.now())))
    }
    if (wish.tries === 0) throw new Unanswered(t("Not done: no connection."), false)
    this.#doubtful.set(id, { id, name, args })
    throw new Unanswered(t("No answer from the server. It will be checked when the connection is back."), true)
  }

  /** One try: `{ok, status, body}`, or undefined if nobody answered and it is worth trying again. */
  async #post(command, patience) {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), patience)
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Meetingroom": "1" },
        body: JSON.stringify(command),
        credentials: "same-origin",
        signal: stop.signal,
      })
      if (AGAIN.includes(answer.status)) return undefined
      return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) }
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  #refusal({ status, body }) {
    const { code, message, ...fields } = body.error || {}
    if (status === 401) this.#signedOut()
    return new Refused(code || `status_${status}`, message || t("The server could not do that."), fields)
  }

  async #wasDone(id) {
    try {
      const answer = await fetch(`${this.#url}/${encodeURIComponent(id)}`, { credentials: "same-origin", cache: "no-store" })
      if (answer.ok) return true
      if (answer.status === 404) return false
    } catch { /* still no line: ask next time */ }
    return undefined
  }
}
