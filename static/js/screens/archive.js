/** The pages of archives: plain forms; here a package is sent to be checked. */

import "./desk.js"
import { ask, unanswered } from "../lib/ask.js"
import { t } from "../lib/t.js"
import { moment } from "../lib/time.js"

const field = /** @type {HTMLInputElement | null} */ (document.querySelector("#package"))
if (field) field.addEventListener("change", () => check(field))

async function check(input) {
  const [file] = input.files
  if (!file) return
  const status = document.querySelector("[data-verify-status]")
  const place = document.querySelector("[data-verify-verdict]")
  place.textContent = ""
  status.textContent = t("Checking …")
  const body = new FormData()
  body.append("file", file)
  const answer = await ask("/api/verify", { method: "POST", form: body })
  status.textContent = ""
  if (!answer.ok) {
    status.textContent = answer.status ? answer.body.error.message : unanswered(answer)
    return
  }
  show(answer.body, place)
}

function show(found, place) {
  const lines = [
    [t("Missing"), found.missing],
    [t("Added"), found.added],
    [t("Changed"), found.changed],
    [t("First broken entry of the log"), found.fact ? [String(found.fact)] : []],
    [t("Cannot be read"), found.error ? [found.error] : []],
  ]
  const head = document.createElement("p")
  head.className = `notice ${found.whole ? "good" : "bad"}`
  head.textContent = found.whole
    ? t("Whole: {n} files, nothing missing, added or changed.", { n: found.files })
    : t("Not whole")
  place.append(head)
  for (const [label, names] of lines) {
    for (const name of names) {
      const line = document.createElement("p")
      line.textContent = `${label}: ${name}`
      place.append(line)
    }
  }
  const known = document.createElement("p")
  known.textContent = provenance(found.known)
  const sum = document.createElement("p")
  sum.className = "help code"
  sum.textContent = `SHA-256 ${found.sha256}`
  place.append(known, sum)
}

/** What this server knows of it. */
function provenance(known) {
  if (!known) return t("This server has sealed no such package.")
  const { name, supplement_to: whole, package: sha } = known
  if (known.destroyed_at)
    return t("This package was sealed here; its dossier was destroyed at {time}.", { time: moment(known.destroyed_at) })
  if (known.replaced_at)
    return t("{name} was sealed here, but another package took its place at {time}: it counts no more.", {
      name,
      time: moment(known.replaced_at),
    })
  if (whole && known.resealed)
    return t(
      "This is the supplement {name} that was made here, to {whole} as it was sealed first (SHA-256 {sha}). That package was sealed anew since; the supplement goes on to count.",
      { name, whole, sha },
    )
  if (whole) return t("This is the very supplement {name} that was made here, to {whole}.", { name, whole })
  return t("This is the very package that was sealed here: {name}", { name })
}

const supplement = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-supplement]"))
supplement?.addEventListener("submit", async (event) => {
  event.preventDefault()
  const button = supplement.querySelector("button")
  const status = supplement.querySelector("[role=status]")
  button.disabled = true
  status.textContent = t("Uploading …")
  const answer = await ask(`/api/archives/${encodeURIComponent(supplement.dataset.supplement)}/supplements`, {
    method: "POST",
    form: new FormData(supplement),
  })
  if (answer.ok) return location.reload()
  button.disabled = false
  status.textContent = answer.status ? answer.body.error.message : unanswered(answer)
  return undefined
})
