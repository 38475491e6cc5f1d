/** A command whose refusal is said to the person who sent it. */

import { toast } from "./toast.js"

/** Resolves with the answer, or with undefined after having shown why not. */
export async function attempt(sending) {
  try {
    return await sending
  } catch (problem) {
    toast(problem.message, { kind: problem.name === "Unanswered" ? "warn" : "bad", seconds: 8 })
    return undefined
  }
}
