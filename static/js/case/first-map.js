/** The map that was asked for before this page's script was read (js/before.js). */

/** What came of `url`; undefined where it was not asked for, or has not come. It is taken once. @param {string} url */
export async function takeFirst(url) {
  const first = globalThis.firstMap
  globalThis.firstMap = undefined
  return first?.url === url ? await first.body : undefined
}
