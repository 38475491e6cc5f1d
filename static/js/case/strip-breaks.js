/**
 * The pages of a volume in pieces: what somebody said, what is proposed, and what nobody knows yet. Each piece begins at a
 * break, which is looked at once. Pure.
 */

/**
 * @typedef {{ document: string, page: number, label: string, run: number, read: number, stated: boolean }} Page
 * @typedef {{ document: string, first: number, last: number, start: number, rule: string, suffix: string, side: string,
 *   read: number, agreeing: number, listed?: boolean }} Proposal
 * @typedef {{ at: number, end: number, kind: "stated" | "proposed" | "unknown", label: string, rule: string,
 *   read: number, agreeing: number, listed: boolean, colour: number }} Piece `at` and `end` are indices of pages
 */

/**
 * A piece goes on over the end of a document where the numbers do: single pictures are no breaks.
 * @param {Page[]} pages @param {Proposal[]} proposals @returns {Piece[]}
 */
export function piecesOf(pages, proposals) {
  const proposed = new Map()
  for (const each of proposals)
    for (let page = each.first; page <= each.last; page++) proposed.set(`${each.document}/${page}`, each)
  const sizes = new Map()
  for (const { document } of pages) sizes.set(document, (sizes.get(document) ?? 0) + 1)
  /** @type {Piece[]} */
  const pieces = []
  /** @type {any} */
  let before
  pages.forEach((page, at) => {
    const proposal = page.stated ? undefined : proposed.get(`${page.document}/${page.page}`)
    const kind = page.stated ? "stated" : proposal ? "proposed" : "unknown"
    const label = page.stated ? page.label : proposal ? numberOf(proposal, page.page) : ""
    const now = { page, proposal, kind, label, alone: sizes.get(page.document) === 1 }
    if (!before || !goesOn(before, now)) {
      const { rule = "page", listed = false } = proposal ?? {}
      pieces.push({ at, end: at, kind, label, rule, read: 0, agreeing: 0, listed, colour: pieces.length % 6 })
    }
    const piece = pieces[pieces.length - 1]
    if (proposal && proposal !== before?.proposal) {
      piece.read += proposal.read
      piece.agreeing += proposal.agreeing
    }
    piece.end = at
    before = now
  })
  return pieces
}

function goesOn(before, now) {
  if (before.kind !== now.kind) return false
  const same = before.page.document === now.page.document
  if (now.kind === "unknown") return same || (before.alone && now.alone)
  if (same) return now.kind === "stated" ? before.page.run === now.page.run : before.proposal === now.proposal
  if (before.proposal?.listed || now.proposal?.listed) return false
  if (now.proposal && (before.proposal.rule !== now.proposal.rule || now.proposal.rule === "sheet")) return false
  if (!before.label || !now.label) return before.label === now.label
  return /^\d+$/.test(before.label) && now.label === String(Number(before.label) + 1)
}

/**
 * What is laid over the pages from `at` to `end`, a run for each document, when the first of them is called `label`.
 * One number for all of them stays within one document.
 * @param {Page[]} pages @param {{ label?: string, rule: string }} how
 */
export function runsOf(pages, at, end, how) {
  const { label = "", rule } = how
  /** @type {{ document: string, first: number, last: number, rule: string, label?: string }[]} */
  const runs = []
  const said = /^\s*(\d+)\s*(\(?mặt sau\)?)?\s*$/i.exec(label)
  const back = said?.[2] ? 1 : 0
  for (let place = at; place <= end; place++) {
    const { document, page } = pages[place]
    const last = runs[runs.length - 1]
    if (last?.document === document) last.last = page
    else if (rule === "none") runs.push({ document, first: page, last: page, rule })
    else if (!runs.length) runs.push({ document, first: page, last: page, rule, label })
    else if (!said || rule === "one") break
    else {
      const n = place - at
      const name = rule === "sheet" ? sheetOf(Number(said[1]), n + back) : String(Number(said[1]) + n)
      runs.push({ document, first: page, last: page, rule, label: name })
    }
  }
  return runs
}

/**
 * The same runs with what one saw their pages called, null where nothing was said; `end`: what is left up to there counts
 * on, and was seen, too.
 * @param {Page[]} pages @param {{ document: string, first: number, last: number, carry?: boolean }[]} runs @param {number} end
 */
export function asSeen(pages, runs, end) {
  const places = new Map(pages.map((page, at) => [`${page.document}/${page.page}`, at]))
  return runs.map((run) => {
    const at = places.get(`${run.document}/${run.first}`) ?? 0
    const last = run.carry ? end : at + run.last - run.first
    return { ...run, was: pages.slice(at, last + 1).map(({ stated, label }) => (stated ? label : null)) }
  })
}

const sheetOf = (start, n) => `${start + Math.floor(n / 2)}${n % 2 ? " (mặt sau)" : ""}`

/** What a proposal calls one of its pages. @param {Proposal} proposal @param {number} page */
export function numberOf({ first, start, rule, suffix, side }, page) {
  if (rule === "none") return ""
  if (rule === "one") return `${start}${suffix}`
  if (rule !== "sheet") return `${start + page - first}${suffix}`
  return sheetOf(start, page - first + (side === "back" ? 1 : 0))
}

/** The next piece that is not settled, from `at` on and then from the beginning; -1: all are. @param {Piece[]} pieces */
export function nextOpen(pieces, at) {
  const open = pieces.filter((piece) => piece.kind !== "stated")
  return (open.find((piece) => piece.at >= at) ?? open[0])?.at ?? -1
}

/** The piece in which a page lies. @param {Piece[]} pieces @param {number} at */
export const pieceAt = (pieces, at) => pieces.find((piece) => piece.at <= at && at <= piece.end)
