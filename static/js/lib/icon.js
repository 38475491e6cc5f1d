// An icon of static/icons.svg. Without a label it is decoration and says nothing to a screen reader.
import { html, nothing } from "./html.js"

const PLAIN = /^[a-z0-9-]+$/
/** @type {Map<string, any>} */
const known = new Map()
const sprite = new URL("../../icons.svg", import.meta.url).pathname

/**
 * icon("mic"), icon("mic", {label: t("Microphone"), kind: "large"}); kind: small, large, spin
 * @param {string} name
 * @param {{ label?: string, kind?: string }} how
 */
export function icon(name, { label, kind = "" } = {}) {
  if (!label && PLAIN.test(name)) return decoration(name, kind)
  return html`<svg class="icon ${kind}" role=${label ? "img" : nothing} aria-label=${label || nothing} aria-hidden=${label ? nothing : "true"}>
    <use href="${sprite}#${name}"></use>
  </svg>`
}

/**
 * One without a label never changes: its template has nothing to be filled in, and is only copied. A map has hundreds.
 * @param {string} name
 * @param {string} kind
 */
function decoration(name, kind) {
  const key = `${name} ${kind}`
  if (!known.has(key)) {
    const text = `<svg class="icon ${kind}" aria-hidden="true"><use href="${sprite}#${name}"></use></svg>`
    known.set(key, Object.assign([text], { raw: [text] }))
  }
  return html(known.get(key))
}
