// A document that is signed: files are sent, and what the server found is told in its own words.
import "./admin-forms.js"
import { api } from "../lib/api.js"
import { ask, unanswered } from "../lib/ask.js"
import { t } from "../lib/t.js"

const PATIENCE = 3000
const EVERY = 1500

/** @type {HTMLElement | null} */
const found = document.querySelector("[data-found]")

/** What came of it: a message, a line each for what differs and who signed. */
function showOutcome({ message, lines = [], good }) {
  if (!found) return
  found.hidden = false
  found.className = `notice found ${good ? "good" : "bad"}`
  for (const sign of found.querySelectorAll("[data-sign]")) sign.hidden = (sign.dataset.sign === "good") !== good
  found.querySelector("[data-message]").textContent = message
  found
    .querySelector("[data-list]")
    .replaceChildren(
      ...lines.filter(Boolean).map((line) => Object.assign(document.createElement("li"), { textContent: line })),
    )
  found.scrollIntoView({ block: "nearest" })
}

/** `verdict` is the server's, from an answer or from its error. */
function showVerdict(verdict, good, message = verdict.message) {
  const wrong = [...(verdict.reasons || []), ...(verdict.warnings || [])].map((each) => each.words)
  showOutcome({
    good,
    message: wrong.length && verdict.headline ? verdict.headline : message,
    lines: [
      ...wrong,
      ...(verdict.signatures || []).map((each) => `${each.signer} (${each.place}), ${each.when}: ${each.words}`),
      verdict.known && `${t("This is a document of this agency:")} ${verdict.known.name}`,
    ],
  })
}

function busy(form, on) {
  for (const button of form.querySelectorAll("[type=submit]")) {
    button.disabled = on
    if (on) button.setAttribute("aria-busy", "true")
    else button.removeAttribute("aria-busy")
  }
}

/** Shows the field for a reason once one is asked for. */
function askForReason(form, error) {
  const field = form.querySelector("[data-reason]")
  if (error.code !== "reason_needed" || !field) return
  field.hidden = false
  field.querySelector("textarea").focus()
}

/** @type {NodeListOf<HTMLFormElement>} */
const senders = document.querySelectorAll("form[data-send]")
for (const form of senders) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    busy(form, true)
    const answer = await ask(form.dataset.send, { method: "POST", form: new FormData(form) })
    busy(form, false)
    /** @type {NodeListOf<HTMLInputElement>} */
    const secrets = form.querySelectorAll("[type=password]")
    for (const secret of secrets) secret.value = ""
    if (!answer.status) return showOutcome({ message: unanswered(answer), good: false })
    if (!answer.ok) {
      const { error } = answer.body
      showVerdict(error, false)
      return askForReason(form, error)
    }
    const verdict = answer.body
    const whole = verdict.code !== "refused"
    showVerdict(verdict, whole, verdict.kept ? `${form.dataset.done} ${verdict.message}` : verdict.message)
    if (verdict.kept) setTimeout(() => location.reload(), 2500)
  })
}

// The signing program on this computer. Only its own page may speak to it.

/** Resolves with what the program says; rejects when there is none. */
function speak(address, wish) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address)
    socket.addEventListener("open", () => (wish ? socket.send(JSON.stringify(wish)) : resolve(socket.close())))
    socket.addEventListener("message", ({ data }) => {
      socket.close()
      try {
        resolve(JSON.parse(data))
      } catch {
        reject(new Error(t("The signing program gave an answer that could not be understood.")))
      }
    })
    socket.addEventListener("error", () =>
      reject(new Error(t("The signing program does not answer on this computer."))),
    )
  })
}

/** Asks our own server what came of the addresses it gave. */
async function outcome(path, token) {
  for (let n = 0; n < 20; n += 1) {
    const answer = await api("GET", `${path}/${token}`)
    if (answer.state === "done") return answer
    await new Promise((resolve) => setTimeout(resolve, EVERY))
  }
  return null
}

/** @type {NodeListOf<HTMLFormElement>} */
const askers = document.querySelectorAll("form[data-desktop]")
/** @type {HTMLDetailsElement | null} */
const diagnosis = document.querySelector("[data-diagnosis]")
for (const form of askers) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    busy(form, true)
    const wish = { how: "desktop", ...Object.fromEntries(new FormData(form)) }
    const asked = await ask(form.dataset.desktop, { method: "POST", json: wish })
    try {
      if (!asked.status) throw new Error(unanswered(asked))
      if (!asked.ok) {
        showVerdict(asked.body.error, false)
        return askForReason(form, asked.body.error)
      }
      const said = await speak(asked.body.service, asked.body.wish)
      if (said.Status !== 0 && said.Status !== true) throw new Error(said.Message || t("Nothing was signed."))
      const verdict = await outcome(form.dataset.desktop, asked.body.token)
      if (!verdict) throw new Error(t("The signing program did not send the file back."))
      showVerdict(verdict, Boolean(verdict.kept))
      if (verdict.kept) setTimeout(() => location.reload(), 2500)
    } catch (error) {
      showOutcome({ message: error.message, good: false })
      if (diagnosis) diagnosis.open = true
    } finally {
      busy(form, false)
    }
  })
}

async function diagnose() {
  const show = (name, good) => {
    const line = document.querySelector(`[data-check="${name}"]`)
    if (line) line.dataset.state = good ? "good" : "bad"
  }
  show("https", location.protocol === "https:")
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE))
  show(
    "service",
    await Promise.race([speak(`${diagnosis.dataset.service}/SignApproved`), late]).then(
      () => true,
      () => false,
    ),
  )
}
diagnosis?.addEventListener("toggle", () => diagnosis.open && diagnose())
document.querySelector("[data-try]")?.addEventListener("click", diagnose)
