/** Pages as pictures: at most three whole ones decoded, small ones to show meanwhile, the rest in the HTTP cache. */

import { pause, wait } from "../meeting/backoff.js"

const MOST = 3
const THUMBS = 40
// What is fetched in bundles stays in memory, compressed; a paper that is larger goes into the browser's cache.
const HELD = 48e6
// Only what the browser has kept; nobody is asked.
const HERE = { cache: "only-if-cached", mode: "same-origin" }
const TRIES = 3

export const FULL = 1920
export const FINE = 2880
export const SMALL = 480
export const BUNDLE = 32

/** The address of the picture of a page; `width` is its long edge in pixels. */
export const pageUrl = (document, page, width) => `/documents/${encodeURIComponent(document)}/pages/${page}.webp?w=${width}`

/** The address of thirty-two pages at once, from page 32 n + 1 on. */
export const bundleUrl = (document, n) => `/documents/${encodeURIComponent(document)}/pages/bundle-${n}`

/**
 * The pictures around the page that is looked at. Event `change` {document, page} when one has come or failed.
 * `look()` says where we are: that page, the next and the one before are kept, everything else is let go.
 */
export class Pages extends EventTarget {
  #kept = new Map()
  #thumbs = new Map()
  #warm = undefined
  #place = ""
  #held = new Map()
  #heldBytes = 0
  #places = MOST
  #waiting = []

