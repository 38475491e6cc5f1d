// lit-html in one line of import: the only file that knows where it lies.
export { html, svg, render, nothing, noChange } from "../../vendor/lit-html/lit-html.js"
export { repeat } from "../../vendor/lit-html/directives/repeat.js"
export { live } from "../../vendor/lit-html/directives/live.js"
export { ref, createRef } from "../../vendor/lit-html/directives/ref.js"
export { classMap } from "../../vendor/lit-html/directives/class-map.js"
export { styleMap } from "../../vendor/lit-html/directives/style-map.js"
export { ifDefined } from "../../vendor/lit-html/directives/if-defined.js"
