/** Marks on their way to the server: the same from the reader and from any other page. */

import { ask, BRIEF } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"

const NEVER = [400, 404, 410, 413, 422]

export const addressOf = (paper) => `/api/papers/${encodeURIComponent(paper)}/marks`

/**
 * `judged`: they need not be sent again. `refused` says why some can never be taken, "" if all were.
 * @param {string} paper
 * @param {any[]} acts
 * @param {boolean} last the page goes away
 */
export async function sendMarks(paper, acts, last) {
  const { ok, status, body } = await ask(addressOf(paper), {
    method: "POST",
    json: { ops: acts },
    proof: shaped({ rev: "number", refused: "list" }),
    keepalive: last,
    patience: last ? 0 : BRIEF,
  })
  // Nobody answered, or another has signed in: it is sent later. What can never be taken is let go, and said.
  if (!ok) return { judged: NEVER.includes(status), refused: NEVER.includes(status) ? (body?.error?.code ?? "?") : "" }
  return { judged: true, refused: body.refused[0]?.code ?? "" }
}
