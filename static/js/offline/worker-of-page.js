/**
 * The service worker as a page sees it. Only a page of somebody's own, over HTTPS, has one. A new one waits until no
 * meeting runs in this browser and nothing is unsent.
 */

import { boxesOf } from "../lib/device.js"
import { inTime } from "../lib/in-time.js"
import { belongsTo } from "../lib/page-owner.js"

const AFTER = 10_000
const LOOK = 60_000
const LIMIT = 30_000
const LIVE = "meetingroom/live"

/** Can this page have one? "" or why not: http (no secure context), shared (nobody's page), browser. */
export function whyNoWorker() {
  if (!belongsTo()) return "shared"
  if (!isSecureContext) return "http"
  return navigator.serviceWorker && "caches" in globalThis ? "" : "browser"
}

/** Some time after the page, for it comes first; not all tablets of a hall at once. @param {{ after?: number }} how */
export function haveWorker({ after = AFTER } = {}) {
  if (whyNoWorker()) return
  setTimeout(() => workerReady().catch(() => {}), after + Math.random() * after)
}

let registered

/** Now: resolves with the worker that is in charge; rejects if the first one cannot be had, and tries again when asked again. */
export async function workerReady() {
  registered ??= navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(
    (registration) => {
      registration.addEventListener("updatefound", () => giveWay(registration))
      setInterval(() => giveWay(registration), LOOK)
      giveWay(registration)
      return registration
    },
    (problem) => {
      registered = undefined
      throw problem
    },
  )
  const registration = await registered
  try {
    return (await Promise.race([navigator.serviceWorker.ready, failure(registration)])).active
  } catch (problem) {
    registered = undefined
    throw problem
  }
}

/** Rejects if no worker is there and none is coming any more; the browser's own `ready` would wait for ever. */
function failure({ active, waiting, installing }) {
  return new Promise((_, reject) => {
    const look = () => installing?.state === "redundant" && reject(new Error("its files could not be had"))
    if (active || waiting) return
    if (!installing) reject(new Error("it was given up"))
    installing?.addEventListener("statechange", look)
    look()
  })
}

/** The next shell takes over when nobody can be disturbed by it. */
async function giveWay({ waiting }) {
  if (waiting && (await isCalm())) waiting.postMessage({ type: "take-over" })
}

async function isCalm() {
  const { held = [] } = await navigator.locks.query()
  return !held.some(({ name }) => name === LIVE) && !(await boxesOf(belongsTo())).size
}

/** This page is in a running meeting as long as `meeting` says so: no new shell takes over meanwhile. */
export function inMeeting(meeting) {
  if (!navigator.locks) return
  let end
  meeting.watch(["meeting"], ({ meeting: { status } }) => {
    if (status === "live" && !end) {
      const over = new Promise((done) => {
        end = done
      })
      navigator.locks.request(LIVE, { mode: "shared" }, () => over)
    } else if (status !== "live" && end) {
      end()
      end = undefined
    }
  })
}

/** What the worker answers to a message; undefined if it does not. @param {any} message */
export async function tellWorker(message) {
  const worker = await workerReady()
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise((done) => {
    port1.onmessage = ({ data }) => done(data)
    worker.postMessage(message, [port2])
  })
  return inTime(answer, LIMIT)
    .catch(() => undefined)
    .finally(() => port1.close())
}
