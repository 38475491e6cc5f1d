// lit-html in one line of import: the only file that knows where it lies.
import { render as drawn } from "../../vendor/lit-html/lit-html.js"

export { html, svg, nothing, noChange } from "../../vendor/lit-html/lit-html.js"
export { repeat } from "../../vendor/lit-html/directives/repeat.js"
export { live } from "../../vendor/lit-html/directives/live.js"
export { ref, createRef } from "../../vendor/lit-html/directives/ref.js"
export { classMap } from "../../vendor/lit-html/directives/class-map.js"
export { styleMap } from "../../vendor/lit-html/directives/style-map.js"
export { ifDefined } from "../../vendor/lit-html/directives/if-defined.js"

/**
 * Draws into a place. A browser's translator keeps out of it: it moves the texts that lit comes back to.
 * @param {unknown} what
 * @param {HTMLElement | DocumentFragment} where
 * @param {object} [how]
 */
export function render(what, where, how) {
  if ("translate" in where && where.translate !== false) where.translate = false
  return drawn(what, where, how)
}
