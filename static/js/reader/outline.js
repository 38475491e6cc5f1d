/** The contents, the labels of the pages and the links of a paper, as outline.json tells them. Pure. */

/**
 * @typedef {{ title: string, page: number, level: number }} Entry
 * @typedef {{ page: number, box: number[], to?: number, href?: string }} Link `box` in fractions of the page
 * @typedef {{ entries: Entry[], labels: string[], links: Link[] }} Outline
 */

const MOST = 2000
const DEEPEST = 6
const OPENED = /^(https?|mailto|tel):/i

/** @type {Outline} */
export const NO_OUTLINE = { entries: [], labels: [], links: [] }

/**
 * What can be used of it: pages that exist, links that lead to them or to an address that may be shown.
 * @param {any} body
 * @param {number} pages
 * @returns {Outline}
 */
export function outlineIn(body, pages) {
  const isPage = (/** @type {any} */ n) => Number.isInteger(n) && n >= 1 && n <= pages
  const entries = list(body?.toc)
    .filter((one) => typeof one?.title === "string" && isPage(one.page))
    .slice(0, MOST)
    .map((one) => ({ title: one.title.trim() || "…", page: one.page, level: level(one.level) }))
  const links = linksIn(body?.links)
    .filter((one) => isPage(one.page) && Array.isArray(one.box) && one.box.length === 4)
    .map((one) => ({
      page: one.page,
      box: fractions(one.box),
      ...(isPage(one.to) ? { to: one.to } : {}),
      ...(typeof one.href === "string" && OPENED.test(one.href) ? { href: one.href } : {}),
    }))
    .filter((one) => one.to || one.href)
  const labels = list(body?.labels).map((one) => (typeof one === "string" ? one : ""))
  return { entries, labels, links }
}

/** The server keys them by their page: `{"3": [{box, page | address}]}`. @param {any} found */
const linksIn = (found) =>
  Object.entries(found && typeof found === "object" ? found : {}).flatMap(([n, links]) =>
    list(links).map((one) => ({ page: Number(n), box: one?.box, to: one?.page, href: one?.address })),
  )

/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : [])

/** @param {any} n */
const level = (n) => Math.min(DEEPEST, Math.max(0, Number.isInteger(n) ? n : 0))

/** Whole numbers are ten-thousandths. @param {number[]} box */
const fractions = (box) => (box.some((part) => part > 1) ? box.map((part) => part / 1e4) : box)
