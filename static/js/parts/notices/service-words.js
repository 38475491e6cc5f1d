/** The words of service calls: what for, and how far it has got. */

import { mark, t } from "../../lib/t.js"

const KINDS = {
  water: { word: mark("Drinking water"), sign: "glass-water" },
  paper: { word: mark("Paper and pen"), sign: "file-text" },
  microphone: { word: mark("Microphone"), sign: "mic" },
  technical: { word: mark("Technical help"), sign: "wrench" },
  help: { word: mark("Something else"), sign: "life-buoy" },
}
const STATES = {
  open: { word: mark("sent"), tone: "info", sign: "send" },
  taken: { word: mark("on the way"), tone: "warn", sign: "user-check" },
  done: { word: mark("dealt with"), tone: "good", sign: "circle-check" },
}

export const CALL_KINDS = Object.keys(KINDS)
export const callWord = (kind) => t(KINDS[kind]?.word || kind)
export const callSign = (kind) => KINDS[kind]?.sign || "bell-ring"
export const callState = (state) => t(STATES[state]?.word || state)
export const callTone = (state) => STATES[state]?.tone || ""
export const callStateSign = (state) => STATES[state]?.sign || "info"

/** The calls of these people, the newest first: [{id, person, kind, text?, at, state, by?}]. */
export function callsOf({ calls = {} } = {}, people) {
  return Object.keys(calls)
    .map((id) => ({ id, ...calls[id] }))
    .filter(({ person }) => people.includes(person))
    .sort((a, b) => b.at - a.at)
}
