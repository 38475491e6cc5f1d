/** A wish whose refusal is said to the person who wished. */

import { toast } from "./toast.js"

/** Resolves with the answer, or with undefined after having shown why not. */
export async function attempt(wish) {
  try {
    return await wish
  } catch (problem) {
    toast(problem.message, { kind: problem.name === "Unanswered" ? "warn" : "bad", seconds: 8 })
    return undefined
  }
}
