/** A page of the desk that the service worker has kept says so, and is loaded anew when the server is back. */

import { fetchInTime } from "../lib/in-time.js"
import { element } from "../lib/element.js"
import { t } from "../lib/t.js"
import { clock, date } from "../lib/time.js"

const EVERY = 10_000

/** Since when this page may be out of date, ms; undefined for one that has come from the server. */
export function keptAt() {
  const { keptAt: at } = document.documentElement.dataset
  return at === undefined ? undefined : Number(at)
}

export function sayKept() {
  const at = keptAt()
  if (!at) return
  const words = t("No connection. This page is as it was at {time}.", { time: `${clock(at)}, ${date(at)}` })
  const line = element("p", "notice flash warn kept-page", words)
  line.setAttribute("role", "status")
  document.getElementById("main")?.prepend(line)
  whenBack(() => location.reload())
}

/** Once the server answers again, and nobody is in the middle of something. @param {() => void} act */
export function whenBack(act) {
  const look = async () => {
    const answer = await fetchInTime("/healthz", { cache: "no-store" }).catch(() => undefined)
    if (!answer?.headers.has("X-Meetingroom") || document.querySelector("dialog[open]")) return
    clearInterval(timer)
    window.removeEventListener("online", look)
    act()
  }
  const timer = setInterval(look, EVERY)
  window.addEventListener("online", look)
}
