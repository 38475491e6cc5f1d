/** An item that is not reached goes on to the next meeting of the series. */

import { attempt } from "../../lib/attempt.js"
import { choose } from "../../lib/dialog.js"
import { isOver, prepares } from "../../meeting/rights.js"
import { t } from "../../lib/t.js"

/** Whether this item can go on: it belongs to a series' meeting, waits, and has not been carried over yet. */
export const mayCarry = (view, { me }, item) =>
  prepares(me) &&
  Boolean(view.meeting.series) &&
  (!isOver(view.meeting.status) || view.meeting.status === "closed") &&
  (item.status ?? "waiting") === "waiting" &&
  !item.kind &&
  !item.carried

/** Asks how, and carries it over. */
export async function carryItem(meeting, id) {
  const { title, papers = [] } = meeting.view.agenda.items[id]
  const how = await choose({
    title: t("Carry over to the next meeting of the series?"),
    text: papers.length
      ? t("“{title}” has papers here, so it stays on this agenda too.", { title })
      : t("“{title}” will stand on the agenda of the next meeting.", { title }),
    options: [
      ...(papers.length ? [] : [{ value: "move", label: t("Take it off this agenda") }]),
      { value: "repeat", label: t("Keep it on this agenda too") },
    ],
  })
  if (how) await attempt(meeting.send("carry_item", { item: id, how }))
}
