/** A meeting that is over, told again: in the place of the line to the server (connection.js). Nothing can be sent. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"
import { merge } from "./patch.js"
import { Playback } from "./playback.js"

const KEPT_EVERY = 100 // steps between two views that are kept for going back
const ONE_BY_ONE = 40 // more than that at once is a leap: the whole view
const LONGEST = 500 // ms between two frames that count: a tab that was away does not run on

const isReplay = shaped({ at: "number", until: "number", view: "object", patches: "list", marks: "list" })

/**
 * Tells the same as `Connection` (`view`, `patch`, `state`), and besides: `time` while it plays, `leap` {left} when silence
 * was left out, `jump` when another moment was chosen. `marks` is [{at, kind, text, …}].
 */
export class ReplayLine extends EventTarget {
  state = "connecting"
  heard = 0
  way = undefined
  marks = []
  /** @type {Playback | undefined} */
  playback = undefined
  clock = { now: () => this.playback?.at ?? Date.now(), delay: undefined }

  #meeting
  #how
  #steps = []
  #views = []
  #place = -1
  #last = 0

  /** `how` is {at?, speed?, leaps?}: where and how it begins. */
  constructor(meeting, how = {}) {
    super()
    this.#meeting = meeting
    this.#how = how
  }

  async open() {
    this.#become("connecting")
    const path = `/api/meetings/${encodeURIComponent(this.#meeting)}/replay.json`
    const { ok, status, body } = await ask(path, { proof: isReplay })
    if (!ok) return this.#become(status === 401 ? "signed_out" : status ? "removed" : "offline")
    const { at: from, until, view, patches, marks } = body
    this.#steps = patches
    this.#views = [view]
    this.marks = marks
    this.playback = new Playback({ from, until, stops: patches.map(([at]) => at), ...this.#how })
    this.heard = Date.now()
    this.#show(true)
    this.#become("live")
    this.#tell("time")
    return undefined
  }

  play() {
    if (!this.playback || this.playback.playing) return
    const before = this.playback.at
    this.playback.play()
    if (this.playback.at < before) this.#show(true)
    this.#last = performance.now()
    this.#tell("time")
    requestAnimationFrame(() => this.#frame())
  }

  pause() {
    this.playback?.pause()
    this.#tell("time")
  }

  /** Another moment of the meeting, whole and at once. */
  seek(at) {
    if (!this.playback) return
    this.playback.seek(at)
    this.#show(true)
    this.#tell("jump")
    this.#tell("time")
  }

  #frame() {
    const { playback } = this
    if (!playback.playing) return
    const now = performance.now()
    const left = playback.pass(Math.min(LONGEST, now - this.#last))
    this.#last = now
    this.#show(false)
    if (left) this.#tell("leap", { left })
    this.#tell("time")
    if (playback.playing) requestAnimationFrame(() => this.#frame())
  }

  #show(whole) {
    const place = this.playback.behind
    if (whole || place < this.#place || place - this.#place > ONE_BY_ONE) {
      this.#place = place
      return this.#tell("view", { seq: place, audience: "members", view: this.#viewAt(place) })
    }
    while (this.#place < place) {
      const [, patch] = this.#steps[this.#place]
      this.#place++
      this.#tell("patch", { seq: this.#place, patch })
    }
    return undefined
  }

  /** The view after so many steps. Of the way there, every hundredth view is kept: unchanged parts are shared. */
  #viewAt(place) {
    const kept = Math.min(this.#views.length - 1, Math.floor(place / KEPT_EVERY))
    let view = this.#views[kept]
    for (let n = kept * KEPT_EVERY; n < place; n++) {
      view = merge(view, this.#steps[n][1])
      if ((n + 1) % KEPT_EVERY === 0) this.#views[(n + 1) / KEPT_EVERY] = view
    }
    return view
  }

  #become(state) {
    this.state = state
    this.#tell("state", state)
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }

  /** What is over hears nothing. */
  send() {
    return Promise.reject(new Error("a meeting that is seen again takes no commands"))
  }
  emit() {}
  wave() {}
  close() {
    this.pause()
  }
  resync() {}
  renew() {
    if (!this.playback) this.open()
  }
}
