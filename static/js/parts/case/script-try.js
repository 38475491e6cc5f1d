/** The script is run once on this screen before the session: every step is painted as large as it will be, one after the other. */

import { isStuck, nameOf } from "../../case/script.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import "./case-page.js"

const LOOK = 500
const PATIENCE = 15_000

/**
 * Runs until the last step or until somebody ends it. @param {any[]} steps
 * @returns {Promise<{ painted: string[], failed: any[], screen: string }>} ids that were painted, steps that were not
 */
export async function tryScript(steps) {
  const place = document.createElement("div")
  place.className = "script-try"
  place.setAttribute("role", "dialog")
  place.setAttribute("aria-label", t("The script is tried on this screen"))
  document.body.append(place)
  const stop = new AbortController()
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop.abort(), { signal: stop.signal })
  // Where the browser does not let it, the window itself is the screen.
  await place.requestFullscreen?.().catch(() => {})
  const painted = []
  const failed = []
  for (const [n, step] of steps.entries()) {
    if (stop.signal.aborted) break
    const ok = !isStuck(step) && (await painting(place, step, `${n + 1}/${steps.length}`, stop))
    if (ok) painted.push(step.id)
    else if (!stop.signal.aborted) failed.push(step)
  }
  stop.abort()
  const screen = `${window.innerWidth}×${window.innerHeight}`
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {})
  place.remove()
  return { painted, failed, screen }
}

/** Is every page of the step on the glass? */
async function painting(place, step, where, stop) {
  const { pages } = step.kind === "node" ? { pages: [] } : step.about
  render(
    html`<header><b>${where}</b> <span>${nameOf(step)}</span>
        <button type="button" class="button" @click=${() => stop.abort()}>${icon("x")}${t("End")}</button></header>
      ${pages.length ? html`<div class="script-try-pages">${pages.map((_page, n) => html`<case-page passive data-n=${n}></case-page>`)}</div>` : html`<p class="script-try-node">${step.about.title ?? nothing}</p>`}`,
    place,
  )
  const sheets = /** @type {any[]} */ ([...place.querySelectorAll("case-page")])
  const seen = sheets.map((sheet, n) => {
    sheet.place = { ...pages[n], callouts: step.rects }
    return appears(sheet, pages[n], stop.signal)
  })
  const all = await Promise.all(seen)
  await wait(LOOK, stop.signal)
  return all.every(Boolean)
}

/** A sheet that has this page already says so by itself. */
async function appears(sheet, page, signal) {
  const end = Date.now() + PATIENCE
  while (!signal.aborted && Date.now() < end) {
    if (sheet.ready && sheet.place.document === page.document && sheet.place.page === page.page) return true
    if (sheet.querySelector("[role=alert]")) return false
    await wait(100, signal)
  }
  return false
}

const wait = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true })
  })
