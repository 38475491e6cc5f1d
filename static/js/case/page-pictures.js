/** Pictures of pages of a case, decoded, the last few: a map leads back and forth between the same pages. */

import { pause, wait } from "../meeting/backoff.js"
import { FULL, pageUrl, picture } from "../pages/page-files.js"

const HELD = 6
const TRIES = 3
const held = new Map()

/**
 * The page as a bitmap; undefined where it cannot be had. @param {string} document @param {number} page
 * @returns {Promise<ImageBitmap | undefined>}
 */
export const pagePicture = (document, page) => pictureAt(pageUrl(document, page, FULL))

/** Any picture of a case, by its address. @param {string} url @returns {Promise<ImageBitmap | undefined>} */
export function pictureAt(url) {
  const known = held.get(url)
  if (known) {
    held.delete(url)
    held.set(url, known)
    return known
  }
  const coming = fetched(url)
  held.set(url, coming)
  coming.then((bitmap) => bitmap || held.delete(url))
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
    const blob = await picture(url, signal)
    if (blob)
      try {
        return await createImageBitmap(blob)
      } catch {
        return undefined
      }
  }
  return undefined
}
