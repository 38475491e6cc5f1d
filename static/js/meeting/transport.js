/** By which way a screen reaches the server: WebSocket, or long polling where something in between lets none through. */

import { session } from "../lib/storage.js"

const KEY = "road"
const HANGS = 2
const SOON = 2000
const LATER = 30000
const LONGEST = 600000

/**
 * Judges only. A WebSocket whose handshake hangs twice in a row makes way for polling; a hanging poll is no better, and
 * the WebSocket has its turn again. What is refused at once needs no judge: the library tries the other way by itself.
 */
export class Transport {
  #store
  #polls
  #hangs = 0
  #looks = 0

  constructor(store = session) {
    this.#store = store
    this.#polls = store.get(KEY) === "polling"
  }

  /** Which ways are tried, in this order. No upgrade of a poll: its hanging handshake would keep every other one waiting. */
  get transports() {
    return this.#polls ? ["polling"] : ["websocket", "polling"]
  }

  /** Nobody answered, neither yes nor no. */
  hung() {
    if (this.#polls) this.#become(false, HANGS - 1)
    else if (++this.#hangs >= HANGS) this.#become(true, 0)
  }

  /**
   * The meeting was joined by this way.
   * @param {"websocket" | "polling"} way
   */
  carried(way) {
    this.#hangs = 0
    if (way === "websocket") this.free()
    else if (this.#polls) this.#keep("polling")
  }

  /** A WebSocket comes through (again). */
  free() {
    this.#looks = 0
    this.#become(false, 0)
    this.#keep("")
  }

  /** Milliseconds until it is worth looking again whether a WebSocket comes through. */
  get nextLook() {
    const n = this.#looks++
    return n ? Math.min(LONGEST, LATER * 2 ** (n - 1)) : SOON
  }

  #become(polls, hangs) {
    this.#polls = polls
    this.#hangs = hangs
  }

  // A reload on the same line need not find out again.
  #keep(value) {
    if (value) this.#store.set(KEY, value)
    else this.#store.remove(KEY)
  }
}

/**
 * Does a WebSocket come through to the server at this moment? Opens one beside the line and closes it again.
 * @param {string} path
 * @param {{ signal?: AbortSignal, patience?: number }} how
 * @returns {Promise<boolean>}
 */
export function passes(path = "/socket.io/", { signal, patience = 5000 } = {}) {
  return new Promise((done) => {
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, "ws")}${path.replace(/\/$/, "")}/?EIO=4&transport=websocket`,
    )
    const end = (found) => {
      clearTimeout(timer)
      socket.close()
      done(found)
    }
    const timer = setTimeout(() => end(false), patience)
    signal?.addEventListener("abort", () => end(false), { once: true })
    // The server's first word: the handshake alone may be somebody else's.
    socket.onmessage = ({ data }) => end(typeof data === "string" && data.startsWith("0{"))
    socket.onerror = () => end(false)
    socket.onclose = () => end(false)
  })
}
