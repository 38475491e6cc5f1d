/**
 * What becomes of a paper while somebody reads it: its words are read anew (a scan is recognised), or the right to read it
 * ends. In a room the meeting tells it; at the desk the reader asks.
 */

import { ask } from "../lib/ask.js"
import { confirmRecalls, forgetPaper } from "../lib/fetched.js"
import { shaped } from "../lib/proof.js"
import { wait } from "../meeting/backoff.js"

const RENEWED = "text-renewed"
const AGAIN = 4000

/** @param {string} document @param {number} t */
export function tellRenewed(document, t) {
  window.dispatchEvent(new CustomEvent(RENEWED, { detail: { document, t } }))
}

/** @param {(document: string, t: number) => void} heard @param {AbortSignal} signal */
export function whenRenewed(heard, signal) {
  window.addEventListener(RENEWED, (/** @type {CustomEvent} */ { detail }) => heard(detail.document, detail.t), {
    signal,
  })
}

const REMOVED = ["paper_withdrawn", "case_document_removed"]

/**
 * What became of a paper that is not there any more, in the server's words for whoever had it.
 * @param {{ document: string, about?: string }} paper @param {(why: string) => void} heard
 */
export async function whenRemoved({ document: document_, about = addressOf(document_) }, heard) {
  const { ok, body } = await ask(about)
  if (!ok && REMOVED.includes(body?.error.code)) heard(body.error.message)
}

const addressOf = (document_) => `/api/documents/${encodeURIComponent(document_)}`

/** @param {string} document_ of a paper that is read where no room tells @param {AbortSignal} signal */
export async function watchPaper(document_, signal) {
  // A hall that opens a paper in the same minute does not ask in the same moment ever after.
  for (; !signal.aborted; await wait(AGAIN * (0.75 + 0.5 * Math.random()), signal)) {
    if (document.visibilityState !== "visible") continue
    const { ok, status, body } = await ask(addressOf(document_), {
      proof: shaped({ t: "number" }),
    })
    if (signal.aborted) return
    if (ok) tellRenewed(document_, body.t)
    else if (status === 401)
      return // signed out: the page says so at whatever is done next
    else if (status === 404 || status === 410) {
      await forgetPaper(document_, { status })
      if (status === 410) confirmRecalls()
      return
    }
  }
}
