// The header of every desk: its menus, and the size of text without a reload.
import { ask } from "../lib/ask.js"
import { fileFields } from "../lib/file-field.js"
import "../lib/fetched.js"
import "../lib/menus.js"
import { checkKept } from "../offline/keeping.js"
import { sayKept } from "../offline/kept-page.js"
import { guardSignOut } from "../offline/leaving.js"
import { sendWhatWaits } from "../offline/left.js"
import { haveWorker } from "../offline/worker-of-page.js"

const SIZES = ["90", "100", "115", "130", "150"]
const root = document.documentElement

const menuButtons = document.querySelectorAll("[data-menu-button]")
for (const button of menuButtons) {
  button.addEventListener("click", () => expand(button, !isOpen(button)))
}
fileFields()
sayKept()
guardSignOut()
haveWorker()
checkKept()
sendWhatWaits()

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target)
  const dismiss = target.closest("[data-dismiss]")
  if (dismiss) dismiss.closest(".notice").remove()
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const button of menuButtons) {
    if (!isOpen(button)) continue
    expand(button, false)
    button.focus()
  }
})

// The buttons work as a plain form too; here the page keeps its place and what was typed.
for (const button of textSteps()) {
  button.addEventListener("click", (event) => {
    event.preventDefault()
    const next = SIZES.indexOf(root.dataset.text) + Number(button.dataset.textStep)
    root.dataset.text = SIZES[Math.min(SIZES.length - 1, Math.max(0, next))]
    showSizes()
    keep(root.dataset.text, "account" in button.form.dataset)
  })
}
showSizes()

/** @returns {NodeListOf<HTMLButtonElement>} */
function textSteps() {
  return document.querySelectorAll("[data-text-step]")
}

/** @param {Element} button */
const isOpen = (button) => button.getAttribute("aria-expanded") === "true"

function expand(button, open) {
  button.setAttribute("aria-expanded", String(open))
  document.getElementById(button.getAttribute("aria-controls")).classList.toggle("open", open)
}

// Each button says where it leads, so that it works without this script; at the end of the scale it is off.
function showSizes() {
  const now = SIZES.indexOf(root.dataset.text)
  for (const button of textSteps()) {
    const next = SIZES[now + Number(button.dataset.textStep)]
    button.setAttribute("aria-disabled", String(!next))
    button.value = next || root.dataset.text
  }
}

// For a person with the account; for a stranger at the sign-in form in this browser.
function keep(size, signedIn) {
  document.cookie = `text=${size}; path=/; max-age=31536000; samesite=lax`
  if (!signedIn) return
  // Until the server is back the cookie keeps it.
  ask("/api/session", { method: "PATCH", json: { text_size: Number(size) } })
}
