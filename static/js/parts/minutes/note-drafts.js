/** "Drafts on this device": what this browser has kept of a text, whatever became of the server. */

/** @import { NoteBox } from "./note-box.js" */

import { draftsOf } from "../../lib/draft-history.js"
import { withoutHidden } from "../../lib/rich-html.js"
import { t } from "../../lib/t.js"
import { date, second } from "../../lib/time.js"
import { keyOf } from "./note-keeper.js"
import { chooseText } from "./text-chooser.js"

/** @param {NoteBox} box */
export async function showDrafts(box, off = false) {
  const { meeting, item } = box
  const wanted = await chooseText(await draftsOf(keyOf(meeting.id, meeting.me.id, item)), {
    title: t("Drafts on this device"),
    help: t("The last {n} versions that were written here, kept in this browser alone.", { n: 50 }),
    name: ({ at }) => `${second(at)}, ${date(at)}`,
    region: t("The text of this version"),
    empty: t("Nothing is kept here yet."),
    action: off ? "" : t("Put below the text"),
    live: box.live,
  })
  if (!wanted || !(await box.claim())) return
  box.editor.insertHtml(withoutHidden(wanted.html).html)
}
