/** What is still missing before a meeting should be published. Pure. */

import { t, tn } from "../../lib/t.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { attachedIn, isSecret } from "./prepare-right.js"

/**
 * The points that are open: {id, text, help, part, grave, stops}. `part` is where it is mended, `grave` is shown as a
 * warning on its tab, `stops` means that the server would refuse to publish.
 */
export function todo(view, documents) {
  return CHECKS.map((check) => check(view, documents)).filter(Boolean)
}

const CHECKS = [
  (view) =>
    !someone(view, "chair") && {
      id: "chair",
      part: "people",
      grave: true,
      stops: true,
      text: t("There is no chair"),
      help: t(
        "A meeting cannot be published without a chair. Invite one, or give the role to somebody already invited.",
      ),
    },
  (view) =>
    !someone(view, "secretary") && {
      id: "secretary",
      part: "people",
      grave: true,
      text: t("There is no secretary"),
      help: t("Somebody should take the roll, write the minutes and look after the papers."),
    },
  (view) =>
    !listeners(view) && {
      id: "nobody",
      part: "people",
      text: t("No delegate or guest is invited"),
      help: t("Only those who are invited can open the meeting and its papers."),
    },
  (view) =>
    !isSecret(view) &&
    !view.agenda.order.length && {
      id: "agenda",
      part: "agenda",
      grave: true,
      text: t("The agenda is empty"),
      help: t("Delegates see the items and their papers as soon as the meeting is published."),
    },
  (view) => {
    const without = items(view).filter(({ presenters }) => !presenters?.length)
    return (
      without.length && {
        id: "presenters",
        part: "agenda",
        text: tn("{n} item has no presenter", "{n} items have no presenter", without.length),
        help: numbers(without),
      }
    )
  },
  (view, documents) => {
    const failed = pending(view, documents).filter(({ status }) => status === "failed")
    return (
      failed.length && {
        id: "failed",
        part: "agenda",
        grave: true,
        text: tn("{n} paper could not be processed", "{n} papers could not be processed", failed.length),
        help: failed.map(({ title, filename }) => title || filename).join("; "),
      }
    )
  },
  (view, documents) => {
    const busy = pending(view, documents).filter(({ status }) => status === "processing")
    const sending = documents.sending.filter(({ problem }) => !problem)
    const n = busy.length + sending.length
    return (
      n && {
        id: "processing",
        part: "agenda",
        text: tn("{n} paper is still being processed", "{n} papers are still being processed", n),
        help: t("A paper is seen by delegates when all its pages are ready."),
      }
    )
  },
  (view) => {
    const over = minutesPlanned(view) - minutesGiven(view)
    return (
      over > 0 && {
        id: "time",
        part: "agenda",
        text: t("The agenda is {time} longer than the meeting", { time: spokenLength(over) }),
        help: t("Shorten an item, or let the meeting end later."),
      }
    )
  },
  (view) =>
    !view.meeting.place && {
      id: "place",
      part: "details",
      text: t("The place is not given"),
      help: t("Delegates should know where to go."),
    },
]

export const minutesPlanned = (view) => items(view).reduce((sum, item) => sum + (item.minutes || 0), 0)

export const minutesGiven = ({ meeting }) => Math.round((meeting.ends_at - meeting.starts_at) / 60000)

const items = (view) => view.agenda.order.map((id, index) => ({ id, n: index + 1, ...view.agenda.items[id] }))

const someone = (view, role) => Object.values(view.roll.people).some((person) => person.role === role)

const listeners = (view) => someone(view, "delegate") || someone(view, "guest")

const numbers = (some) => t("Items {list}", { list: some.map(({ n }) => n).join(", ") })

function pending(view, documents) {
  const attached = attachedIn(view)
  return documents.all.filter(({ id, status }) => status !== "ready" && !attached.has(id))
}
