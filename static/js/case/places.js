/** Places of a case on the stage and how they are called. Pure. */

/** Is a map, a page of a case, or a pair with one on the stage? */
export const isOfCase = (stage) =>
  stage?.kind === "map" ||
  stage?.kind === "media" ||
  stage?.kind === "evidence" ||
  (stage?.kind === "pair" && Object.values(stage.pair ?? {}).some((side) => side.case))

/** What is on the stage in one word, as the server has it. */
export const keyOf = (stage) => (isOfCase(stage) ? stage.key : undefined)

/** The places of pages: one, or the two of a pair; none of a map or a recording. */
export function pagesOf(stage) {
  if (stage?.kind === "evidence") return [stage]
  return stage?.kind === "pair" ? [stage.pair.left, stage.pair.right] : []
}

/** The pages that an anchor of a node leads to: one, or the two of a contradiction. */
export function endsOf(anchor) {
  if (anchor.left) return [...endsOf(anchor.left), ...endsOf(anchor.right)]
  const { document, page, rect, marks } = anchor
  return document ? [{ document, page, rect, ...(marks && { marks }) }] : []
}

/** The name of a page in the labels of a map, or in what was shown. */
export const nameOf = ({ document, page }) => `${document}/${page}`

/** How many nodes of a map were shown, how many there are, and which contradictions were not. */
export function progress(map, visited = {}) {
  const ids = Object.keys(map.nodes)
  const conflicts = ids.filter((id) => map.nodes[id].kind === "conf" && map.nodes[id].anchors?.length)
  return {
    shown: ids.filter((id) => visited[id]).length,
    all: ids.length,
    conflicts: conflicts.filter((id) => !visited[id]).length,
  }
}
