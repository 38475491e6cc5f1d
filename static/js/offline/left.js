/** What earlier visits have not sent goes from whichever page is open: marks, what was written for everybody, entries of
 * trials. */

import { addressOf, isPageOf, trialOf } from "../case/court-box.js"
import { sendEntries } from "../case/court-sending.js"
import { usable, urlOf } from "../ink/unsent.js"
import { ask } from "../lib/ask.js"
import { boxesOf } from "../lib/device.js"
import { Outbox } from "../lib/outbox.js"
import { belongsTo } from "../lib/page-owner.js"
import { isDone } from "../lib/proof.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { paperOf } from "../marks/box.js"
import { sendMarks } from "../marks/sending.js"

const AGAIN = [0, 401, 408, 409, 429, 500, 502, 503, 504]
const EVERY = 15_000
const PATIENCE = 8000

/**
 * From now on, as long as the page lives. `meeting` is one whose room this page is: it sends its own ink.
 * @param {{ meeting?: string }} how
 */
export function sendWhatWaits({ meeting = "" } = {}) {
  if (!belongsTo()) return
  const { signal } = new AbortController()
  const own = `/api/meetings/${encodeURIComponent(meeting)}/commands`
  const known = new Map()
  const look = async () => {
    for (const box of (await boxesOf(belongsTo())).keys()) {
      const found = known.get(box) ?? outboxOf(box, own, signal)
      if (!found) continue
      known.set(box, found)
      found.open()
    }
  }
  look()
  setInterval(look, EVERY)
  window.addEventListener("online", look)
  window.addEventListener("pageshow", look)
  document.addEventListener("line-back", look)
}

function outboxOf(box, own, signal) {
  const paper = paperOf(box)
  if (paper) return new Outbox(box, (acts, { last }) => marks(paper, acts, last), { signal })
  const trial = trialOf(box)
  if (trial)
    return isPageOf(location.pathname, trial)
      ? undefined
      : new Outbox(box, (acts, { last }) => entries(addressOf(trial), acts, last), { signal })
  const url = urlOf(box)
  return url && url !== own ? new Outbox(box, (acts) => commands(url, acts), { signal }) : undefined
}

async function marks(paper, acts, last) {
  const { judged, refused } = await sendMarks(paper, acts, last)
  if (judged && refused) toast(t("Some marks were not kept."), { kind: "bad" })
  return judged
}

async function entries(address, acts, last) {
  const { judged, results, message } = await sendEntries(address, acts, last)
  const refused = judged && !results.length ? message : results.find(({ error }) => error)?.error.message
  if (refused) toast(t("An entry of a trial was not taken: {why}", { why: refused }), { kind: "bad" })
  return judged
}

/** One after the other, each under the id it has had from the first. */
async function commands(url, acts) {
  for (const json of usable(
    acts.map((act) => ({ act })),
    Date.now(),
  )) {
    const answer = await ask(url, { method: "POST", json, proof: isDone, patience: PATIENCE })
    if (answer.ok) continue
    if (AGAIN.includes(answer.status)) return false
    toast(t("Strokes for everybody were not taken: {why}", { why: answer.body.error.message }), { kind: "bad" })
  }
  return true
}
