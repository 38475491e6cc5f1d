/** The short name that comes next where sites are added. */

import { t } from "../../lib/t.js"

/** What a new site would be called: `ĐC00` the main one, `ĐC03` after `ĐC02` the others. */
export function nextSite(sites, main = !sites.length) {
  const taken = new Set(sites.map(({ short }) => short))
  let n = main ? 0 : 1
  while (taken.has(shortName(n))) n++
  return { short: shortName(n), main }
}

const shortName = (n) => `${t("S")}${String(n).padStart(2, "0")}`
