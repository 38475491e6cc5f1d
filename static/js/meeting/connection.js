/** The line to the server. Only this file knows Socket.IO; `command-queue.js`, which it owns, knows POST. */

import { io } from "../../vendor/socket.io/socket.io.esm.min.js"
import { ask } from "../lib/ask.js"
import { isObject, shaped } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { belongsTo } from "../lib/page-owner.js"
import { pause } from "./backoff.js"
import { ServerClock, Since } from "./clock.js"
import { passes, Transport } from "./transport.js"
import { CommandQueue } from "./command-queue.js"

const BEAT = 5000
const LATE = 9000
const DEAD = 13000
const ANSWER = 4000
const QUICK_ANSWER = 1500
const ASLEEP = 30000
const WHEN_OVER = 10000
const CATCH_UP = 500
const PROBE = 8000
const OVER = ["signed_out", "removed", "another"]

/**
 * Keeps one meeting in step. Events: `view` {seq, audience, view}, `patches` {audience, patches},
 * `patch` {seq, patch, at}, `signal`, `presence`, `state` (see `.state`), `outcome` {name, args, done}.
 * States: connecting, live, late, offline, signed_out, removed, another (somebody else has signed in here).
 */
export class Connection extends EventTarget {
  state = "connecting"
  clock = new ServerClock()
  /** How long a pen gathers points before it says where it is, ms. */
  penMs = 50
  /** Since when the edge that this line leads to does not hear the centre, the meeting's ms; 0 while it does. */
  unheard = 0

  #meeting
  #heard
  #place
  #probe
  #socket
  #queue
  #transport = new Transport()
  #look
  #looking = new AbortController()
  #moving = false
  #attempt = 0
  #retry
  #beat
  #joining = false
  #clockAsked
  #onlooker
  // As long as this page lives: over a broken line the server knows that it is the same device.
  #device = uid(12)
  #stop = new AbortController()