  /** How many whole bitmaps are alive (never more than three). */
  get alive() {
    return [...this.#kept.values()].filter((entry) => entry.bitmap).length
  }

  /** This page is shown now, of a document with `pages` pages; `fine` if it is magnified. */
  look(document, page, pages, { fine = false } = {}) {
    const place = `${key(document, page)}/${pages}/${fine}`
    if (place === this.#place) return
    this.#place = place
    // While the fine picture comes, the coarse one still stands: room for it is made by letting the page before go.
    const wanted = (fine ? [page, page + 1] : [page, page + 1, page - 1]).filter((n) => n >= 1 && n <= pages)
    const keys = wanted.map((n) => key(document, n))
    for (const [name, entry] of [...this.#kept]) if (!keys.includes(name)) this.#drop(name, entry)
    if (this.#warm?.document !== document) this.#warmUp(document, page, pages)
    this.#load(document, page, fine ? FINE : FULL)
    // The neighbours start when the page itself is there, so that it has the whole line for itself.
    this.#ready(document, page).then(() => {
      for (const n of wanted.slice(1)) if (this.#kept.has(key(document, page))) this.#load(document, n, FULL)
    })
  }

  /** Nothing is shown any more: give everything back. */
  rest() {
    this.#place = ""
    for (const [name, entry] of [...this.#kept]) this.#drop(name, entry)
    this.#warm?.stop.abort()
    this.#warm = undefined
    this.#letGo()
  }

  /** The decoded page, or nothing yet. Draw it at once, do not keep it. */
  full(document, page) {
    return this.#kept.get(key(document, page))?.bitmap
  }

  /** "ready", "loading", "failed", or "" for a page nobody asked for. */
  state(document, page) {
    const entry = this.#kept.get(key(document, page))
    if (!entry) return ""
    return entry.bitmap ? "ready" : entry.failed ? "failed" : "loading"
  }

  /** The small picture if it is there; asked for otherwise. */
  thumb(document, page) {
    const name = key(document, page)
    const found = this.#thumbs.get(name)
    if (found) {
      this.#thumbs.delete(name)
      this.#thumbs.set(name, found)
      return found.complete && found.naturalWidth ? found : undefined
    }
    const image = new Image()
    image.decoding = "async"
    image.onload = () => this.#changed(document, page)
    image.onerror = () => this.#thumbs.delete(name)
    image.src = pageUrl(document, page, SMALL)
    this.#thumbs.set(name, image)
    if (this.#thumbs.size > THUMBS) this.#thumbs.delete(this.#thumbs.keys().next().value)
    return undefined
  }

  retry(document, page) {
    const entry = this.#kept.get(key(document, page))
    if (entry?.failed) this.#fetch(entry)
  }

  /** The line is back: whatever failed is worth another try. */
  retryAll() {
    for (const entry of this.#kept.values()) if (entry.failed) this.#fetch(entry)
  }

  #load(document, page, width) {
    const name = key(document, page)
    let entry = this.#kept.get(name)
    if (!entry) {
      entry = { document, page, width: 0, stop: new AbortController() }
      this.#kept.set(name, entry)
    }
    if (entry.width >= width && !entry.failed) return
    entry.width = width
    this.#fetch(entry)
  }

  async #fetch(entry) {
    const { document, page, width, stop: { signal } } = entry
    entry.failed = false
    for (let n = 0; n < TRIES && !signal.aborted && entry.width === width; n++) {
      if (n) await wait(pause(n), signal)
      const bitmap = await this.#decoded(pageUrl(document, page, width), signal)
      if (!bitmap) continue
      if (signal.aborted || entry.width !== width) return this.#close(bitmap)
      this.#close(entry.bitmap)
      entry.bitmap = bitmap
      return this.#changed(document, page)
    }
    if (signal.aborted || entry.width !== width) return
    // Magnified without its fine picture is still readable; a page without any is not.
    if (!entry.bitmap) entry.failed = true
    this.#changed(document, page)
  }

  #drop(name, entry) {
    this.#kept.delete(name)
    entry.stop.abort()
    this.#close(entry.bitmap)
  }

  /** A decoding cannot be called off: one for a page that was let go holds its place until it is done. */
  async #decoded(url, signal) {
    await this.#warm?.rehearsed
    const blob = this.#held.get(url) || await picture(url, signal)
    if (!blob) return undefined
    if (this.#places) this.#places -= 1
    else await new Promise((free) => this.#waiting.push(free))
    const bitmap = signal.aborted ? undefined : await createImageBitmap(blob).catch(() => undefined)
    if (!bitmap) this.#free()
    return bitmap
  }

  #close(bitmap) {
    if (!bitmap) return
    bitmap.close()
    this.#free()
  }

  #free() {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#places += 1
  }

  #ready(document, page) {
    return new Promise((done) => {
      const look = () => {
        if (this.state(document, page) === "loading") return
        this.removeEventListener("change", look)
        done()
      }
      this.addEventListener("change", look)
      look()
    })
  }

  /** The whole paper into the browser's cache, page by page, when there is nothing better to do. */
  async #warmUp(document, page, pages) {
    this.#warm?.stop.abort()
    this.#letGo()
    const stop = new AbortController()
    const bundles = near(Math.ceil(pages / BUNDLE), Math.floor((page - 1) / BUNDLE))
    this.#warm = { document, stop, rehearsed: this.#takeKept(document, bundles, stop.signal) }
    await this.#warm.rehearsed
    if (!plentiful()) return
    // Not all tablets of the hall at once.
    await wait(2000 + Math.random() * 4000, stop.signal)
    for (const n of bundles) {
      await this.#quiet(stop.signal)
      if (stop.signal.aborted || !await this.#take(document, n, stop.signal)) break
    }
    for (const n of near(pages, page - 1).map((each) => each + 1)) {
      if (this.#held.has(pageUrl(document, n, FULL))) continue
      await this.#quiet(stop.signal)
      if (stop.signal.aborted) return
      const keep = await into(pageUrl(document, n, FULL), stop.signal)
      if (!keep) return
    }
  }

  /** What the rehearsal has fetched is here already, also when there is no line now. Takes it off the list. */
  async #takeKept(document, bundles, signal) {
    while (bundles.length && await this.#take(document, bundles[0], signal, HERE)) bundles.shift()
  }

  async #quiet(signal) {
    await idle(signal)
    while (!signal.aborted && this.#busy()) await wait(300, signal)
  }

  /** A bundle of pages; false if it cannot be had. The pages are views of what arrived, nothing is copied. */
  async #take(document, n, signal, how = { priority: "low" }) {
    if (this.#heldBytes > HELD) return false
    const whole = await picture(bundleUrl(document, n), signal, how)
    if (!whole || signal.aborted) return false
    const head = (await whole.slice(0, 4096).text()).split("\n", 1)[0]
    const told = parsed(head)
    if (!told || signal.aborted) return false
    let at = head.length + 1
    for (const [page, length] of told) {
      this.#held.set(pageUrl(document, page, FULL), whole.slice(at, at += length, "image/webp"))
    }
    this.#heldBytes += whole.size
    return true
  }

  #letGo() {
    this.#held.clear()
    this.#heldBytes = 0
  }

  #busy() {
    return [...this.#kept.values()].some((entry) => !entry.bitmap && !entry.failed)
  }

  #changed(document, page) {
    this.dispatchEvent(new CustomEvent("change", { detail: { document, page } }))
  }
}

const key = (document, page) => `${document}/${page}`

/** The numbers below `count`, what comes next before what has been. */
const near = (count, here) => [...Array(count).keys()].sort((a, b) => nearness(a, here) - nearness(b, here))

const nearness = (n, here) => (n >= here ? n - here : (here - n) * 2 + 1)

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function picture(url, signal, how = {}) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal, ...how })
    return answer.ok ? await answer.blob() : undefined
  } catch {
    return undefined
  }
}

/** Read a file so that the browser keeps it; false if it will not be kept (restricted papers) or the line is bad. */
async function into(url, signal) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal, priority: "low" })
    if (!answer.ok || (answer.headers.get("Cache-Control") || "").includes("no-store")) return false
    await answer.blob()
    return true
  } catch {
    return false
  }
}

function plentiful() {
  const line = navigator.connection
  return !line || (!line.saveData && line.type !== "cellular")
}

function idle(signal) {
  const ask = window.requestIdleCallback || ((done) => setTimeout(done, 50))
  return signal.aborted ? Promise.resolve() : new Promise((done) => ask(done, { timeout: 2000 }))
}
