/** Which pictures that have arrived may be the pages of one document. */

/**
 * Those of a folder together, and those without one; two at least.
 * @param {{ id: string, filename: string, joinable?: boolean }[]} rows in their order
 * @param {(id: string) => string} asOf "document" or "medium", as a person said
 */
export function pagesTogether(rows, asOf) {
  /** @type {Map<string, string[]>} */
  const found = new Map()
  for (const { id, filename, joinable } of rows) {
    if (!joinable || asOf(id) === "medium") continue
    const folder = filename.slice(0, Math.max(0, filename.lastIndexOf("/")))
    found.set(folder, [...(found.get(folder) ?? []), id])
  }
  return [...found].filter(([, ids]) => ids.length > 1).map(([folder, ids]) => ({ folder, ids }))
}
