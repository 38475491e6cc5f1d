/** The log of one trial: read along, written by its observers, whatever the line does. */

/** @import { CourtLine } from "../parts/case/court-line.js" */
/** @import { CourtLog } from "../parts/case/court-log.js" */

import "./desk.js"
import { CourtSync } from "../case/court-sync.js"
import { sendForms } from "../lib/send-form.js"
import { toast } from "../lib/toast.js"
import { t } from "../lib/t.js"
import "../parts/case/court-line.js"
import "../parts/case/court-log.js"

sendForms()

const { hearing, words, me } = JSON.parse(document.querySelector("#boot").textContent)
const { signal } = new AbortController()
const sync = new CourtSync(hearing, me, signal)
const line = /** @type {CourtLine} */ (document.querySelector("court-line"))
const log = /** @type {CourtLog} */ (document.querySelector("court-log"))

sync.addEventListener("refused", (/** @type {CustomEvent} */ { detail }) => {
  const said = detail.act.put?.text ?? detail.act.edit?.text ?? ""
  toast(`${detail.message || t("The server could not do that.")}${said ? ` “${said.slice(0, 500)}”` : ""}`, {
    kind: "bad",
  })
})
// What waits is kept on the device; where that is not possible, one is asked before it is lost.
addEventListener("beforeunload", (event) => {
  if (sync.waiting && !sync.kept) event.preventDefault()
})

line.begin(sync, words)
log.begin(sync, words)
sync.open().then(() => {
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (wanted) wanted.scrollIntoView({ block: "center" })
})
