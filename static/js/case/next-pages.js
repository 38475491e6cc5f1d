/** Pages, photos and recordings to which one is about to be led, on a screen that follows a case. Pure. */

import { chipsOf } from "./chips.js"
import { nameOf, pagesOf } from "./places.js"
import { isStuck } from "./script.js"

/** Places that lie ready. */
export const MOST = 3
/** Steps of the script that are looked at, and what of them has no picture. */
const STEPS = 2
const NOT_THERE = ["failed", "waiting"]

/**
 * What comes next, the nearest first: that of the next steps of a script, then that to which the chips of the node lead:
 * {document, page}, or {case, media, kind} of a photo or a recording that is there to be shown. `onStage` is what is on it
 * now: then those behind it.
 * @param {{ case?: string, map?: any, node?: string, onStage?: any[], steps?: any[] }} what
 */
export function placesAhead({ case: case_ = "", map, node = "", onStage = [], steps = [] }) {
  const now = new Set(onStage.map(nameOfPlace))
  const chips = chipsOf(map?.nodes?.[node] ?? {}, map?.labels)
  const all = chips.flatMap(placesOfChip)
  const last = Math.max(-1, ...all.map((place, n) => (now.has(nameOfPlace(place)) ? n : -1)))
  const firsts = chips.flatMap((chip) => (chip.pair ? chip.pages : placesOfChip(chip).slice(0, 1)))
  const found = new Map()
  for (const place of [...steps.slice(0, STEPS).flatMap(placesOfStep), ...(now.size ? all.slice(last + 1) : firsts)])
    if (!now.has(nameOfPlace(place))) found.set(nameOfPlace(place), bare(place, case_))
  return [...found.values()].slice(0, MOST)
}

/** `media:<media>`, as in the labels of a map, or the name of a page. */
export const nameOfPlace = (place) => (place.media ? `media:${place.media}` : nameOf(place))

const bare = (place, case_) =>
  place.media
    ? { case: place.case ?? case_, media: place.media, kind: place.kind }
    : { document: place.document, page: place.page }

function placesOfChip({ pages, media, about }) {
  if (!media) return pages
  return about.state === "ready" ? [{ media, kind: about.kind }] : []
}

function placesOfStep(step) {
  if (isStuck(step) || NOT_THERE.includes(step.about?.state)) return []
  if (step.media) return step.about ? [{ case: step.case, media: step.media, kind: step.about.kind }] : []
  return step.left ? [step.left, step.right] : step.document ? [step] : []
}

/**
 * What a screen may want next in this meeting. `map` is the one that is drawn, `own` what one looks at alone, `script`
 * that of who presents by it.
 */
export function nextOf({ view }, map, own, script) {
  const { stage, exhibits } = view
  if (own) {
    // Alone one is led nowhere: without the right to it, it would be asked for in vain.
    const { case: case_, node } = own.map ?? {}
    const { level } = exhibits?.[case_] ?? {}
    return own.map && level !== "shown" ? placesAhead({ case: case_, map, node }) : []
  }
  const { step } = script?.isOn ? script.from(1) : {}
  const from = step ? script.steps.indexOf(step) : 0
  const steps = step ? script.steps.slice(from, from + STEPS).map((one) => ({ ...one, case: script.case })) : []
  const onStage = stage.kind === "media" ? [stage.media] : pagesOf(stage)
  const case_ = stage.map?.case ?? onStage[0]?.case ?? ""
  const node = onStage.length ? onStage[0].from_node : stage.map?.node
  return placesAhead({ case: case_, map, node, onStage, steps })
}
