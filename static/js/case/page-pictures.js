/**
 * Pictures of pages of a case, decoded, the last few: a map leads back and forth between the same pages. Beside them lie
 * ready those to which one may be led next (pages-ahead.js): they are opened when they are looked at, not before.
 */

import { ask, NOTHING } from "../lib/ask.js"
import { openedUrl, viewUrl } from "./media-places.js"
import { pause, wait } from "../meeting/backoff.js"
import { AHEAD, FULL, pageUrl, picture } from "../pages/page-files.js"

const HELD = 6
const TRIES = 3
const held = new Map()
/** @type {Map<string, { coming: Promise<ImageBitmap | undefined>, stop: AbortController }>} */
const ready = new Map()

/**
 * The page as a bitmap; undefined where it cannot be had. @param {string} document @param {number} page
 * @returns {Promise<ImageBitmap | undefined>}
 */
export function pagePicture(document, page) {
  return taken(pageUrl(document, page, FULL), `/api/documents/${encodeURIComponent(document)}/pages/${page}/opened`)
}

/** What lies ready, or is fetched now; `opened` is where it is told that somebody looks at what lay ready. */
function taken(url, opened) {
  const early = ready.get(url)
  if (!early) return pictureAt(url)
  ready.delete(url)
  return hold(
    url,
    early.coming.then((bitmap) => {
      if (!bitmap) return fetched(url)
      tellOpened(opened)
      return bitmap
    }),
  )
}

/** A photo as a bitmap, in the same way. @param {{ case: string, media: string }} photo */
export function photoPicture(photo) {
  return taken(viewUrl(photo), openedUrl(photo))
}

/** Where the picture of a page or a photo is. @param {any} place */
const urlOf = (place) => (place.media ? viewUrl(place) : pageUrl(place.document, place.page, FULL))

/** Fetches a page or a photo to lie ready; ends when it does, or cannot be had. @param {any} place */
export async function makeReady(place) {
  const url = urlOf(place)
  if (ready.has(url) || held.has(url)) return
  const stop = new AbortController()
  const coming = decoded(url, stop.signal, { priority: "low", ...AHEAD })
  ready.set(url, { coming, stop })
  await coming
}

/** Lets go of all that lies ready but these. @param {any[]} places */
export function keepReady(places) {
  const wanted = new Set(places.map(urlOf))
  for (const [url, { coming, stop }] of ready) {
    if (wanted.has(url)) continue
    ready.delete(url)
    stop.abort()
    coming.then((bitmap) => bitmap?.close())
  }
}

/** Lets go of a page or a photo that may not be seen any more. Whoever draws it still keeps its bitmap. @param {any} place */
export function forgetPicture(place) {
  held.delete(urlOf(place))
}

/** What lay ready is on the screen now: the log of the case says who has opened what. */
export async function tellOpened(path) {
  for (let n = 0; n < TRIES; n++) {
    if (n) await wait(pause(n))
    const { status } = await ask(path, { method: "POST", proof: NOTHING })
    if (status) return
  }
}

/** @param {string} url @returns {Promise<ImageBitmap | undefined>} */
function pictureAt(url) {
  return hold(url, held.get(url) ?? fetched(url))
}

function hold(url, coming) {
  const isNew = held.get(url) !== coming
  held.delete(url)
  held.set(url, coming)
  if (isNew) coming.then((bitmap) => bitmap || held.delete(url))
  for (const [old, bitmap] of [...held].slice(0, Math.max(0, held.size - HELD))) {
    held.delete(old)
    bitmap.then((each) => each?.close())
  }
  return coming
}

async function fetched(url) {
  const { signal } = new AbortController()
  for (let n = 0; n < TRIES; n++) {
    if (n) await wait(pause(n), signal)
    const bitmap = await decoded(url, signal)
    if (bitmap) return bitmap
  }
  return undefined
}

/** @param {string} url @param {AbortSignal} signal @param {RequestInit} [how] */
async function decoded(url, signal, how) {
  const blob = await picture(url, signal, how)
  return blob && createImageBitmap(blob).catch(() => undefined)
}
