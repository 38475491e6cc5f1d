/** Who may change the preparation, and what belongs to all its parts. */

import { isChair, isOver, prepares } from "../../meeting/rights.js"
import { Uploads } from "./uploads.js"

/** The secretary and the organiser, until the meeting is over; the chair reads, and prepares where there are neither. */
export function mayPrepare(view, { me }) {
  const alone = () => isChair(me) && !Object.values(view.roll.people).some(({ role }) => prepares({ role }))
  return !isOver(view.meeting.status) && (prepares(me) || alone())
}

export { isSecret } from "../../meeting/rights.js"

const kept = new WeakMap()

/** The files of this meeting, one list for all parts of the page. */
export function documentsOf(meeting) {
  if (!kept.has(meeting)) {
    const documents = new Uploads(meeting.id)
    // A paper that has just been attached, or withdrawn, is no longer what the list says.
    let papers = meeting.view?.papers
    meeting.watch(["papers"], (view) => {
      if (papers !== view.papers) {
        papers = view.papers
        documents.refresh()
      }
    })
    kept.set(meeting, documents)
  }
  return kept.get(meeting)
}

/** The documents that are papers now. */
export const attachedIn = (view) =>
  new Set(Object.values(view.papers).flatMap((paper) => [paper, ...(paper.versions ?? [])].map((one) => one.document)))
