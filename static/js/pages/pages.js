/** Pages as pictures: at most three whole ones decoded, small ones to show meanwhile; `page-cache.js` has the rest. */

import { pause, wait } from "../meeting/backoff.js"
import { FINE, FULL, pageUrl, picture, SMALL } from "./page-files.js"
import { whenGone } from "../lib/fetched.js"
import { PageCache } from "./page-cache.js"
import { isStamped } from "./stamped.js"

const MOST = 3
const THUMBS = 40
const TRIES = 3

/**
 * The pictures around the page that is looked at. Event `change` {document, page} when one has come or failed.
 * `look()` says where we are: that page, the next and the one before are kept, everything else is let go.
 */
export class Pages extends EventTarget {
  #kept = new Map()
  #thumbs = new Map()
  #place = ""
  #lost = 0
  #places = MOST
  #waiting = []
  #cache = new PageCache(() => this.#busy())

  constructor() {
    super()
    whenGone((document) => this.#forget(document))
  }

  /** How many whole bitmaps are alive (never more than three). */
  get alive() {
    return [...this.#kept.values()].filter((entry) => entry.bitmap).length
  }

  /**
   * This page is shown now, of a document with `pages` pages; `fine` if it is magnified, `alone` if no other page of it
   * may be seen.
   */
  look(document, page, pages, { fine = false, alone = false } = {}) {
    const place = `${key(document, page)}/${pages}/${fine}/${alone}`
    if (place === this.#place) return
    this.#place = place
    if (isStamped(document)) [alone, fine] = [true, false]
    // While the fine picture comes, the coarse one still stands: room for it is made by letting the page before go.
    const beside = alone ? [] : fine ? [page + 1] : [page + 1, page - 1]
    const around = beside.filter((n) => n >= 1 && n <= pages)
    const keys = [page, ...around].map((n) => key(document, n))
    for (const [name, entry] of [...this.#kept]) if (!keys.includes(name)) this.#drop(name, entry)
    if (alone) this.#cache.empty()
    else this.#cache.fill(document, page, pages)
    this.#load(document, page, fine ? FINE : FULL)
    // The neighbours start when the page itself is there, so that it has the whole line for itself; if it is still the one.
    this.#ready(document, page).then(() => {
      if (this.#place === place) for (const n of around) this.#load(document, n, FULL)
    })
  }

  /** Nothing is shown any more: give everything back. */
  rest() {
    this.#place = ""
    for (const [name, entry] of [...this.#kept]) this.#drop(name, entry)
    this.#cache.empty()
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
    if (isStamped(document)) return undefined
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

  /**
   * How the line stands. Once it is there, what failed is worth another try, and what was asked for before it was lost may
   * wait for the one that is gone. Who was only late is live again on the same line.
   */
  hear(state) {
    if (state === "offline") this.#lost ||= performance.now()
    if (state !== "live") return
    for (const entry of this.#kept.values()) {
      if (!entry.bitmap && entry.since < this.#lost) {
        entry.stop.abort()
        entry.stop = new AbortController()
      } else if (!entry.failed) continue
      this.#fetch(entry)
    }
    this.#lost = 0
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
    const {
      document,
      page,
      width,
      stop: { signal },
    } = entry
    entry.failed = false
    entry.since = performance.now()
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
    const early = theFirst(url)
    const blob = early || (await this.#cache.page(url)) || (await picture(url, signal))
    if (!blob) return undefined
    if (this.#places) this.#places -= 1
    else await new Promise((free) => this.#waiting.push(free))
    const bitmap = early
      ? await early
      : signal.aborted
        ? undefined
        : await createImageBitmap(blob).catch(() => undefined)
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
    return /** @type {Promise<void>} */ (
      new Promise((done) => {
        const look = () => {
          if (this.state(document, page) === "loading") return
          this.removeEventListener("change", look)
          done()
        }
        this.addEventListener("change", look)
        look()
      })
    )
  }

  /** It may not be shown here any more. */
  #forget(document) {
    const of = (name) => name.startsWith(`${document}/`)
    for (const [name, entry] of [...this.#kept]) if (of(name)) this.#drop(name, entry)
    for (const name of [...this.#thumbs.keys()]) if (of(name)) this.#thumbs.delete(name)
    if (of(this.#place)) this.rest()
  }

  #busy() {
    return [...this.#kept.values()].some((entry) => !entry.bitmap && !entry.failed)
  }

  #changed(document, page) {
    this.dispatchEvent(new CustomEvent("change", { detail: { document, page } }))
  }
}

/** The picture that was on its way before the scripts (js/before.js), as a bitmap to come; once. */
function theFirst(url) {
  const { firstPicture } = globalThis
  globalThis.firstPicture = undefined
  if (firstPicture?.url === url) return firstPicture.bitmap
  firstPicture?.bitmap.then((bitmap) => bitmap?.close())
  return undefined
}

const key = (document, page) => `${document}/${page}`
