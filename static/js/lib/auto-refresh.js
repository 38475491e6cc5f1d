/** A desk page that stays true while it lies open: the marked part is fetched again and put in place if it changed. */

import { fetchInTime } from "./in-time.js"

/** Looks every `every` ms while the page is seen, and whenever it comes back into sight. `settled(root)` after a change. */
export function refreshAutomatically({ every = 20000, changed = () => {} } = {}) {
  let timer
  const look = async () => {
    clearTimeout(timer)
    if (document.visibilityState === "visible") await renew(changed).catch(() => {}) // no line: the next look will do it
    timer = setTimeout(look, every)
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look()
  })
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look()
  })
  timer = setTimeout(look, every)
}

async function renew(changed) {
  const old = document.querySelector("[data-auto-refresh]")
  if (!old || inUse(old)) return
  const answer = await fetchInTime(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } })
  // Somebody in between (a network's sign-in page) is not the server, and not worth leaving this page for.
  if (answer.status >= 500 || !answer.headers.has("X-Meetingroom")) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const now = page.querySelector("[data-auto-refresh]")
  // Signed out, removed from the meeting: the server's own page says so better than this one could.
  if (!now) return location.reload()
  if (now.innerHTML === old.dataset.refreshedAs || inUse(old)) return
  const before = old.innerHTML
  old.dataset.refreshedAs = now.innerHTML
  if (now.innerHTML === before) return
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  const renewed = document.importNode(now, true)
  renewed.dataset.refreshedAs = now.innerHTML
  old.replaceWith(renewed)
  if (focused) twin(renewed, focused)?.focus({ preventScroll: true })
  changed(renewed)
}

/** Nobody's typing, selection of text or open dialog is disturbed. */
function inUse(root) {
  if (document.querySelector("dialog[open]")) return true
  const field = document.activeElement
  if (field && root.contains(field) && field.matches("input, textarea, select")) return true
  const selection = window.getSelection()
  return Boolean(selection && !selection.isCollapsed && root.contains(selection.anchorNode))
}

function twin(root, element) {
  if (element.id) return root.querySelector(`#${CSS.escape(element.id)}`)
  const href = element.getAttribute("href")
  return href ? root.querySelector(`[href="${CSS.escape(href)}"]`) : null
}
