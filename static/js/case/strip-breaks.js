/**
 * The pages of a volume in pieces: what somebody said, what is proposed, and what nobody knows yet. Each piece begins at a
 * break, which is looked at once. Pure.
 */

/**
 * @typedef {{ document: string, page: number, label: string, run: number, read: number, stated: boolean }} Page
 * @typedef {{ document: string, first: number, last: number, start: number, rule: string, suffix: string, side: string,
 *   read: number, agreeing: number }} Proposal
 * @typedef {{ at: number, end: number, kind: "stated" | "proposed" | "unknown", label: string, rule: string,
 *   read: number, agreeing: number, colour: number }} Piece `at` and `end` are indices of pages
 */

/** @param {Page[]} pages @param {Proposal[]} proposals @returns {Piece[]} */
export function piecesOf(pages, proposals) {
  const proposed = new Map()
  for (const each of proposals)
    for (let page = each.first; page <= each.last; page++) proposed.set(`${each.document}/${page}`, each)
  /** @type {Piece[]} */
  const pieces = []
  let before
  pages.forEach((page, at) => {
    const proposal = page.stated ? undefined : proposed.get(`${page.document}/${page.page}`)
    const key = page.stated ? `run ${page.run} ${page.document}` : proposal ? proposal : `? ${page.document}`
    if (key !== before) {
      const kind = page.stated ? "stated" : proposal ? "proposed" : "unknown"
      const label = page.stated ? page.label : proposal ? numberOf(proposal, page.page) : ""
      const { rule = "page", read = 0, agreeing = 0 } = proposal ?? {}
      pieces.push({ at, end: at, kind, label, rule, read, agreeing, colour: pieces.length % 6 })
    }
    pieces[pieces.length - 1].end = at
    before = key
  })
  return pieces
}

/** What a proposal calls one of its pages. @param {Proposal} proposal @param {number} page */
export function numberOf({ first, start, rule, suffix, side }, page) {
  if (rule === "none") return ""
  if (rule === "one") return `${start}${suffix}`
  if (rule !== "sheet") return `${start + page - first}${suffix}`
  const n = page - first + (side === "back" ? 1 : 0)
  return `${start + Math.floor(n / 2)}${n % 2 ? " (mặt sau)" : ""}`
}

/** The next piece that is not settled, from `at` on and then from the beginning; -1: all are. @param {Piece[]} pieces */
export function nextOpen(pieces, at) {
  const open = pieces.filter((piece) => piece.kind !== "stated")
  return (open.find((piece) => piece.at >= at) ?? open[0])?.at ?? -1
}

/** The piece in which a page lies. @param {Piece[]} pieces @param {number} at */
export const pieceAt = (pieces, at) => pieces.find((piece) => piece.at <= at && at <= piece.end)
