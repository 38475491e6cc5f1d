/** What a shared tablet asks the server for: whose it is, who acts, and one command in their name. */

import { ask, unanswered } from "../../lib/ask.js"
import { isDone, isObject, shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { uid } from "../../lib/uid.js"

const TRIES = 4
const ONE_TRY = 8000

/** The server's no: `code`, `message` in words, and what goes with it (`left` tries, `retry_after` seconds). */
export class No extends Error {
  /** @param {{ code?: string, message?: string, left?: number, retry_after?: number }} no */
  constructor({ code, message, ...more } = {}) {
    super(message || t("The server could not do that."))
    Object.assign(this, { code, ...more })
  }
}

/** {code} while it waits, {meeting, name, people} once enrolled, "unknown" without a cookie, nothing without a line. */
export async function state() {
  const { ok, status, body } = await ask("/api/tablet", { proof: isStanding })
  return status === 401 ? "unknown" : ok ? body : undefined
}

const isStanding = (body) =>
  isObject(body) && (typeof body.code === "string" || (typeof body.meeting === "string" && Array.isArray(body.people)))

// Who acts at this tablet now: what is asked is asked for them, and refused when another one has taken their place.
let acting = ""

/** This person acts for a minute; {person, left}. Throws No. */
export async function act(person, pin) {
  acting = ""
  const answer = await asked("POST", "/api/tablet/act", { person, pin }, shaped({ person: "string", left: "number" }))
  acting = person
  return answer
}

/** A first PIN, by the code of the person's card. Throws No. */
export const choosePin = (person, code, pin) => asked("POST", "/api/tablet/pin", { person, code, pin })

/** They have finished; what cannot be said now ends by itself within the minute. */
export function leave() {
  const said = asked("DELETE", "/api/tablet/act").catch(() => undefined)
  acting = ""
  return said
}

/** What the server says of the one who acts: {roll, requests, ballots}. Throws No. */
export const askStatus = (meeting) =>
  asked("GET", `/api/meetings/${encodeURIComponent(meeting)}/me`, undefined, shaped({ ballots: "object" }))

/** One command, sent again under the same id while nobody answers. Throws No. */
export const give = (meeting, name, args) =>
  asked("POST", `/api/meetings/${encodeURIComponent(meeting)}/commands`, { id: uid(), name, args }, isDone)

async function asked(method, path, body, proof) {
  const as = acting
  let answer
  for (let n = 0; n < TRIES; n++) {
    if (n) await new Promise((done) => setTimeout(done, 400 * 2 ** n))
    answer = await ask(path, { method, json: body, proof, as, patience: ONE_TRY })
    if (answer.ok) return answer.body
    if (answer.status && answer.status !== 503) throw new No(answer.body.error)
  }
  throw new No({ code: "no_line", message: unanswered(answer) })
}
