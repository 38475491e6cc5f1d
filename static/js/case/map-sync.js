/** A map at the server, followed: operations go one after the other, those of others come in by asking. */

import { ask, BRIEF, NOTHING } from "../lib/ask.js"
import { uid } from "../lib/uid.js"
import { takeFirst } from "./first-map.js"
import { followed } from "./map-ops.js"

const OFTEN = 1500
const SELDOM = 5000 // of what has been quiet for a while: under the 12 s after which one counts as gone
const QUIET = 20 // questions without news
const AGAIN = 2000
/** Spread by a fifth: twenty maps that were opened at once do not ask at once. @param {number} ms */
const about = (ms) => ms * (0.9 + Math.random() / 5)

export class MapSync {
  /** @param {string} address /api/cases/<c>/maps/<m> @param {(what: string, about?: any) => void} heard */
  constructor(address, heard) {
    this.address = address
    this.heard = heard
    this.tab = uid()
    this.node = ""
    /** Whether something is being typed at it: the others are told. */
    this.writing = false
    /** Fields of nodes (of steps, of a script) that were last changed by oneself: {from, to} revisions between which nobody else could. */
    this.own = new Map()
    this.calm = 0
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
    const early = !this.map && (await takeFirst(`${this.address}.json`))
    const answer = early ? { ok: true, status: 200, body: early } : await ask(`${this.address}.json`)
    if (!answer.ok) return answer
    const { rev, root, loose, nodes, links, bin, ...rest } = answer.body
    this.about = rest
    // What was done here while this was on its way is not taken back.
    if (!this.map || rev >= this.map.rev) this.map = { rev, root, loose, nodes, links, bin: bin || [] }
    this.heard("map")
    return answer
  }

  /** Begins to listen, until it is stopped: often while something happens, not at all in a window that is hidden. */
  follow() {
    this.wake = () => {
      if (!document.hidden) this.turn(0)
    }
    document.addEventListener("visibilitychange", this.wake)
    addEventListener("online", this.wake)
    this.turn(OFTEN)
  }

  /** @param {number} ms until the next question */
  turn(ms) {
    clearTimeout(this.timer)
    const mine = setTimeout(async () => {
      if (document.hidden) return // the window's coming back wakes it
      await this.catchUp()
      if (this.timer === mine) this.turn(about(this.calm > QUIET ? SELDOM : OFTEN))
    }, ms)
    this.timer = mine
  }

  /** Somebody is at work here: news are asked for often again. */
  stir() {
    const slept = this.calm > QUIET
    this.calm = 0
    if (slept && this.wake) this.turn(OFTEN)
  }

  stop() {
    clearTimeout(this.timer)
    this.timer = undefined
    document.removeEventListener("visibilitychange", this.wake)
    removeEventListener("online", this.wake)
  }

  async catchUp() {
    const at = new URLSearchParams({ since: String(this.map.rev), node: this.node, tab: this.tab })
    if (this.writing) at.set("writing", "1")
    const answer = await ask(`${this.address}/ops?${at}`, { patience: BRIEF })
    if (!answer.ok) {
      if (answer.status === 404) this.heard("gone")
      return
    }
    const { rev, ops, editing } = answer.body
    this.calm = editing.length || rev > this.map.rev ? 0 : this.calm + 1
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
    this.stir()
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
    const fields = Object.keys(op.edit?.set ?? {}).map((field) => `${op.edit.node ?? op.edit.step} ${field}`)
    // Typed on while the one before was on its way: what stands there now is one's own, nobody is to choose.
    const before = fields.length === 1 && this.own.get(fields[0])
    const on = before && op.rev >= before.from && op.rev <= before.to
    if (on) op = { ...op, rev: before.to }
    for (;;) {
      const answer = await ask(`${this.address}/ops`, { method: "POST", json: op, patience: BRIEF })
      if (answer.ok) {
        await this.took(answer.body)
        if (op.undo) this.done = this.done.filter((each) => each !== op.undo.op)
        else this.done.push(op.id)
        for (const field of fields) this.own.set(field, { from: on ? before.from : op.rev, to: answer.body.rev })
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

  /** What came of one's own operation. */
  async took(done) {
    if (done.rev !== this.map.rev + 1) return this.catchUp()
    this.map = followed(this.map, done.op)
    this.heard("map", [done])
  }

  /** Takes back the last of one's own steps. */
  async undo() {
    await this.queue // what is on its way is the last one
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
