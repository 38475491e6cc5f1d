/** Keys of the whole screen, which leave alone what the focused element itself understands. */

import { nothing } from "./html.js"
import { local } from "./storage.js"

const OFF = "shortcuts-off"
const STEPS = {
  column: { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity },
  row: { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity },
}

// Did a finger or the mouse, not the Tab key, bring the focus where it is? (:focus-visible forgets it at the next key.)
let tapped = false
document.addEventListener(
  "pointerdown",
  () => {
    tapped = true
  },
  true,
)
document.addEventListener(
  "keydown",
  ({ key }) => {
    if (key === "Tab") tapped = false
  },
  true,
)

/** Whoever dictates, or whose keys repeat by themselves, can switch single letters and signs off (WCAG 2.1.4). */
export const lettersAreOff = () => local.get(OFF) === "1"

/** @param {boolean} off */
export function switchLetters(off) {
  if (off) local.set(OFF, "1")
  else local.remove(OFF)
  document.dispatchEvent(new CustomEvent("letters-switched"))
}

/** Does this key do nothing now, because it is a letter or a sign (a space is none)? */
export const isSilent = (key) => key.length === 1 && key !== " " && lettersAreOff()

/** What a button says of its key in `aria-keyshortcuts`. */
export const keyOf = (letter) => (lettersAreOff() ? nothing : letter)

/** The word of a button with its key, for its title. */
export const withKey = (word, letter) => (lettersAreOff() ? word : `${word} (${letter})`)

/**
 * A list or a bar is one stop of the Tab key; arrows, Home and End go from one to the next of what `selector` finds.
 * The list itself says by `tabindex` which one is the stop. Only where keys brought the focus: after a tap these keys
 * are the clicker's.
 * @param {KeyboardEvent & {target: Element, currentTarget: Element}} event
 * @param {string} selector
 * @param {"row" | "column"} way
 */
export function roam(event, selector, way) {
  const step = STEPS[way][event.key]
  /** @type {HTMLElement} */
  const from = event.target.closest(selector)
  if (!step || !from || tapped || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  /** @type {NodeListOf<HTMLElement>} */
  const found = event.currentTarget.querySelectorAll(selector)
  const all = [...found].filter((one) => one.getClientRects().length)
  const to = Math.max(0, Math.min(all.length - 1, all.indexOf(from) + step))
  event.preventDefault()
  all[to].focus()
}

/**
 * `keys` is {key: act}; an act that answers false leaves the key to the browser. Returns the function that ends it.
 * @param {Record<string, () => unknown>} keys
 * @param {{ signal?: AbortSignal }} how
 */
export function onKeys(keys, { signal } = {}) {
  const listen = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.key in keys) || isSilent(event.key)) return
    if (document.querySelector("dialog[open]") || isTheirs(event)) return
    if (keys[event.key]() !== false) event.preventDefault()
  }
  document.addEventListener("keydown", listen, { signal })
  return () => document.removeEventListener("keydown", listen)
}

function isTheirs({ target, key }) {
  if (target.closest("input, textarea, select, [contenteditable]")) return true
  if ([" ", "Enter"].includes(key) && target.closest("button, a, summary, [role=button]")) return true
  if (key.startsWith("Arrow") && target.closest("[role=radiogroup], [role=tablist], [role=menu], .rail")) return true
  return (key.startsWith("Arrow") || key.startsWith("Page")) && Boolean(target.closest(".drawer-body"))
}
