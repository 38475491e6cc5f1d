/** A map at the server, followed: operations go one after the other, those of others come in by asking. */

import { ask, NOTHING } from "../lib/ask.js"
import { uid } from "../lib/uid.js"
import { followed } from "./map-ops.js"

const OFTEN = 1500
const AGAIN = 2000

export class MapSync {
  /** @param {string} address /api/cases/<c>/maps/<m> @param {(what: string, about?: any) => void} heard */
  constructor(address, heard) {
    this.address = address
    this.heard = heard
    this.tab = uid()
    this.node = ""
    /** @type {any} */
    this.map = null
    /** @type {any} everything else the server says of it */
    this.about = {}
    /** saved | saving | offline */
    this.state = "saved"
    this.savedAt = 0
    this.editing = []
    /** Own operations that can be taken back, the last one last. @type {string[]} */
    this.done = []
    this.queue = Promise.resolve()
    this.waiting = 0
  }

  async read() {
    const answer = await ask(`${this.address}.json`)
    if (!answer.ok) return answer
    const { rev, root, loose, nodes, links, bin, ...about } = answer.body
    this.map = { rev, root, loose, nodes, links, bin: bin || [] }
    this.about = about
    this.heard("map")
    return answer
  }

  /** Begins to listen; ends with the page. */
  follow() {
    const turn = async () => {
      if (!document.hidden) await this.catchUp()
      this.timer = setTimeout(turn, OFTEN)
    }
    this.timer = setTimeout(turn, OFTEN)
  }

  stop() {
    clearTimeout(this.timer)
  }

  async catchUp() {
    const at = new URLSearchParams({ since: String(this.map.rev), node: this.node, tab: this.tab })
    const answer = await ask(`${this.address}/ops?${at}`)
    if (!answer.ok) {
      if (answer.status === 404) this.heard("gone")
      return
    }
    const { rev, ops, editing } = answer.body
    if (JSON.stringify(editing) !== JSON.stringify(this.editing)) {
      this.editing = editing
      this.heard("editing")
    }
    if (rev <= this.map.rev) return
    if (!ops) return void (await this.read())
    const changed = ops.filter((each) => each.rev > this.map.rev)
    for (const each of changed) {
      if (each.rev !== this.map.rev + 1) return void (await this.read())
      this.map = followed(this.map, each.op)
    }
    if (changed.length) this.heard("map", changed)
  }

  /**
   * Sends one operation; resolves with {ok, error}. Tried with the same id until the server has answered: it is done
   * once, however often it arrives.
   * @param {Record<string, any>} wish {add | edit | …: {…}} @param {number} [rev] what its author had seen
   */
  send(wish, rev) {
    this.waiting += 1
    this.say("saving")
    const id = uid()
    const turn = this.queue.then(() => this.deliver({ id, rev: rev ?? this.map.rev, ...wish }))
    this.queue = turn.then(
      () => {},
      () => {},
    )
    return turn.then((answer) => {
      this.waiting -= 1
      if (answer.ok) this.savedAt = Date.now()
      if (!this.waiting && this.state !== "offline") this.say("saved")
      return answer
    })
  }

  /** @param {any} op */
  async deliver(op) {
    for (;;) {
      const answer = await ask(`${this.address}/ops`, { method: "POST", json: op })
      if (answer.ok) {
        if (answer.body.rev === this.map.rev + 1) {
          this.map = followed(this.map, answer.body.op)
          this.heard("map", [answer.body])
        } else await this.catchUp()
        if (op.undo) this.done = this.done.filter((each) => each !== op.undo.op)
        else this.done.push(op.id)
        if (this.state === "offline") this.say("saving")
        return { ok: true, rev: answer.body.rev, error: null }
      }
      if (answer.status && answer.status !== 503 && answer.status !== 429) {
        await this.catchUp()
        return { ok: false, rev: this.map.rev, error: answer.body.error }
      }
      this.say("offline")
      await new Promise((resolve) => setTimeout(resolve, AGAIN))
    }
  }

  /** Takes back the last of one's own steps. */
  async undo() {
    const last = this.done[this.done.length - 1]
    if (!last) return { ok: true, error: null }
    const answer = await this.send({ undo: { op: last } })
    if (!answer.ok) this.done.pop()
    return answer
  }

  /** @param {string} id of what lies in the tray */
  async takeFromTray(id) {
    const answer = await ask(`${this.address}/tray/${encodeURIComponent(id)}`, { method: "DELETE", proof: NOTHING })
    if (answer.ok) this.about.tray = this.about.tray.filter((each) => each.id !== id)
    return answer
  }

  say(state) {
    this.state = state
    this.heard("state")
  }
}
