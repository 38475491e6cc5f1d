/** The files of a paper: the picture of a page, and many of them at once. */

import { fetchWhole } from "../lib/in-time.js"
import { isFile } from "../lib/proof.js"

export const FULL = 1920
export const FINE = 2880
export const SMALL = 480
export const BUNDLE = 32

/** The address of the picture of a page; `width` is its long edge in pixels. */
export const pageUrl = (document, page, width) =>
  `/documents/${encodeURIComponent(document)}/pages/${page}.webp?w=${width}`

/** The address of thirty-two pages at once, from page 32 n + 1 on. */
export const bundleUrl = (document, n) => `/documents/${encodeURIComponent(document)}/pages/bundle-${n}`

/** A picture that is to lie ready: nobody has opened the paper. */
export const AHEAD = { headers: { "X-Meetingroom-Ahead": "1" } }

const BUNDLED = /\/bundle-\d+$/

/**
 * What is there as a blob; undefined if it cannot be had, or if what came is no picture: a network's sign-in page
 * comes with 200, too. `outcome.status` is what was answered.
 */
export async function picture(url, signal, how = {}, outcome = {}) {
  const type = BUNDLED.test(url) ? "application/octet-stream" : "image/"
  try {
    const { answer, body } = await fetchWhole(url, { signal, ...how }, ({ ok, headers }) =>
      isFile({ ok, type: headers.get("Content-Type") }, type),
    )
    outcome.status = answer.status
    outcome.kept = !(answer.headers.get("Cache-Control") || "").includes("no-store")
    return body
  } catch {
    return undefined
  }
}
