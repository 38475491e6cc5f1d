/** Whose page this is. It acts for the person who opened it and for nobody else: when another one signs in, it stops. */

/** @import { Answer } from "./proof.js" */

import { local } from "./storage.js"
import { t } from "./t.js"
import { element } from "./element.js"

const KEY = "signed-in"
const root = document.documentElement
let stopped

/** The id of the person who opened this page; "" for a page of nobody (a projector, a shared tablet, the sign-in). */
export const belongsTo = () => root.dataset.person || ""

/**
 * What the server has answered to a question asked for `as`: is that still who is signed in here?
 * @param {Answer} answer
 * @param {string} as
 */
export function heardOf({ ok, body }, as) {
  if (!as || as !== belongsTo()) return
  if (ok) again()
  else if (body.error.code === "another_person") stop(body.error.signed_in?.name || "")
}

/** Has the page stopped, since somebody else is signed in? */
export const isStopped = () => Boolean(stopped)

function stop(name) {
  if (stopped) return
  stopped = picture(name)
  document.body.append(stopped)
  // Nothing may be pressed any more, whatever lies over the page.
  stopped.addEventListener("cancel", (event) => event.preventDefault())
  stopped.addEventListener("close", () => {
    if (stopped?.isConnected) stopped.showModal()
  })
  stopped.showModal()
  document.dispatchEvent(new CustomEvent("another-person"))
}

/** The first one has signed in again. */
function again() {
  if (!stopped) return
  const dialog = stopped
  stopped = undefined
  dialog.remove()
  document.dispatchEvent(new CustomEvent("same-person"))
}

function picture(name) {
  const dialog = document.createElement("dialog")
  dialog.className = "another-person"
  dialog.setAttribute("role", "alertdialog")
  dialog.setAttribute("aria-labelledby", "another-person")
  const [body, acts] = [element("div", "dialog-body"), element("div", "dialog-actions")]
  const title = element("h2", "", t("This page has stopped: somebody else has signed in"))
  title.id = "another-person"
  const [mine, now] = [root.dataset.personName, name].map((one) => one || t("another person"))
  body.append(
    title,
    element(
      "p",
      "",
      t("This page was opened by {name}. In this browser {other} is signed in now.", { name: mine, other: now }),
    ),
    element(
      "p",
      "",
      t(
        "Nothing is done from this page any more. What {name} has not sent yet is kept on this device for {name} alone.",
        { name: mine },
      ),
    ),
  )
  const reload = element("button", "button primary big", t("Go on as {name}", { name: now }))
  reload.type = "button"
  reload.autofocus = true
  reload.addEventListener("click", () => location.reload())
  acts.append(reload)
  dialog.append(body, acts)
  return dialog
}

/**
 * Another tab tells that somebody has signed in there; the server, who is asked then, says who.
 * @param {() => void} askWho
 */
export function watchTabs(askWho) {
  if (!belongsTo()) return
  const look = () => {
    if (local.get(KEY) !== belongsTo()) askWho()
  }
  local.set(KEY, belongsTo())
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY) look()
  })
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look()
  })
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) look()
  })
}
