/** A page of text by night: light letters on dark paper, and a red stamp as red as it is. */

import { html } from "../../lib/html.js"

// The light turned round, taken from the red of the page (where black letters are dark, and a red stamp is as light as the
// paper), and the colours added to it by how far they are from grey: rows of red, green, blue and alpha.
const NIGHT = "-0.09 -0.45 -0.3 0 0.92  -1.09 0.5 -0.25 0 0.92  -1.01 0 0.17 0 0.92  0 0 0 1 0"

/** What paper-reader.css asks for by its name. */
export const nightFilter = html`<svg class="reader-turned" aria-hidden="true"><filter id="reader-night" color-interpolation-filters="sRGB"><feColorMatrix type="matrix" values=${NIGHT}></feColorMatrix></filter></svg>`
