/** Entries of a trial as they stand on the page: what waits is laid over what the server has said. Pure. */

import { stripAccents } from "../lib/strip-accents.js"

export const PHASES = ["opening", "questioning", "debate", "last_words", "deliberation", "judgment"]
export const KINDS = ["event", "question", "answer", "evidence", "argument", "violation", "strength", "weakness"]
/** Remarks of the observer: the next entry tells of the trial again. */
export const REMARKS = ["violation", "strength", "weakness"]
/** Keys with Alt, by where they lie on the keyboard. */
export const SPEAKER_KEYS = "QWERTYUIOPASDFGHJKL"
export const KIND_KEYS = "ZXCVBNM,"

const ASKING = /^(chu toa|tham phan|hoi tham|kiem sat vien|hdxx|hoi dong|presiding|judge|assessor|prosecutor)/

/** What somebody most likely does in this phase. @param {string} phase @param {string} role */
export function likelyKind(phase, role) {
  if (!role) return "event"
  const asks = ASKING.test(stripAccents(role))
  if (phase === "questioning") return asks ? "question" : "answer"
  if (phase === "debate" || phase === "last_words")
    return /^(chu toa|presiding)/.test(stripAccents(role)) ? "event" : "argument"
  return "event"
}

/** Which key of Alt was pressed: {phase} | {speaker: n} | {kind}; undefined of others. @param {string} code of the event */
export function keyed(code) {
  const digit = /^Digit([1-6])$/.exec(code)
  if (digit) return { phase: PHASES[Number(digit[1]) - 1] }
  const letter = code === "Comma" ? "," : /^Key([A-Z])$/.exec(code)?.[1]
  if (!letter) return undefined
  if (KIND_KEYS.includes(letter)) return { kind: KINDS[KIND_KEYS.indexOf(letter)] }
  return { speaker: SPEAKER_KEYS.indexOf(letter) }
}

/** "Bị cáo Nguyễn Văn A". */
export const speakerOf = ({ role, name }) => [role, name].filter(Boolean).join(" ")

/**
 * The entries with what waits laid over them: each that waits has `waits`.
 * @param {Iterable<any>} known as the server has them @param {any[]} acts in their order, those with `saved` are proven
 * @param {{ me: { id: string, name: string }, ahead: number }} how `ahead`: the server's clock, less this one
 */
export function laidOver(known, acts, { me, ahead }) {
  const found = new Map()
  for (const entry of known) found.set(entry.id, entry)
  for (const act of acts) {
    const { id, put, edit, saved } = act
    const entry = found.get(id)
    if (put && !entry) {
      const moment = act.at + ahead
      const empty = { n: Infinity, cited: [], edits: 0, removed_at: 0, joined: "", marked_name: "", astray: 0 }
      found.set(id, { ...empty, ...put, id, moment, at: moment, by: me.id, by_name: me.name, waits: !saved })
    } else if (entry && !put) found.set(id, { ...entry, ...changed(act, me), waits: entry.waits || !saved })
    if (edit && entry) found.get(id).edits = entry.edits + 1
  }
  return [...found.values()]
}

function changed(act, me) {
  if (act.edit) return act.edit
  if ("remove" in act) return { removed_at: act.remove ? act.at : 0 }
  if ("mark" in act) return { marked_name: act.mark ? me.name : "" }
  return act.join ? { joining: act.join } : {}
}

const place = ({ phase }) => PHASES.indexOf(phase)

/** The order of the trial. */
export const before = (a, b) => place(a) - place(b) || a.moment - b.moment || a.n - b.n || (a.id < b.id ? -1 : 1)

/**
 * [{phase, groups: [{head, others}]}]: in the order of the trial; what was joined stands with its head.
 * @param {any[]} entries
 */
export function byPhase(entries) {
  const sorted = [...entries].sort(before)
  const heads = new Map(sorted.filter(({ joined }) => !joined).map((head) => [head.id, { head, others: [] }]))
  for (const entry of sorted) if (entry.joined) heads.get(entry.joined)?.others.push(entry)
  return PHASES.map((phase) => ({
    phase,
    groups: [...heads.values()].filter(({ head }) => head.phase === phase),
  })).filter(({ groups }) => groups.length)
}
