/**
 * What of papers lies on this device, in one list: pages and words in the caches `papers-<meeting>`, and what was written on
 * them (lib/device.js). Whoever puts more of a paper anywhere says with `onForget` how it is taken away again; a paper that
 * was recalled, or whose time is over, is taken away by `forget(document)`.
 */

import { onDevice, writeTo } from "./device.js"

export const PAPERS = "papers-"

/** @typedef {{ document: string, meeting: string, person: string, paper: string, title: string, pages: number, shape: any[],
 *   t: number, bytes: number, at: number, place?: number }} Kept */

const forgetters = new Set()

/** Called with a document that is to leave this device, or with nothing: all of them. @param {(document?: string) => any} fn */
export function onForget(fn) {
  forgetters.add(fn)
  return () => forgetters.delete(fn)
}

/** Are there caches in this browser? Only where the page came over HTTPS. */
export const hasCaches = () => isSecureContext && "caches" in globalThis

/** @returns {Promise<Kept[]>} */
export const listKept = async () => (await onDevice((db) => db.getAll("papers"))).value ?? []

/** One paper that was kept by somebody, or undefined. @param {string} document @returns {Promise<Kept | undefined>} */
export const keptOf = async (document) => (await onDevice((db) => db.get("papers", document))).value

/** @param {Kept} kept */
export const writeKept = (kept) => writeTo("papers", (store) => store.put(kept))

/** Nothing of a document stays here. @param {string} document */
export async function forget(document) {
  const path = `/documents/${encodeURIComponent(document)}/`
  if (hasCaches()) {
    for (const name of await names()) {
      const cache = await caches.open(name)
      for (const { url } of await cache.keys())
        if (new URL(url).pathname.startsWith(path)) await cache.delete(url, { ignoreVary: true })
    }
  }
  await onDevice(async (db) => {
    await db.delete("papers", document)
    for (const { key, document: of } of await db.getAll("marks")) if (of === document) await db.delete("marks", key)
  })
  tell()
  for (const fn of forgetters) await fn(document)
}

/** Nothing of a meeting stays here: its papers, its pages, what was seen of it last. @param {string} meeting */
export async function forgetMeeting(meeting) {
  for (const { document } of (await listKept()).filter((one) => one.meeting === meeting)) await forget(document)
  if (hasCaches()) await caches.delete(PAPERS + meeting)
  await writeTo("meetings", (store) => store.delete(meeting))
  tell()
}

/** Nothing of any paper stays here. */
export async function forgetAll() {
  if (hasCaches()) for (const name of await names()) await caches.delete(name)
  for (const name of ["papers", "meetings", "views", "marks"]) await writeTo(name, (store) => store.clear())
  tell()
  for (const fn of forgetters) await fn()
}

const names = async () => (await caches.keys()).filter((name) => name.startsWith(PAPERS))

/** The worker knows by heart what is here, and is told when that changes. */
export function tell() {
  if (isSecureContext) navigator.serviceWorker?.controller?.postMessage({ type: "kept" })
}
