/** A presentation script: its steps, how they are called, which comes next, and what steps are made of. Pure. */

import { uid } from "../lib/uid.js"
import { mark, t } from "../lib/t.js"
import { childrenOf, inOrder } from "./map-tree.js"
import { cutAll, isFrame, readMarks } from "./mark-frames.js"
import { endsOf, pagesOf } from "./places.js"

/** What cannot be shown, and what is red in the list. */
const STUCK = ["gone", "hidden", "unpublished"]
const RED = ["gone", "hidden", "failed", "unnumbered"]
/** Of the check list, in this order. */
export const STATES = {
  gone: mark("not in the case any more"),
  hidden: mark("hidden from the room"),
  failed: mark("unreadable"),
  unnumbered: mark("number (BL) missing"),
  unpublished: mark("not published yet"),
  waiting: mark("not drawn yet"),
}
export const KINDS = {
  node: mark("Node of the map"),
  evidence: mark("Page"),
  callout: mark("Excerpt"),
  pair: mark("Two pages"),
  media: mark("Recording or film"),
}
export const SIGNS = { node: "network", evidence: "file-text", callout: "scan", pair: "columns-2", media: "play" }

export const isStuck = (step) => STUCK.includes(step.about?.state)
export const isRed = (step) => RED.includes(step.about?.state)

/** `BL 84 (tập 3)`, or the title with the page where it has no number. */
export function nameOfPage({ label = "", volume = "", title = "", page = 1 }) {
  if (!label) return title ? t("“{title}”, page {page}", { title, page }) : t("page {page}", { page })
  return volume ? t("BL {label} (volume {volume})", { label, volume }) : `BL ${label}`
}

/** What a step is called: by its own title, or by what it shows. */
export function nameOf(step) {
  if (step.title) return step.title
  const { pages = [], title } = step.about ?? {}
  if (step.kind === "node") return title || t("A node that is not there")
  if (step.kind === "pair")
    return pages.map(({ label, ...page }) => (label ? `BL ${label}` : nameOfPage(page))).join(" ↔ ")
  return pages[0] ? nameOfPage(pages[0]) : title || t(KINDS[step.kind])
}

/** What it shows, where its title says something else. */
export const underNameOf = (step) =>
  step.title ? nameOf({ ...step, title: "" }) : (step.about?.pages?.[0]?.title ?? "")

/**
 * The step to which one goes from `at` {step, n} (what was shown last; its number counts where it is not in the script any
 * more), and those that are passed because they cannot be shown. @param {any[]} steps @param {1 | -1} by
 */
export function stepFrom(steps, at, by) {
  const place = at ? steps.findIndex(({ id }) => id === at.step) : -1
  let n = !at ? (by > 0 ? 0 : -1) : place >= 0 ? place + by : by > 0 ? at.n - 1 : at.n - 2
  const passed = []
  while (steps[n] && isStuck(steps[n])) {
    passed.push(steps[n])
    n += by
  }
  return { step: steps[n], passed }
}

/** Refusals that are the step's own: whoever presents goes on behind it, and is not stopped there for ever. */
const OF_STEP = [
  "page_not_drawn",
  "no_such_evidence",
  "no_such_page",
  "no_such_map",
  "no_such_node",
  "hidden_node",
  "no_such_media",
  "media_not_ready",
  "bad_clip",
  "no_such_step",
]

/** From where one goes on after a step {step, n} was refused; undefined: from what was shown last, `at`. */
export const aheadAfter = (ahead, code, at) =>
  OF_STEP.includes(code) ? { ...ahead, refused: true, from: at?.step } : undefined

/** How far the script is: the number of what was shown last (0: nothing yet), of how many, and how many were not shown. */
export function progressOf(steps, at, shown = {}) {
  const n = at ? steps.findIndex(({ id }) => id === at.step) + 1 : 0
  return {
    n: n || (at ? Math.min(at.n, steps.length) : 0),
    of: steps.length,
    left: steps.filter(({ id }) => !shown[id]).length,
  }
}