  /**
   * `meeting` is the id; `place()` gives `{seq, audience}` of what the screen has, or nothing;
   * `probe()` resolves to "in", "signed_out", "removed", "another" or "unknown" when the server will not let us join;
   * `onlooker`: a page about the meeting that is no device of its room (the board does not wait for it).
   * @param {{ meeting: string, place: () => { seq: number, audience: string } | undefined, probe?: () => Promise<string>, onlooker?: boolean }} how
   */
  constructor({ meeting, place, probe, onlooker = false }) {
    super()
    this.#onlooker = onlooker
    this.#meeting = meeting
    this.#place = place
    this.#probe = probe || (() => standing(meeting))
    this.#queue = new CommandQueue(`/api/meetings/${encodeURIComponent(meeting)}/commands`, () =>
      this.#become("signed_out"),
    )
  }

  /** When the server was last heard, in this machine's time (ms) as its clock stands now; 0: never. */
  get heard() {
    return this.#heard ? Date.now() - this.#heard.age : 0
  }

  /** "websocket", or "polling" where nothing else comes through; "" without a line. */
  get way() {
    return this.#socket?.connected ? (this.#socket.io.engine?.transport?.name ?? "") : ""
  }

  open() {
    this.#socket = io({
      transports: this.#transport.transports,
      upgrade: false,
      tryAllTransports: true,
      // Its own back-off waits up to 5 s and knows nothing of sleeping tablets.
      reconnection: false,
      timeout: 3000,
      autoConnect: false,
    })
    const socket = this.#socket
    socket.on("connect", () => {
      this.unheard = 0
      this.#join()
    })
    socket.on("connect_error", (problem) => this.#lost(problem))
    socket.on("disconnect", (reason) => this.#lost({ reason }))
    for (const kind of ["patch", "view", "signal", "presence", "preload", "trial"]) {
      socket.on(kind, (body) => {
        if (body?.meeting !== this.#meeting) return
        this.#heardNow()
        this.#emit(kind, body)
      })
    }
    socket.on("centre", (body) => {
      if (body?.meeting !== this.#meeting) return
      this.unheard = body.heard ? 0 : Number(body.since) || 1
      this.#emit("state", this.state)
      if (body.heard) this.#settle()
    })
    socket.on("dismissed", ({ meeting, code }) => {
      if (meeting !== this.#meeting) return
      if (code === "role_changed") this.#join({ whole: true })
      else this.#find()
    })
    socket.connect()

    const { signal } = this.#stop
    const wake = () => {
      if (document.visibilityState === "visible") this.resync()
    }
    document.addEventListener("visibilitychange", wake, { signal })
    window.addEventListener(
      "pageshow",
      (event) => {
        if (event.persisted) this.resync()
      },
      { signal },
    )
    // Who goes to another page leaves; whose line fails is missed.
    window.addEventListener("pagehide", () => this.emit("leave", {}), { signal })
    window.addEventListener("online", () => this.resync(), { signal })
    window.addEventListener("offline", () => this.#lost({ reason: "offline" }), { signal })
    document.addEventListener("another-person", () => this.#become("another"), { signal })
    document.addEventListener("same-person", () => this.resync(), { signal })
    this.#beat = setInterval(() => this.#pulse(), BEAT)
  }

  close() {
    this.#stop.abort()
    clearInterval(this.#beat)
    clearTimeout(this.#retry)
    clearTimeout(this.#look)
    this.#looking.abort()
    this.#socket?.emit("leave", { meeting: this.#meeting })
    this.#socket?.disconnect()
  }

  async send(name, args) {
    try {
      return await this.#queue.send(name, args)
    } catch (problem) {
      if (problem.sent) this.#settle()
      throw problem
    }
  }

  /** What is only true of a line that is up: "I have painted page 4". */
  emit(event, body) {
    if (this.#socket?.connected) this.#socket.emit(event, { meeting: this.#meeting, ...body })
  }

  /** Something that may be lost: a pointer in motion. */
  wave(event, body) {
    if (this.#socket?.connected) this.#socket.volatile.emit(event, { meeting: this.#meeting, ...body })
  }

  /** Make sure that we are up to date; after a sleep, a switch of network, or on a gap. */
  resync({ whole = false } = {}) {
    this.clock.forget()
    this.#attempt = 0
    // After a long sleep the socket is open on paper only; asking it would cost the patience of one answer.
    if (this.#socket.connected && this.#silence > ASLEEP) this.#socket.disconnect()
    if (!this.#socket.connected) return this.#connect()
    this.#join({ whole, patience: QUICK_ANSWER })
    // Perhaps another network, that lets more through.
    this.#lookForBetter()
  }

  /** Somebody has signed in again: the line is opened anew, with what they are now. */
  renew() {
    this.#attempt = 0
    this.#socket.disconnect()
    this.#connect()
  }

  async #join({ whole = false, patience = ANSWER } = {}) {
    if (this.#joining) return
    this.#joining = true
    const place = whole ? null : this.#place()
    try {
      const asked = this.clock.mark()
      const mine = belongsTo()
      const answer = await this.#ask(
        "join",
        { meeting: this.#meeting, ...this.#self, ...(place && { after: place.seq }), ...(mine && { as: mine }) },
        patience,
      )
      if (answer?.error) return this.#find()
      if (!joined(answer)) return this.#hangUp()
      this.#heardNow()
      if (answer.now) this.clock.learn(asked, answer.now)
      this.#attempt = 0
      const moved = place && answer.patches && answer.audience !== place.audience
      if (!moved) this.#emit(answer.patches ? "patches" : "view", answer)
      this.#become("live")
      this.#carried()
      this.#pulse()
      if (moved) setTimeout(() => this.#join({ whole: true }))
    } catch {
      this.#hangUp()
    } finally {
      this.#joining = false
    }
  }

  /** A beat: the clock, and the proof that the line still carries something both ways. */
  async #pulse() {
    const silence = this.#silence
    if (!this.#socket.connected) return this.#awake()
    if (silence > DEAD && this.#heard) return this.#hangUp()
    if (silence > LATE && this.state === "live") this.#become("late")
    this.#settle()
    // Patches prove the line as well as an answer does; in a lively meeting nobody needs to ask as often.
    if (silence < BEAT / 2 && this.#clockAsked?.age < 4 * BEAT) return
    this.#clockAsked = new Since()
    try {
      const { t0, now, seq, pen_ms } = await this.#ask("clock", { t0: this.clock.mark() })
      if (Number.isFinite(pen_ms)) this.penMs = pen_ms
      if (!Number.isFinite(now) || !Number.isFinite(t0)) return
      this.clock.learn(t0, now)
      this.#heardNow()
      const place = this.#place()
      if (place && seq > place.seq)
        setTimeout(() => {
          if (this.#place().seq < seq) this.#join()
        }, CATCH_UP)
    } catch {
      /* the next beat judges */
    }
  }

  #ask(event, body, patience = ANSWER) {
    return this.#socket.timeout(patience).emitWithAck(event, body)
  }

  #heardNow() {
    this.#heard = new Since()
    if (this.state === "late") this.#become("live")
  }

  /** The line says nothing any more, though the socket believes it is open. */
  #hangUp() {
    if (this.#socket.connected) this.#socket.disconnect()
    this.#lost({ reason: "silent" })
  }

  /** Joined: by which way, and if by the slower one, is the other free by now? */
  #carried() {
    const { way } = this
    if (!way) return
    this.#transport.carried(way)
    clearTimeout(this.#look)
    if (way === "polling") this.#look = setTimeout(() => this.#lookForBetter(), this.#transport.nextLook)
    this.#emit("state", this.state)
  }

  /** Back to the WebSocket as soon as one comes through; what happens meanwhile is in the next answer to `join`. */
  async #lookForBetter() {
    clearTimeout(this.#look)
    // Browsers open one WebSocket at a time: a look that hangs would keep this one waiting.
    this.#looking.abort()
    if (this.way !== "polling") return
    this.#looking = new AbortController()
    const { signal } = this.#looking
    const free = await passes(this.#socket.io.opts.path, { signal })
    if (signal.aborted || this.#stop.signal.aborted || this.way !== "polling") return
    if (!free) {
      this.#look = setTimeout(() => this.#lookForBetter(), this.#transport.nextLook)
      return
    }
    this.#transport.free()
    this.#moving = true
    this.#socket.disconnect()
    this.#moving = false
    this.#connect()
  }

  #lost(problem) {
    if (this.#stop.signal.aborted || this.#moving) return
    // A line that was up and broke says nothing about its kind.
    const connecting = this.state !== "live" && this.state !== "late"
    if (connecting && (problem.message === "timeout" || problem.reason === "silent")) this.#transport.hung()
    if (!this.#over) this.#become("offline")
    // A refusal by the server itself (not by the line) means that somebody should look who we are.
    const refused =
      problem.reason === "io server disconnect" ||
      (problem.message && problem.type !== "TransportError" && problem.message !== "timeout")
    if (refused) this.#find()
    this.#again()
  }

  #again() {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#connect(), this.#over ? WHEN_OVER : pause(this.#attempt++))
  }

  #awake() {
    // A timer may have been lost in a sleep; the beat starts it again.
    if (this.state !== "connecting") this.#retry ??= setTimeout(() => this.#connect(), 0)
  }

  #connect() {
    clearTimeout(this.#retry)
    this.#retry = undefined
    if (this.#stop.signal.aborted) return
    if (this.#socket.connected) return void this.#join()
    this.#socket.io.opts.transports = this.#transport.transports
    this.#socket.connect()
  }

  /** Why are we not let in: signed out, removed, or only a server that is starting? */
  async #find() {
    const found = await this.#probe()
    if (OVER.includes(found)) this.#become(found)
    this.#again()
  }

  async #settle() {
    for (const outcome of await this.#queue.settle()) this.#emit("outcome", outcome)
  }

  get #silence() {
    return this.#heard ? this.#heard.age : Infinity
  }

  get #self() {
    return { device: this.#device, ...(this.#onlooker && { onlooker: true }) }
  }

  get #over() {
    return OVER.includes(this.state)
  }

  #become(state) {
    if (state === this.state) return
    this.state = state
    this.#emit("state", state)
  }

  #emit(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }
}

/** What the server thinks of us, when it does not let us join. Only its own word counts. */
async function standing(meeting) {
  const { ok, status, body } = await ask(`/api/meetings/${encodeURIComponent(meeting)}`, {
    proof: shaped({ seq: "number", view: "object" }),
    patience: PROBE,
  })
  if (status === 401) return "signed_out"
  if (body?.error?.code === "another_person") return "another"
  if (status === 403 || status === 404) return "removed"
  return ok ? "in" : "unknown"
}

/** Is this an answer to `join`: the whole view, or what is missing of it? */
const joined = (answer) =>
  isObject(answer) && Number.isInteger(answer.seq) && (isObject(answer.view) || Array.isArray(answer.patches))
