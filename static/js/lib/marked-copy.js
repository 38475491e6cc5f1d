/** A copy as a PDF, of a paper with marks or of all papers of a meeting: asked for, waited for, handed to the browser
 * to keep. */

import { api } from "./api.js"
import { t } from "./t.js"

const EVERY = 1000
const MOST = 180

/**
 * @param {string} paper
 * @param {{ what: any, kind: any }} wish as the server takes it
 * @param {(words: string) => void} say how far it is
 */
export async function saveCopy(paper, wish, say) {
  say(t("The copy is being made …"))
  const base = `/api/papers/${encodeURIComponent(paper)}/export`
  const { job } = await api("POST", base, wish, (body) => typeof body?.job === "string")
  const address = `${base}/${encodeURIComponent(job)}`
  await waitFor(address, `${address}.pdf`, say)
}

/**
 * @param {string} meeting
 * @param {(words: string) => void} say how far it is
 */
export async function saveAllPapers(meeting, say) {
  say(t("The copy is being made …"))
  const address = `/api/meetings/${encodeURIComponent(meeting)}/papers.pdf`
  const { mark } = await api("GET", `${address}?state`, undefined, (body) => typeof body?.mark === "string")
  await waitFor(`${address}?state=${encodeURIComponent(mark)}`, address, say)
}

async function waitFor(state, file, say) {
  for (let n = 0; n < MOST; n++) {
    const { status } = await api("GET", state, undefined, (body) => typeof body?.status === "string")
    if (status === "ready") {
      keep(file)
      return say(t("The copy is saved where this browser keeps downloads."))
    }
    if (status !== "queued") break
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
  throw new Error(t("The copy could not be made. Please try again."))
}

/** The name is the server's. */
function keep(address) {
  const link = document.createElement("a")
  link.href = address
  link.download = ""
  link.click()
}
