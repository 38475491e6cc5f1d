/** JSON Merge Patch (RFC 7386) that leaves what it does not touch as it is. */

/**
 * The view after a patch. Neither argument is changed, and a part of the view that the patch
 * does not name is the same object as before: "has my slice changed" is one comparison.
 * @param {any} view
 * @param {any} patch
 * @returns {any}
 */
export function merge(view, patch) {
  if (!isObject(patch)) return patch
  /** @type {Record<string, any>} */
  const merged = isObject(view) ? { ...view } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = merge(merged[key], value)
  }
  return merged
}

/** @param {any} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
