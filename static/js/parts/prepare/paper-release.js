/** A paper that the staff looked at is released; one with the stamp of a state secret only with a reason. */

import { prompt } from "../../lib/dialog.js"
import { t } from "../../lib/t.js"
import { doCommand } from "./prepare-command.js"

export async function release(meeting, id) {
  const paper = meeting.view.papers[id]
  const reason = paper.held ? await reasonFor(paper) : ""
  if (paper.held && !reason) return
  await doCommand(meeting, "edit_paper", { paper: id, readers: "members", ...(reason && { reason }) })
}

/** Why the stamp that was recognised on it is none; resolves to nothing if it was given up. */
export function reasonFor({ title, held }) {
  return prompt({
    title: t("Why is this paper not secret?"),
    text: t("On “{title}” the stamp “{held}” was recognised. Your name and reason are recorded.", { title, held }),
    label: t("Reason, at least 10 characters"),
    multiline: true,
    yes: t("Release to participants"),
  })
}
