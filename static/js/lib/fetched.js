/**
 * What this device has fetched of papers, and how it is forgotten: when a right ends, the copies in the browser's own cache
 * end too, with what lib/kept.js knows of.
 * The list of addresses is written by watching what is fetched, whoever fetches it; it outlives the tab where the browser
 * has IndexedDB (over plain HTTP as well), and whoever signs out.
 */

import { ask } from "./ask.js"
import { onDevice, writeTo } from "./device.js"
import { forget } from "./kept.js"
import { NOTHING, shaped } from "./proof.js"

const OF_A_PAPER = /^\/(?:api\/)?documents\/([^/?]+)/
const LIST = "addresses" // of lib/device.js
const AT_ONCE = 6
const SOON = 400
const SIZES = [480, 1920, 2880]
const BUNDLE = 32
const GONE = "paper-gone"
// Only what the browser has kept; nobody is asked.
/** @type {RequestInit} */
const HERE = { cache: "only-if-cached", mode: "same-origin" }
// The answer that the paper is gone takes the place of the copy; it is no opening.
/** @type {RequestInit} */
const ANEW = { cache: "reload", credentials: "same-origin", headers: { "X-Meetingroom-Ahead": "1" } }

/** @type {Map<string, string>} addresses that this page knows: their document */
const known = new Map()
/** @type {Map<string, string>} and those that are not written down yet */
const fresh = new Map()
/** @type {Map<string, number>} documents that are being forgotten: what that fetches is no copy */
const leaving = new Map()
const AFTER = 3000
let writing

/** `heard(document)` when a paper may not be shown here any more, before its copies are deleted. */
export function whenGone(heard, signal = undefined) {
  window.addEventListener(GONE, (/** @type {CustomEvent} */ { detail }) => heard(detail.document, detail.status), {
    signal,
  })
}

/** What is drawn or held in memory goes at once. */
export function drop(document, status = 404) {
  window.dispatchEvent(new CustomEvent(GONE, { detail: { document, status } }))
}

/** Deletes every copy of a document on this device; how many were there, and how many could not be deleted. */
export async function forgetPaper(document, { pages = 0, status = 404 } = {}) {
  drop(document, status)
  leaving.set(document, Infinity)
  const [listed] = await Promise.all([addressesOf(document), forget(document).catch(() => undefined)])
  const wanted = listed.length ? listed : guessed(document, pages)
  const result = { pages: 0, failed: 0 }
  const work = async () => {
    for (let url = wanted.pop(); url; url = wanted.pop()) {
      if (!(await isHere(url))) continue
      await fetch(url, ANEW).catch(() => undefined)
      if (await isHere(url)) result.failed += 1
      else result.pages += 1
    }
  }
  const all = [...wanted]
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (!result.failed) await unlist(all)
  leaving.set(document, performance.now() + AFTER)
  return result
}

let confirming
/** What was recalled while this device had it is deleted, and the server is told. Once at a time. */
export function confirmRecalls() {
  confirming ??= confirmAll().finally(() => {
    confirming = undefined
  })
  return confirming
}

async function confirmAll() {
  const { ok, body } = await ask("/api/recalls", { proof: shaped({ recalls: "list", device: "string" }) })
  if (!ok) return false
  for (const { meeting, recall, documents } of body.recalls) {
    const receipt = { device: body.device, pages: 0, failed: 0 }
    for (const [document, pages] of Object.entries(documents)) {
      const one = await forgetPaper(document, { pages, status: 410 })
      receipt.pages += one.pages
      receipt.failed += one.failed
    }
    const path = `/api/meetings/${encodeURIComponent(meeting)}/recalls/${encodeURIComponent(recall)}/receipt`
    await ask(path, { method: "POST", json: receipt, proof: NOTHING })
  }
  return true
}

async function isHere(url) {
  const answer = await fetch(url, HERE).catch(() => undefined)
  return Boolean(answer?.ok)
}

async function addressesOf(document) {
  await write()
  const { value } = await onDevice((db) => db.getAll(LIST))
  const all = [...(value ?? []), ...[...known].map(([url, of]) => ({ url, document: of }))]
  return [...new Set(all.filter((one) => one.document === document).map(({ url }) => url))]
}

/** Whether the browser may have kept it: where it was never fetched, looking for it would log an error. No list: perhaps. */
export async function isListed(url) {
  if (known.has(url)) return true
  const { ok, value } = await onDevice((db) => db.get(LIST, url))
  return !ok || Boolean(value)
}

async function unlist(urls) {
  for (const url of urls) known.delete(url)
  await inList((store) => {
    for (const url of urls) store.delete(url)
  })
}

const inList = (act) => writeTo(LIST, act)

/** Without a list (another program has emptied it): every address that pages have. Looked for here, not at the server. */
function guessed(document, pages) {
  const base = `/documents/${encodeURIComponent(document)}/pages`
  const found = []
  for (let n = 1; n <= pages; n++) {
    found.push(...SIZES.map((size) => `${base}/${n}.webp?w=${size}`), `${base}/${n}.json?t=1`)
    if (n % BUNDLE === 1) found.push(`${base}/bundle-${(n - 1) / BUNDLE}`, `${base}/words-${(n - 1) / BUNDLE}?t=1`)
  }
  return found
}

function documentOf(address) {
  const { origin, pathname } = new URL(address, location.href)
  const found = origin === location.origin && OF_A_PAPER.exec(pathname)
  return found ? decodeURIComponent(found[1]) : undefined
}

function note(address) {
  const document = documentOf(address)
  if (!document || (leaving.get(document) ?? 0) > performance.now()) return
  const { pathname, search } = new URL(address, location.href)
  const url = pathname + search
  if (known.has(url)) return
  known.set(url, document)
  fresh.set(url, document)
  writing ??= setTimeout(write, SOON)
}

async function write() {
  clearTimeout(writing)
  writing = undefined
  if (!fresh.size) return
  const rows = [...fresh].map(([url, document]) => ({ url, document }))
  fresh.clear()
  await inList((store) => {
    for (const row of rows) store.put(row)
  })
}

try {
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) note(name)
  }).observe({ type: "resource", buffered: true })
} catch {
  // Without it the list stays empty, and what is recalled is looked for by every address that pages have.
}
window.addEventListener("pagehide", () => write())

// What was recalled while this device was away is deleted before anything else is drawn (css: html[data-recall]).
const page = document.documentElement
if ("recall" in page.dataset) {
  const shown = () => delete page.dataset.recall
  confirmRecalls().then(shown, shown)
}
