/** Which of the pages with marks that were not found again is spoken of. Pure. */

/**
 * That of the page that is read; otherwise the first. Nothing while an earlier version is read: they are seen there.
 * @param {{ document: string, version: number, page: number, to: number, n: number }[]} left
 * @param {string} document
 * @param {number} page
 */
export function leftFor(left, document, page) {
  if (left.some((one) => one.document === document)) return undefined
  return left.find(({ to }) => to === page) ?? left.find(({ to }) => to > 0) ?? left[0]
}
