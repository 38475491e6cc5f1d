/** Which pictures that have arrived may be the pages of one document. */

/**
 * Those of a folder together, and those without one; two at least.
 * @param {{ id: string, filename: string, joinable?: boolean, pages?: number }[]} rows in their order
 * @param {(id: string) => string} asOf "document" or "medium", as a person said
 */
export function pagesTogether(rows, asOf) {
  /** @type {Map<string, { folder: string, ids: string[], pages: number }>} */
  const found = new Map()
  for (const { id, filename, joinable, pages = 1 } of rows) {
    if (!joinable || asOf(id) === "medium") continue
    const folder = filename.slice(0, Math.max(0, filename.lastIndexOf("/")))
    const one = found.get(folder) ?? { folder, ids: [], pages: 0 }
    found.set(folder, { folder, ids: [...one.ids, id], pages: one.pages + pages })
  }
  return [...found.values()].filter(({ ids }) => ids.length > 1)
}
