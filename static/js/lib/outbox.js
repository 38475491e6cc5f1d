/**
 * What is to be sent and has not been yet: in order, each once, whatever happens to the line. Kept in IndexedDB where the
 * browser has it, else in memory only (`kept` is false then). It tries again when the line is back, when the page comes to
 * the front, and every 15 seconds.
 */

const AT_ONCE = 200
const LETTERS = 200_000
const EVERY = 15_000
const STORE = "acts"

/** Event `change` when something waits, or waits no more. */
export class Outbox extends EventTarget {
  /** Is what waits kept on this device, too? */
  kept = true

  #name
  #send
  #acts = []
  #sending = false
  #db

  /**
   * @param {string} name whose, and of what: nobody else's acts are sent
   * @param {(acts: any[], how: { last: boolean }) => Promise<boolean>} send resolves with true when the server has judged them all
   * @param {{ keep?: boolean, signal: AbortSignal }} how
   */
  constructor(name, send, { keep = true, signal }) {
    super()
    this.#name = name
    this.#send = send
    this.kept = keep
    const again = () => this.flush()
    window.addEventListener("online", again, { signal })
    window.addEventListener("pageshow", again, { signal })
    document.addEventListener("visibilitychange", () => this.flush(document.visibilityState === "hidden"), { signal })
    window.addEventListener("pagehide", () => this.flush(true), { signal })
    const timer = setInterval(again, EVERY)
    signal.addEventListener("abort", () => {
      clearInterval(timer)
      this.flush(true)
    })
  }

  get waiting() {
    return this.#acts.length
  }

  /** What another visit left behind, oldest first. */
  async open() {
    const left = (await this.#with("readonly", (store) => store.get(this.#name))) ?? []
    const known = new Set(this.#acts.map(({ op }) => op))
    this.#acts = [...left.filter(({ op }) => !known.has(op)), ...this.#acts]
    if (left.length) this.#changed()
    this.flush()
    return left
  }

  add(act) {
    this.#acts.push(act)
    this.#keep()
    this.#changed()
    this.flush()
  }

  async flush(last = false) {
    if (this.#sending || !this.#acts.length) return
    this.#sending = true
    try {
      while (this.#acts.length) {
        const some = portion(this.#acts)
        if (!(await this.#send(some, { last }))) break
        this.#acts.splice(0, some.length)
        this.#keep()
        this.#changed()
      }
    } finally {
      this.#sending = false
    }
  }

  #keep() {
    if (!this.kept) return
    const acts = this.#acts.length ? this.#acts : undefined
    this.#with("readwrite", (store) => (acts ? store.put(acts, this.#name) : store.delete(this.#name)))
  }

  /** One request; WebKit kills the database behind a tab that sleeps: it is opened again, once. */
  async #with(mode, act, again = true) {
    if (!this.kept) return undefined
    try {
      this.#db ??= await opened(indexedDB.open("outbox", 1))
      return await answered(act(this.#db.transaction(STORE, mode).objectStore(STORE)))
    } catch {
      this.#db = undefined
      if (again) return this.#with(mode, act, false)
      this.kept = false
      this.#changed()
      return undefined
    }
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}

/** As many of the first ones as one request takes. @param {any[]} acts */
export function portion(acts) {
  const found = []
  let letters = 0
  for (const act of acts.slice(0, AT_ONCE)) {
    letters += JSON.stringify(act).length
    if (found.length && letters > LETTERS) break
    found.push(act)
  }
  return found
}

function opened(request) {
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return answered(request)
}

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
