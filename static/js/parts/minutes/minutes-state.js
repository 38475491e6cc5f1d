/** What the minutes are, and who may still change them. `view` is the meeting's. */

import { isFrozen, isStaff } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"

/** {state: "draft" | "approved", version, at?, by?} */
export const approval = (view) => view.record?.minutes ?? { state: "draft", version: 1 }

export const isApproved = (view) => approval(view).state === "approved"

/** Issued minutes that count until the new ones are issued; who does not write these reads those. */
export const replacing = (view) => view.review?.replacing

/** What somebody reads is no draft. */
export const isFinalFor = (view, me) => isApproved(view) || Boolean(replacing(view) && !isStaff(me))

/** Nothing in the minutes can be changed any more: approved, archived, or there was no meeting. */
export const isSealed = (view) => isApproved(view) || isFrozen(view.meeting.status)

/** In one line. */
export function stateWords(view) {
  const { state, version, at } = approval(view)
  if (replacing(view) && !view.review.standing) return t("Issued") // a reader's: the new ones are the staff's alone
  if (state === "approved") return t("Approved at {time}", { time: moment(at) })
  if (view.meeting.status === "archived") return t("Archived without approval: a draft")
  return version > 1 ? t("Draft of version {n}, not approved", { n: version }) : t("Draft, not approved")
}
