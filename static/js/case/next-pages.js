/** Pages to which one is about to be led, on a screen that follows a case. Pure. */

import { chipsOf } from "./chips.js"
import { nameOf, pagesOf } from "./places.js"
import { isStuck } from "./script.js"

/** Pages that lie ready. */
export const MOST = 3
/** Steps of the script that are looked at. */
const STEPS = 2

/**
 * The pages that come next, the nearest first: those of the next steps of a script, then those to which the chips of the
 * node lead. `onStage` are the pages that are on it now: then those behind them.
 * @param {{ map?: any, node?: string, onStage?: any[], steps?: any[] }} what
 */
export function pagesAhead({ map, node = "", onStage = [], steps = [] }) {
  const now = new Set(onStage.map(nameOf))
  const chips = chipsOf(map?.nodes?.[node] ?? {}, map?.labels)
  const all = chips.flatMap(({ pages }) => pages)
  const last = Math.max(-1, ...all.map((page, n) => (now.has(nameOf(page)) ? n : -1)))
  const firsts = chips.flatMap(({ pages, pair }) => (pair ? pages : pages.slice(0, 1)))
  const found = new Map()
  for (const page of [...steps.slice(0, STEPS).flatMap(pagesOfStep), ...(now.size ? all.slice(last + 1) : firsts)])
    if (!now.has(nameOf(page))) found.set(nameOf(page), { document: page.document, page: page.page })
  return [...found.values()].slice(0, MOST)
}

function pagesOfStep(step) {
  if (isStuck(step) || step.about?.state) return []
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
    const { level } = exhibits?.[own.map?.case] ?? {}
    return own.map && level !== "shown" ? pagesAhead({ map, node: own.map.node }) : []
  }
  const { step } = script?.isOn ? script.from(1) : {}
  const steps = step ? script.steps.slice(script.steps.indexOf(step)) : []
  const onStage = pagesOf(stage)
  return pagesAhead({ map, node: onStage.length ? onStage[0].from_node : stage.map?.node, onStage, steps })
}
