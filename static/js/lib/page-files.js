/** The files of a paper: the picture of a page, and many of them at once. */

export const FULL = 1920
export const FINE = 2880
export const SMALL = 480
export const BUNDLE = 32

/** The address of the picture of a page; `width` is its long edge in pixels. */
export const pageUrl = (document, page, width) => `/documents/${encodeURIComponent(document)}/pages/${page}.webp?w=${width}`

/** The address of thirty-two pages at once, from page 32 n + 1 on. */
export const bundleUrl = (document, n) => `/documents/${encodeURIComponent(document)}/pages/bundle-${n}`

/** What is there as a blob; undefined if it cannot be had. */
export async function picture(url, signal, how = {}) {
  try {
    const answer = await fetch(url, { credentials: "same-origin", signal, ...how })
    return answer.ok ? await answer.blob() : undefined
  } catch {
    return undefined
  }
}
