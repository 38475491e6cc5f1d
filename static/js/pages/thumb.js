/** A page in small. One that does not come leaves an empty sheet instead of a broken picture. */

import { html, nothing } from "../lib/html.js"
import { pageUrl, SMALL } from "./page-files.js"
import { isStamped } from "./stamped.js"

const failed = ({ target }) => target.classList.add("missing")
const came = ({ target }) => target.classList.remove("missing")

/**
 * Decoration beside a label: the button around it says which page it is. `lazy` for long lists; with width and height (px) it keeps its place.
 * @param {string} document
 * @param {number} page
 * @param {{ lazy?: boolean, width?: number, height?: number }} how
 */
export const thumb = (document, page, { lazy = false, width, height } = {}) => html`
  <img class=${isStamped(document) ? "thumb missing" : "thumb"} loading=${lazy ? "lazy" : "eager"} src=${isStamped(document) ? nothing : pageUrl(document, page, SMALL)} alt="" width=${width ?? nothing} height=${height ?? nothing} draggable="false" decoding="async"
    @error=${failed} @load=${came}>`
