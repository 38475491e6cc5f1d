/** What a shared tablet asks the server for: whose it is, who acts, and one command in their name. */

import { t } from "./t.js"
import { uid } from "./uid.js"

const TRIES = 4

/** The server's no: `code`, `message` in words, and what goes with it (`left` tries, `retry_after` seconds). */
export class No extends Error {
  constructor({ code, message, ...more } = {}) {
    super(message || t("The server could not do that."))
    Object.assign(this, { code, ...more })
  }
}

/** {code} while it waits, {meeting, name, people} once enrolled, "unknown" without a cookie, nothing without a line. */
export async function state() {
  try {
    const answer = await fetch("/api/tablet", { credentials: "same-origin", cache: "no-store" })
    if (answer.status === 401) return "unknown"
    return answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}

/** This person acts for a minute; {person, left}. Throws No. */
export const act = (person, pin) => asked("POST", "/api/tablet/act", { person, pin })

/** A first PIN, by the code of the person's card. Throws No. */
export const choosePin = (person, code, pin) => asked("POST", "/api/tablet/pin", { person, code, pin })

/** They have finished; what cannot be said now ends by itself within the minute. */
export const leave = () => asked("DELETE", "/api/tablet/act").catch(() => undefined)

/** What the server says of the one who acts: {roll, requests, ballots}. Throws No. */
export const mine = (meeting) => asked("GET", `/api/meetings/${encodeURIComponent(meeting)}/me`)

/** One command, sent again under the same id while nobody answers. Throws No. */
export const give = (meeting, name, args) => asked("POST", `/api/meetings/${encodeURIComponent(meeting)}/commands`, { id: uid(), name, args })

async function asked(method, path, body) {
  for (let n = 0; n < TRIES; n++) {
    if (n) await new Promise((done) => setTimeout(done, 400 * 2 ** n))
    const answer = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { "X-Meetingroom": "1", ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => undefined)
    if (!answer || answer.status === 503) continue
    const said = await answer.json().catch(() => ({}))
    if (answer.ok) return said
    throw new No(said.error)
  }
  throw new No({ code: "no_line", message: t("No connection. Try again in a moment.") })
}
