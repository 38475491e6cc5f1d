/** The page of a meeting: its papers open in place, it prints, and it follows what is changed meanwhile. */

import "./desk.js"
import { api } from "../lib/api.js"
import { refreshAutomatically } from "../lib/auto-refresh.js"
import { saveAllPapers } from "../lib/marked-copy.js"
import { isDone } from "../lib/proof.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { uid } from "../lib/uid.js"
import "../parts/keep/keep-here.js"
import "../parts/keep/kept-sign.js"
import { versionIn } from "../pages/versions.js"
import { openPaper } from "../parts/page/paper-viewer.js"
import { whenRemoved } from "../reader/text-news.js"

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target)
  const link = target.closest("[data-paper]")
  if (link) read(JSON.parse(link.dataset.paper), Number(link.dataset.at) || undefined)
  if (target.closest("[data-print]")) window.print()
  const all = /** @type {HTMLButtonElement | null} */ (target.closest("[data-all-papers]"))
  if (all) saveAll(all)
  const release = target.closest("[data-release]")
  if (release) letRead(release)
})

/** The address of this page leads to the place that is read, as long as it is read: #paper=…&p=12. */
async function read(paper, at, find = undefined) {
  const moved = (page) => history.replaceState(null, "", `#${new URLSearchParams({ paper: paper.document, p: page })}`)
  await openPaper(paper, at, { moved, find })
  history.replaceState(null, "", location.pathname + location.search)
}

const asked = new URLSearchParams(location.hash.slice(1))
const papers = [...document.querySelectorAll("[data-paper]:not([data-at])")].map(({ dataset }) =>
  JSON.parse(dataset.paper),
)
const wanted =
  papers.map((paper) => versionIn(paper, asked.get("paper"))).find(Boolean) ??
  (asked.has("p") && !asked.has("paper") && papers[0])
if (!wanted && asked.get("paper")) tellMissing(asked.get("paper"))
if (wanted) read(wanted, Number(asked.get("p")) || undefined, asked.get("q") || undefined)

/** The address leads to a paper that is not among those here (any more): who had it is told why. */
async function tellMissing(document_) {
  let words = t("This paper is not there, or it is not for you to read.")
  await whenRemoved({ document: document_ }, (why) => {
    words = why
  })
  toast(words, { kind: "bad" })
}

/** All papers as one file: for whoever must print. */
async function saveAll(button) {
  button.disabled = true
  try {
    await saveAllPapers(button.dataset.allPapers, (words) => toast(words, { kind: "info" }))
  } catch (problem) {
    toast(problem.message, { kind: "bad" })
  }
  button.disabled = false
}

/** Everybody may read the paper from now on; the page is asked for anew, since it says so in several places. */
async function letRead(button) {
  const { release: paper, meeting } = button.dataset
  button.disabled = true
  try {
    const command = { id: uid(), name: "edit_paper", args: { paper, readers: "members" } }
    await api("POST", `/api/meetings/${encodeURIComponent(meeting)}/commands`, command, isDone)
    location.reload()
  } catch (problem) {
    button.disabled = false
    toast(problem.message, { kind: "bad" })
  }
}

refreshAutomatically({ every: 15000 })
