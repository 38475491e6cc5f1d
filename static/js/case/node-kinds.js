/** What the kinds of nodes are called, on the stage and in a package (cases/map_words.py has the same for the editor). */

import { mark } from "../lib/t.js"

export const KINDS = {
  proc: mark("Procedural step"),
  time: mark("Course of events"),
  person: mark("Participant in the case"),
  act: mark("Act"),
  elem: mark("Element of the offence"),
  inc: mark("Evidence against"),
  exc: mark("Evidence for"),
  conf: mark("Contradiction"),
  gap: mark("Gap"),
  exh: mark("Exhibit, seizure"),
  civil: mark("Civil part"),
  circ: mark("Circumstance"),
  prop: mark("Proposal"),
}
