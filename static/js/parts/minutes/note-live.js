/** What the log tells in the live blocks of an item, as minutes.json has it. Pure. */

import { mark, t } from "../../lib/t.js"

const LABELS = {
  roll: mark("People attending"),
  absent: mark("Absentees"),
  quorum: mark("Quorum"),
  shown: mark("Papers shown"),
  opinions: mark("Written opinions"),
  ballot: mark("Ballot"),
  opinion: mark("Written opinion"),
  speech: mark("Speech"),
}
const GONE = "000000000000" // the log tells nothing of it any more
const OTHER = mark("From the log")

/** All that can be put into the text of an item: [{kind, ref, label, lines}]. */
export function livesOf(minutes, item) {
  const own = minutes?.live?.[item] ?? []
  const known = new Set(own.map(({ kind, ref = "" }) => `${kind}:${ref}`))
  return [...own, ...(minutes?.live?.[""] ?? []).filter(({ kind, ref = "" }) => !known.has(`${kind}:${ref}`))]
}

/** {label, texts, sha} of one of them; `sha` is undefined as long as the log has not been read. */
export function liveOf(minutes, item, kind, ref = "") {
  const found = livesOf(minutes, item).find((one) => one.kind === kind && (one.ref ?? "") === ref)
  return {
    label: found?.label ?? t(LABELS[kind] ?? OTHER),
    texts: found?.lines ?? [],
    sha: minutes && (found?.sha ?? GONE),
  }
}
