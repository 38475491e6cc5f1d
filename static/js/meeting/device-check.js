/** The check of this device: when the staff press “Kiểm tra”, fetch every page into the cache and report. */

import { fetchInTime } from "../lib/in-time.js"
import { ask } from "../lib/ask.js"
import { AHEAD, BUNDLE, bundleUrl, FULL, pageUrl, picture } from "../pages/page-files.js"
import { NOTHING, shaped } from "../lib/proof.js"
import { session } from "../lib/storage.js"
import { uid } from "../lib/uid.js"
import { wait } from "./backoff.js"
import { entered } from "./meeting.js"

const AT_ONCE = 2
const SPREAD = 2500
const SEND_EVERY = 2000
const TRIES = 2
const NONE = -1 // no server at the site

/** Listens for the signal, and asks once whether it was given before this screen came. */
export class DeviceCheck {
  #path
  #stop = new AbortController()
  #check = 0

  constructor(meeting) {
    this.#path = `/api/meetings/${encodeURIComponent(meeting.id)}/readiness`
    meeting.addEventListener("preload", ({ detail }) => this.run(detail))
    // Not all tablets of the hall at once.
    wait(SPREAD + Math.random() * SPREAD).then(() => this.#ask())
  }

  async run({ check, papers = [] }) {
    if (!check || check === this.#check) return
    this.#check = check
    this.#stop.abort()
    this.#stop = new AbortController()
    const { signal } = this.#stop
    await wait(Math.random() * SPREAD, signal)
    const bundles = papers.flatMap(inBundles)
    const of = bundles.reduce((sum, { pages }) => sum + pages.length, 0)
    const report = { check, device: device(), of, pages_cached: 0, failed: 0, ...(await about(signal)) }
    const send = () => signal.aborted || this.#send(report)
    send()
    const timer = setInterval(send, SEND_EVERY)
    const work = async () => {
      while (bundles.length && !signal.aborted) {
        const { bundle, pages } = bundles.shift()
        if (await fetched(bundle, signal)) {
          report.pages_cached += pages.length
          await proveAtSite(bundle, pages.length, report, signal)
        } else await oneByOne(pages, report, signal)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    clearInterval(timer)
    send()
  }

  async #ask() {
    if (this.#check) return
    const { ok, body } = await ask(`${this.#path}/check`, { proof: shaped({ check: "number" }) })
    if (ok) this.run(body)
  }

  #send(body) {
    ask(`${this.#path}/report`, { method: "POST", json: body, proof: NOTHING })
  }
}

/** A paper as [{bundle, pages}]: addresses. */
function inBundles({ document, pages }) {
  return Array.from({ length: Math.ceil(pages / BUNDLE) }, (_, n) => ({
    bundle: bundleUrl(document, n),
    pages: Array.from({ length: Math.min(BUNDLE, pages - n * BUNDLE) }, (_, i) =>
      pageUrl(document, n * BUNDLE + i + 1, FULL),
    ),
  }))
}

/** Where there is no bundle (a restricted paper, a page that is lost). */
async function oneByOne(pages, report, signal) {
  for (const page of pages) {
    if (await fetched(page, signal)) {
      report.pages_cached++
      await proveAtSite(page, 1, report, signal)
    } else if (!signal.aborted) report.failed++
  }
}

/**
 * Whether the server at the site (docs/sites.md) has it now: it is asked itself, not what this browser has kept, and
 * says so. Where there is none nothing is said of it, and only the first file is asked for.
 */
async function proveAtSite(url, pages, report, signal) {
  for (let n = 0; n < TRIES && report.site_pages !== NONE && !signal.aborted; n++) {
    const answer = await fetchInTime(url, { method: "HEAD", cache: "no-store", signal, ...AHEAD }).catch(
      () => undefined,
    )
    if (!answer?.ok) return
    const said = answer.headers.get("X-Site-Cache")
    report.site_pages ??= said ? 0 : NONE
    // What not all may keep goes past it.
    if (!said || said === "PASS") return
    if (n === 0) report.site_of = (report.site_of ?? 0) + pages
    if (said === "HIT") {
      report.site_pages += pages
      return
    }
  }
}

/** A page is read to its end, so that the browser keeps it; once more if the line stumbled, or somebody else answered. */
async function fetched(url, signal) {
  for (let n = 0; n < TRIES && !signal.aborted; n++) {
    const report = {}
    if (await picture(url, signal, { priority: "low", ...AHEAD }, report)) return true
    if (report.status >= 400 && report.status < 500) return false
    await wait(1000, signal)
  }
  return false
}

async function about(signal) {
  const { width, height } = window.screen
  const found = { screen: `${width}×${height}`, browser: navigator.userAgent }
  const latency = await roundTrip(signal)
  if (latency !== undefined) found.latency_ms = latency
  // Not on iPads, and over plain HTTP nowhere.
  const battery = await /** @type {any} */ (navigator).getBattery?.().catch(() => undefined)
  if (battery) Object.assign(found, { battery: Math.round(battery.level * 100), charging: battery.charging })
  return found
}

/** The quickest of three: the line, not the moment. */
async function roundTrip(signal) {
  let best
  for (let n = 0; n < 3 && !signal.aborted; n++) {
    const asked = performance.now()
    const answer = await fetchInTime("/healthz", { cache: "no-store", signal }).catch(() => undefined)
    const took = Math.round(performance.now() - asked)
    if (answer?.ok && answer.headers.has("X-Meetingroom") && (best === undefined || took < best)) best = took
  }
  return best
}

/** One for each window, kept over a reload. */
function device() {
  const known = session.get("device") || uid()
  session.set("device", known)
  return known
}

entered.then((meeting) => new DeviceCheck(meeting))
