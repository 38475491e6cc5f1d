/** What stands on the stage: nothing, a page, or two side by side. Pure. */

import { isOfCase } from "../case/places.js"

/** Is there a page of a paper on the stage, or a pair of them? The left one of a pair stands in the stage as a page does. */
export const hasPage = (stage) => stage?.kind === "page" || (stage?.kind === "pair" && !isOfCase(stage))

/** Is there anything on the stage but the title card? */
export const isShowing = (stage) => hasPage(stage) || isOfCase(stage)

/** The place of one side: of a pair the left or the right one, of a single page itself; nothing where none is. */
export function sideOf(stage, side = "left") {
  if (stage?.kind === "pair" && !isOfCase(stage))
    return { ...stage, newest: undefined, shape: undefined, rect: undefined, ...stage.pair[side] }
  return stage?.kind === "page" && side === "left" ? stage : undefined
}
