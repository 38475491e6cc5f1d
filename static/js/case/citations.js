/** What texts cite, asked of the server: it alone knows the numbers. */

import { api } from "../lib/api.js"
import { shaped } from "../lib/proof.js"

/**
 * @param {string} case_
 * @param {string[]} texts
 * @param {{ field?: boolean, at?: number }} how `field` false: texts, in which a citation needs its lead
 * @returns {Promise<any[][]>} for each text its citations
 */
export async function citationsOf(case_, texts, { field = true, at = 0 } = {}) {
  if (!texts.length) return []
  const path = `/api/cases/${encodeURIComponent(case_)}/cite`
  return (await api("POST", path, { texts, field, at }, shaped({ answers: "list" }))).answers
}
