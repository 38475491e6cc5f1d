/** The words of the floor: kinds of requests, and who waits before whom. */

import { mark, t } from "../../lib/t.js"

export const POINT_OF_ORDER = "point_of_order"

const KINDS = {
  speak: { word: mark("Speak"), sign: "mic" },
  question: { word: mark("Put a question"), sign: "circle-question-mark" },
  point_of_order: { word: mark("Point of order"), sign: "gavel" },
}

export const KIND_CODES = Object.keys(KINDS)
export const kindWord = (code) => t(KINDS[code]?.word || code)
export const kindSign = (code) => KINDS[code]?.sign || "mic"

/** The waiting requests of these people, in the order of the queue: [{id, place, person, kind, item?, note?, at}]. */
export function waiting({ queue = [], requests = {} } = {}, people) {
  return queue.map((id, n) => ({ id, place: n + 1, ...requests[id] })).filter(({ person }) => people.includes(person))
}
