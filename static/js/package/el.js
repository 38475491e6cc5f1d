/** Elements, drawings and icons, made by hand: nothing else is loaded in a package. */

/**
 * el("button", {class: "x", onclick: f, "aria-pressed": true}, ["words", child])
 * @param {string} name @param {Record<string, any>} [attributes] @param {any} [children]
 * @returns {any}
 */
export function el(name, attributes = {}, children = []) {
  return fill(document.createElement(name), attributes, children)
}

/** The same of a drawing. @param {string} name @param {Record<string, any>} [attributes] @param {any} [children] */
export function draw(name, attributes = {}, children = []) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children)
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value === true && !key.startsWith("aria-") ? "" : String(value))
  }
  element.append(...[children].flat(2).filter((child) => child !== undefined && child !== null && child !== false))
  return element
}

/** @param {string} name */
export function icon(name) {
  return draw("svg", { class: "icon", "aria-hidden": "true" }, draw("use", { href: `#${name}` }))
}

/** Where it lies and how large it is, in pixels. @param {any} element */
export function put(element, { x, y, w, h }) {
  element.style.left = `${x}px`
  element.style.top = `${y}px`
  element.style.width = `${w}px`
  element.style.height = `${h}px`
  return element
}
