/** The JSON API beside the commands: one request, one answer, the server's own words when it says no. */

import { t } from "./t.js"

/** The parsed answer (undefined for 204); throws an Error with the server's message in the reader's language. */
export async function api(method, path, body) {
  let answer
  try {
    answer = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { "X-Meetingroom": "1", ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  } catch {
    throw new Error(t("No connection. Try again in a moment."))
  }
  if (answer.status === 204) return undefined
  const said = await answer.json().catch(() => ({}))
  if (answer.ok) return said
  throw new Error(said.error?.message || t("The server could not do that."))
}
