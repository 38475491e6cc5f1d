// An icon of static/icons.svg. Without a label it is decoration and says nothing to a screen reader.
import { html, nothing } from "./html.js"

const sprite = new URL("../../icons.svg", import.meta.url).pathname

/**
 * icon("mic"), icon("mic", {label: t("Microphone"), kind: "large"}); kind: small, large, spin
 * @param {string} name
 * @param {{ label?: string, kind?: string }} how
 */
export function icon(name, { label, kind = "" } = {}) {
  return html`<svg class="icon ${kind}" role=${label ? "img" : nothing} aria-label=${label || nothing} aria-hidden=${label ? nothing : "true"}>
    <use href="${sprite}#${name}"></use>
  </svg>`
}
