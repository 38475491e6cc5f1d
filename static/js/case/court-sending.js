/** Entries of a trial on their way to the server: the same from its log and from any other page. */

import { ask, BRIEF } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"

// What can never be taken. A log that is closed, or not one's own any more, may be opened again: what waits is kept.
const NEVER = [400, 413, 422]

/**
 * `judged`: they need not be sent again. `results` of the server for each; `status` and `code` where there is none.
 * @param {string} address @param {any[]} acts @param {boolean} last the page goes away
 */
export async function sendEntries(address, acts, last) {
  const { ok, status, body } = await ask(`${address}/entries`, {
    method: "POST",
    // The clock of this device may be wrong: the server asks it only how long an entry has waited.
    json: { acts, sent_at: Date.now() },
    proof: shaped({ rev: "number", results: "list" }),
    keepalive: last,
    patience: last ? 0 : BRIEF,
  })
  if (ok) return { judged: true, results: body.results, status, code: "", message: "" }
  return {
    judged: NEVER.includes(status),
    results: [],
    status,
    code: body?.error?.code ?? "",
    message: body?.error?.message ?? "",
  }
}