/** How many steps are in which state, of those that somebody should look at. */
export function findingsOf(steps) {
  return Object.keys(STATES)
    .map((state) => ({ state, steps: steps.filter((step) => step.about?.state === state) }))
    .filter((each) => each.steps.length)
}

const made = (kind, more) => ({ id: `s${uid(11)}`, kind, title: "", note: "", ...more })
const bare = ({ document, page }) => ({ document, page })

/** Steps of a page, or of the two of a pair. */
export const pageStep = (page, more = {}) => made("evidence", { ...bare(page), ...more })
export const pairStep = (left, right, text = "") =>
  made("pair", { left: bare(left), right: bare(right), ...(text && { text: text.slice(0, 300) }) })
/** `clip` [from, to] in seconds, of all of it undefined. */
export const mediaStep = ({ media, clip = undefined }) =>
  made("media", { media, ...(clip && { from: Math.round(clip[0] * 1000), to: Math.round(clip[1] * 1000) }) })
export const calloutStep = (page, rects, { title = "", marks = [], node = "" } = {}) =>
  made("callout", { ...bare(page), ...(node && { node }), rects, ...(marks.length && { marks }), title })

/**
 * Steps of the nodes of a map from `from` on, in the order of reading. `which` "bl": only nodes with a number;
 * `pages`: behind each node the pages that it names.
 */
export function stepsOfMap(map, id, { from = map.root, which = "all", pages = false } = {}) {
  const steps = []
  for (const node of inOrder({ ...map, root: from })) {
    const { anchors = [] } = map.nodes[node]
    if (which === "bl" && !anchors.length) continue
    steps.push(made("node", { map: id, node }))
    if (pages) for (const anchor of anchors) steps.push(...stepsOfAnchor(anchor, node))
  }
  return steps
}

function stepsOfAnchor(anchor, node) {
  const [first, second] = endsOf(anchor)
  if (!first) return []
  if (second) return [pairStep(first, second)]
  // An excerpt that stands on a node is shown as one.
  if (isFrame(first.rect))
    return [calloutStep(first, [first.rect], { marks: cutAll(readMarks(first.marks), [first.rect]), node })]
  return [pageStep(first, { node })]
}

/** The nodes below which there are others: branches that can be chosen. [{id, text, depth}] */
export function branchesOf(map, deepest = 3) {
  const found = []
  const walk = (id, depth) => {
    const children = childrenOf(map, id)
    if (depth && children.length) found.push({ id, text: map.nodes[id].text, depth })
    if (depth < deepest) for (const child of children) walk(child, depth + 1)
  }
  walk(map.root, 0)
  return found
}

/** Steps of what a BL field cites; what is not clear is not made a step. @returns {{ steps: any[], unclear: any[] }} */
export function stepsOfCitations(answers) {
  const steps = []
  for (const { pages, against } of answers.filter((each) => each.result === "one")) {
    if (!against) steps.push(...pages.map((page) => pageStep(page)))
    else for (const right of pages.slice(-against)) steps.push(pairStep(pages[0], right))
  }
  return { steps, unclear: answers.filter((each) => each.result !== "one") }
}

/** What is on the stage now, as a step; undefined where it is nothing of the case. */
export function stepOfStage(stage, case_) {
  if (stage.covered) return undefined
  if (stage.kind === "map" && stage.map?.case === case_)
    return made("node", { map: stage.map.map, node: stage.map.node })
  if (stage.kind === "media" && stage.media?.case === case_) return mediaStep(stage.media)
  const pages = pagesOf(stage)
  if (!pages.length || pages.some((page) => page.case !== case_)) return undefined
  if (pages.length > 1) return pairStep(pages[0], pages[1], stage.contradiction?.text)
  if (stage.callouts?.length) return calloutStep(pages[0], stage.callouts, { marks: stage.marks })
  return pageStep(pages[0], stage.from_node ? { node: stage.from_node } : {})
}
