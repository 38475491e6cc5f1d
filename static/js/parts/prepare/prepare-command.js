/** Commands of the preparation: a refusal is told to the person, and what was sent is not lost silently. */

import { attempt } from "../../lib/attempt.js"
import { toast } from "../../lib/toast.js"

/** Resolves with the answer, or with nothing when it was not done. */
export const doCommand = (meeting, name, args) => attempt(meeting.send(name, args))

/** The same, done once the view shows it: until then a list stands as it was put. */
export const doAndSee = (meeting, name, args) => attempt(meeting.sendAndSee(name, args))

/** Says why something was not done. */
export const complain = (problem) => {
  toast(problem.message, { kind: problem.name === "Unanswered" ? "warn" : "bad", seconds: 8 })
}
