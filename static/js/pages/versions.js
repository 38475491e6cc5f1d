/** The versions of a paper: what an earlier one was, and which page stands for which. Pure. */

/** The paper as its version `n` (from 1; 0 or nothing: the newest): {…paper, document, pages, shape, n}. */
export function versionOf(paper, n = 0) {
  const newest = paper.version || 1
  const earlier = n > 0 && n < newest ? paper.versions?.[n - 1] : undefined
  return earlier
    ? { ...paper, document: earlier.document, pages: earlier.pages, shape: earlier.shape, n }
    : { ...paper, n: newest }
}

/** The paper as that of its versions which is this document, or nothing. */
export function versionIn(paper, document) {
  if (paper.document === document) return paper
  const n = (paper.versions ?? []).findIndex((version) => version.document === document) + 1
  return n ? versionOf(paper, n) : undefined
}

/** The page of version `to` that stands for a page of version `from`: {page, kind: "same" | "changed"}, or nothing. */
export function pairedPage(paper, from, to, page) {
  let found = { page, kind: "same" }
  for (const { map = [] } of (paper.versions ?? []).slice(from, to)) {
    const run = map.find(([old, , count]) => old <= found.page && found.page < old + count)
    if (!run) return undefined
    found = { page: found.page - run[0] + run[1], kind: run[3] === "same" ? found.kind : "changed" }
  }
  return found
}

/**
 * Where the next turn begins: at the page shown, or at the one of the newest version that stands for it.
 * @param {{ page?: number, pages?: number, newest?: { page?: number, pages: number } }} stage
 */
export const turnsFrom = ({ page, pages, newest }) =>
  newest ? { page: newest.page || Math.min(page, newest.pages), pages: newest.pages } : { page, pages }
