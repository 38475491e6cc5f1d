/** Commands on their way to the server: one at a time, in order, each done once or reported. */

import { ask } from "../lib/ask.js"
import { isDone } from "../lib/proof.js"
import { t } from "../lib/t.js"
import { uid } from "../lib/uid.js"
import { pause, wait } from "./backoff.js"
import { Refused, Unanswered } from "./errors.js"

const PATIENCE = 20000
const ONE_TRY = 8000
const A_MOMENT = 100
const AGAIN = [408, 502, 503, 504]
// What an edge says that has not passed it on: the line to the centre is down.
const UNSENT = "centre_unheard"

// Of several waiting commands of these kinds only the last matters: nobody wants the pages in between.
const LATEST = ["turn_page", "zoom"]

// What makes something new. Sent again from its form, after nobody answered, it is the same command and is done once.
const MAKES = new Set([
  "add_followup",
  "add_item",
  "add_site",
  "draft_ballot",
  "draft_direction",
  "record_conclusion",
  "send_notice",
])
// Whoever sends the same later than this means another one.
const MEANS_THE_SAME = 120000

export class CommandQueue {
  #url
  #queue = []
  #busy = false
  #doubtful = new Map()
  #unheard = new Map()
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
      const id = this.#sameId(name, args) ?? uid()
      this.#queue.push({ id, name, args, until: performance.now() + PATIENCE, tries: 0, resolve, reject })
      this.#work()
    })
  }

  /** The id under which the same was sent before without an answer. */
  #sameId(name, args) {
    const { id, at = 0 } = this.#unheard.get(same(name, args)) ?? {}
    return performance.now() - at < MEANS_THE_SAME ? id : undefined
  }

  /** Unanswered commands whose fate can now be asked for: `[{id, name, args, done: true|false}]`. */
  async settle() {
    const known = []
    for (const command of [...this.#doubtful.values()]) {
      const done = await this.#wasDone(command.id)
      if (done === undefined) continue
      this.#doubtful.delete(command.id)
      known.push({ ...command, done })
    }
    return known
  }

  async #work() {
    if (this.#busy) return
    this.#busy = true
    while (this.#queue.length) {
      const command = this.#queue.shift()
      await this.#deliver(command).then(command.resolve, command.reject)
    }
    this.#busy = false
  }

  async #deliver(command) {
    const { id, name, args } = command
    let answer
    // A try of no more than a moment would be broken off, and nobody would know whether it was done.
    for (let n = 0; command.until - performance.now() > A_MOMENT; n++) {
      answer = await ask(this.#url, {
        method: "POST",
        json: { id, name, args },
        proof: isDone,
        patience: Math.min(ONE_TRY, command.until - performance.now()),
      })
      if (answer.status && !AGAIN.includes(answer.status)) this.#unheard.delete(same(name, args))
      if (answer.ok) return answer.body
      if (answer.status && !AGAIN.includes(answer.status)) throw this.#refusal(answer)
      if (answer.body?.error?.code !== UNSENT) command.tries++
      await wait(Math.min(pause(n), Math.max(0, command.until - performance.now())))
    }
    if (command.tries === 0)
      throw new Unanswered(
        answer?.body?.error?.code === UNSENT
          ? t("Not done: the line to the centre is down.")
          : t("Not done: no connection."),
        false,
      )
    this.#doubtful.set(id, { id, name, args })
    if (MAKES.has(name)) this.#unheard.set(same(name, args), { id, at: performance.now() })
    throw new Unanswered(
      answer.foreign
        ? t(
            "Something else answered in place of the server; perhaps the network asks for a sign-in. It will be checked when the connection is back.",
          )
        : t("No answer from the server. It will be checked when the connection is back."),
      true,
    )
  }

  #refusal({ status, body }) {
    const { code, message, ...fields } = body.error
    if (status === 401) this.#signedOut()
    return new Refused(code, message || t("The server could not do that."), fields)
  }

  /** Only the server's own word counts: its number, or its own "there is no such thing". */
  async #wasDone(id) {
    const { ok, status } = await ask(`${this.#url}/${encodeURIComponent(id)}`, { proof: isDone, patience: ONE_TRY })
    return ok ? true : status === 404 ? false : undefined
  }
}

function same(name, args) {
  return JSON.stringify([name, args])
}
