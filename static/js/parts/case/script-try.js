/** The script is run once on this screen before the session: every step is painted as large as it will be, one after the other. */

import { isStuck, nameOf } from "../../case/script.js"
import { viewUrl } from "../../case/media-places.js"
import { roomMap } from "../../case/room-maps.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { mark, t } from "../../lib/t.js"
import { wait } from "../../meeting/backoff.js"
import "./case-page.js"
import { nodeMap } from "./node-map.js"

const LOOK = 500
const PATIENCE = 15_000

/** Over everything else of this screen. */
export function trialPlace() {
  const place = document.createElement("div")
  place.className = "script-try"
  place.setAttribute("role", "dialog")
  place.setAttribute("aria-label", t("The script is tried on this screen"))
  document.body.append(place)
  return place
}

/** Why a step was not on the glass. */
export const WHY_NOT = {
  stuck: mark("gone, hidden or not published"),
  not_drawn: mark("the page does not come"),
  no_codec: mark("the browser there cannot play it"),
  no_font: mark("letters are missing there"),
  late: mark("it takes too long"),
}

/**
 * Runs until the last step or until somebody ends it. @param {string} case_ @param {any[]} steps
 * @returns {Promise<{ painted: string[], failed: any[], screen: string }>} ids that were painted, steps that were not
 * with `why`
 */
export async function tryScript(case_, steps) {
  const place = trialPlace()
  const stop = new AbortController()
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop.abort(), { signal: stop.signal })
  // Where the browser does not let it, the window itself is the screen.
  await place.requestFullscreen?.().catch(() => {})
  const painted = []
  const failed = []
  for (const [n, step] of steps.entries()) {
    if (stop.signal.aborted) break
    const end = () => stop.abort()
    const why = await paintStep(place, step, {
      where: `${n + 1}/${steps.length}`,
      case: case_,
      signal: stop.signal,
      end,
    })
    if (stop.signal.aborted) break
    if (why) failed.push({ ...step, why })
    else painted.push(step.id)
  }
  stop.abort()
  const screen = `${window.innerWidth}×${window.innerHeight}`
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {})
  place.remove()
  return { painted, failed, screen }
}

/**
 * Puts a step on the glass and waits until it is there. @param {HTMLElement} place @param {any} step
 * @param {{ where: string, case: string, signal: AbortSignal, end?: () => void }} how `where` 3/57; `end` stops the trial
 * @returns {Promise<string>} "" once all of it is there, else why not: stuck | not_drawn | no_codec | no_font | late
 */
export async function paintStep(place, step, { where, case: case_, signal, end }) {
  if (isStuck(step)) return "stuck"
  const head = html`<header><b>${where}</b> <span>${nameOf(step)}</span>
    ${end ? html`<button type="button" class="button" @click=${end}>${icon("x")}${t("End")}</button>` : nothing}</header>`
  const why = await SHOW[step.kind === "node" || step.kind === "media" ? step.kind : "pages"](
    place,
    step,
    head,
    case_,
    signal,
  )
  await wait(LOOK, signal)
  return why || ([...document.fonts].some(({ status }) => status === "error") ? "no_font" : "")
}

const SHOW = {
  /** Of a node the map, as a hall sees it. */
  async node(place, step, head, case_, signal) {
    const map = await Promise.race([roomMap(case_, step.map, step.about.version), wait(PATIENCE, signal)])
    if (!map) return "late"
    render(html`${head}<div class="script-try-node">${nodeMap(map, { node: step.node })}</div>`, place)
    await document.fonts.ready
    return map.nodes[step.node] ? "" : "stuck"
  },

  /** A recording is there when it could begin now. */
  async media(place, step, head, case_, signal) {
    const url = viewUrl({ case: case_, media: step.media })
    const { kind } = step.about
    const sheet =
      kind === "photo"
        ? html`<img class="script-try-media" src=${url} alt="">`
        : html`<video class="script-try-media" src=${url} preload="auto" muted playsinline></video>`
    render(html`${head}${sheet}`, place)
    const shown = /** @type {any} */ (place.querySelector(".script-try-media"))
    const events = new AbortController()
    const once = { once: true, signal: events.signal }
    const came = new Promise((resolve) => {
      if (shown.complete || shown.readyState > 2) return resolve("")
      for (const name of ["load", "canplay"]) shown.addEventListener(name, () => resolve(""), once)
      return shown.addEventListener("error", () => resolve(refusalOf(shown)), once)
    })
    const why = await Promise.race([came, wait(PATIENCE, signal).then(() => "late")])
    events.abort()
    return why
  },

  async pages(place, step, head, _case, signal) {
    const { pages } = step.about
    render(
      html`${head}<div class="script-try-pages">${pages.map((_page, n) => html`<case-page passive data-n=${n}></case-page>`)}</div>`,
      place,
    )
    const sheets = /** @type {any[]} */ ([...place.querySelectorAll("case-page")])
    const seen = sheets.map((sheet, n) => {
      sheet.place = { ...pages[n], callouts: step.rects, marks: step.marks }
      return appears(sheet, pages[n], signal)
    })
    return (await Promise.all(seen)).find(Boolean) ?? ""
  },
}

/** A line that broke is another matter than a recording which this browser cannot play. */
const refusalOf = ({ error, src }) => (error && error.code > 2 && src ? "no_codec" : error ? "late" : "not_drawn")

/** A sheet that has this page already says so by itself; one in whose place a failed page stands has it not. */
async function appears(sheet, page, signal) {
  const end = Date.now() + PATIENCE
  while (!signal.aborted && Date.now() < end) {
    if (sheet.ready && sheet.place.document === page.document && sheet.place.page === page.page)
      return page.state === "failed" ? "not_drawn" : ""
    if (sheet.querySelector("[role=alert]")) return "not_drawn"
    await wait(100, signal)
  }
  return "late"
}
