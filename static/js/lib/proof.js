/** What proves that an answer is the server's own. A network's sign-in page and a proxy's error page say 200 as well. Pure. */

/**
 * @typedef {(body: any) => boolean} Proof whether this is the expected body of a success
 * @typedef {{ status: number, type?: string, own?: boolean, text?: string }} Reply what came over the network
 * @typedef {{ ok: boolean, status: number, body?: any, foreign?: boolean }} Answer
 */

/** @param {any} value */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value)

/**
 * A proof that the answer is an object in which these fields are lists, numbers, texts …: `shaped({ seq: "number" })`.
 * @param {Record<string, string>} fields
 * @returns {Proof}
 */
export const shaped = (fields) => (body) =>
  isObject(body) && Object.entries(fields).every(([key, kind]) => kindOf(body[key]) === kind)

/**
 * A proof that the answer is a list.
 * @param {any} body
 */
export const isList = (body) => Array.isArray(body)

/**
 * A command has been done when the answer has the number of its fact, and only then.
 * @param {any} body
 */
export const isDone = (body) => isObject(body) && Number.isInteger(body.seq) && body.seq >= 0

const JSON_TYPE = /^application\/(\w+\+)?json\b/i
const LINES = /^application\/x-ndjson\b/i

/**
 * Nothing to say, said by the server itself: only then is an answer without a body one. As a proof of a body it holds for none.
 * @type {Proof}
 */
export const NOTHING = () => false

/**
 * What an answer is worth: `{ok, status, body}` if the server gave it, undefined if somebody else did, or half of it is
 * missing. `reply` is {status, type: Content-Type, own: the server's mark is on it, text}; `proof(body)` holds for
 * the expected body of a success. A refusal of ours has a code.
 * @param {Reply} reply
 * @returns {Answer | undefined}
 */
export function understood({ status, type = "", own = false, text = "" }, proof = isObject) {
  if (status === 204) return own && proof === NOTHING ? { ok: true, status, body: undefined } : undefined
  const body = LINES.test(type) ? parsedLines(text) : JSON_TYPE.test(type) ? parsed(text) : undefined
  if (body === undefined) return undefined
  if (status >= 200 && status < 300) return proof !== NOTHING && proof(body) ? { ok: true, status, body } : undefined
  return status >= 400 && typeof body?.error?.code === "string" ? { ok: false, status, body } : undefined
}

/**
 * Is this the picture of a page, or the file it should be? `wanted` is the beginning of its type.
 * @param {{ ok?: boolean, type?: string | null }} file
 * @param {string} wanted
 */
export const isFile = ({ ok, type }, wanted) => Boolean(ok) && (type || "").toLowerCase().startsWith(wanted)

/** @param {any} value */
function kindOf(value) {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value
}

/**
 * One value a line; the last line ends as well, or something is missing.
 * @param {string} text
 * @returns {any[] | undefined}
 */
function parsedLines(text) {
  if (text && !text.endsWith("\n")) return undefined
  const lines = text.split("\n").slice(0, -1).map(parsed)
  return lines.includes(undefined) ? undefined : lines
}

/**
 * @param {string} text
 * @returns {any}
 */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
