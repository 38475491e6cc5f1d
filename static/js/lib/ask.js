/** The one way to ask the server something: what comes back counts only if it is the server's own answer. */

/** @import { Proof, Answer } from "./proof.js" */

import { isObject, NOTHING, shaped, understood } from "./proof.js"
import { t } from "./t.js"
import { belongsTo, heardOf, watchTabs } from "./page-owner.js"

// A line that was cut without a word never says so: a question that is asked of it would wait for many minutes.
const PATIENCE = 60_000
/** For what is small and asked again. */
export const BRIEF = 20_000

/**
 * Resolves with `{ok, status, body}` of the server's answer; `{status: 0, foreign}` when nobody answered, or (foreign)
 * something in between did: then nothing is known to be done. Never rejects.
 * `json` or `form` (with a file in it) is what is sent; `proof(body)` holds for the expected body of a success (NOTHING:
 * an empty answer); `as` is the person this is asked for; `patience`: how long an answer is waited for, in ms (0: as
 * long as the browser does, as for files); `keepalive`: the browser sends it though the page goes away;
 * `cache`: for what never changes under its address, the browser's own may answer.
 * @param {string} path
 * @param {{ method?: string, json?: any, form?: FormData, proof?: Proof, patience?: number, signal?: AbortSignal,
 *   as?: string, keepalive?: boolean, cache?: RequestCache }} how
 * @returns {Promise<Answer>}
 */
export async function ask(
  path,
  {
    method = "GET",
    json,
    form,
    proof = isObject,
    keepalive = false,
    patience = form || keepalive ? 0 : PATIENCE,
    signal,
    as = belongsTo(),
    cache = "no-store",
  } = {},
) {
  const stop = new AbortController()
  const end = () => stop.abort()
  const timer = patience && setTimeout(end, patience)
  if (signal?.aborted) end()
  signal?.addEventListener("abort", end, { once: true })
  try {
    const answer = await fetch(path, {
      method,
      credentials: "same-origin",
      cache,
      // Nothing of ours under /api/ leads elsewhere: whoever does so is not the server.
      redirect: "manual",
      ...(keepalive && { keepalive }),
      headers: {
        ...(method !== "GET" && { "X-Meetingroom": "1" }),
        ...(as && { "X-Meetingroom-As": as }),
        ...(json !== undefined && { "Content-Type": "application/json" }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
      signal: stop.signal,
    })
    const { status, headers } = answer
    const reply = {
      status,
      type: headers.get("Content-Type") || "",
      own: headers.has("X-Meetingroom"),
      text: await answer.text(),
    }
    const found = understood(reply, proof)
    if (found) heardOf(found, as)
    return found || { ok: false, status: 0, foreign: true }
  } catch {
    return { ok: false, status: 0, foreign: false }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener("abort", end)
  }
}

/**
 * Why there is no answer, in words.
 * @param {{ foreign?: boolean }} answer
 */
export function unanswered({ foreign }) {
  return foreign
    ? t("The answer did not come from the meeting's server. Perhaps the network asks for a sign-in of its own.")
    : t("No connection. Try again in a moment.")
}

watchTabs(() => ask("/api/session", { proof: shaped({ user: "object" }) }))

export { NOTHING }
