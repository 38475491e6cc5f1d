/** The JSON API beside the commands: one request, one answer, the server's own words when it says no. */

import { ask, NOTHING, unanswered } from "./ask.js"
import { isObject } from "./proof.js"
import { t } from "./t.js"

/** A success without a body. */
export { NOTHING }

/**
 * The parsed answer (undefined if it has no body: `proof` NOTHING); throws an Error with the server's message in the
 * reader's language, also when what answered was not the server.
 */
export async function api(method, path, body, proof = isObject) {
  const answer = await ask(path, { method, json: body, proof })
  if (answer.ok) return answer.body
  if (!answer.status) throw new Error(unanswered(answer))
  throw new Error(answer.body.error.message || t("The server could not do that."))
}
