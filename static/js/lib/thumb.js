/** A page in small. One that does not come leaves an empty sheet instead of a broken picture. */

import { html } from "./html.js"
import { pageUrl, SMALL } from "./page-files.js"

const failed = ({ target }) => target.classList.add("missing")
const came = ({ target }) => target.classList.remove("missing")

/** Decoration beside a label: the button around it says which page it is. `lazy` for long lists. */
export const thumb = (document, page, { lazy = false } = {}) => html`
  <img class="thumb" loading=${lazy ? "lazy" : "eager"} src=${pageUrl(document, page, SMALL)} alt="" draggable="false" decoding="async"
    @error=${failed} @load=${came}>`
