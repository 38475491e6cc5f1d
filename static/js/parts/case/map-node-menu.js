/** The menu of a node of a mind map: what the bar above offers for the chosen one, beside it; from below on a phone. */

import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

const EDGE = 8

/** @typedef {{ icon: string, words: string, act: () => unknown, off?: boolean }} NodeAct */

/** What closes the one that is open. */
let close = () => {}

/**
 * @param {HTMLElement} place whose child it becomes
 * @param {{ title: string, acts: NodeAct[], at: { x: number, y: number } }} what `at` in pixels of the window
 */
export function openNodeMenu(place, { title, acts, at }) {
  close()
  const menu = document.createElement("div")
  menu.className = "map-node-menu menu-list"
  menu.setAttribute("role", "menu")
  menu.setAttribute("aria-label", title)
  const life = new AbortController()
  const { signal } = life
  const before = /** @type {HTMLElement | null} */ (document.activeElement)
  const end = () => {
    life.abort()
    menu.remove()
    close = () => {}
  }
  close = end
  // The click that ends the press which opened it means nothing here.
  let pressed = false
  menu.addEventListener("pointerdown", () => (pressed = true))
  const take = (event, act) => {
    if (event.detail && !pressed) return
    end()
    act()
  }
  render(
    html`<p class="help one-line" aria-hidden="true">${title}</p>${acts.map((each) => (each.off ? nothing : html`<button type="button" role="menuitem" tabindex="-1" @click=${(event) => take(event, each.act)}>${icon(each.icon)}<span>${each.words}</span></button>`))}`,
    menu,
  )
  place.append(menu)
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("button")])
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation()
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by)
      items[(items.indexOf(/** @type {any} */ (document.activeElement)) + by + items.length) % items.length].focus()
    else if (event.key === "Home") items[0].focus()
    else if (event.key === "End") items[items.length - 1].focus()
    else if (["Escape", "Tab"].includes(event.key)) {
      end()
      before?.focus()
    } else return
    event.preventDefault()
  })
  document.addEventListener("pointerdown", (event) => menu.contains(/** @type {Node} */ (event.target)) || end(), {
    signal,
    capture: true,
  })
  addEventListener("resize", end, { signal })
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(EDGE, Math.min(at.x, innerWidth - width - EDGE))}px`
  menu.style.top = `${Math.max(EDGE, Math.min(at.y, innerHeight - height - EDGE))}px`
  items[0]?.focus({ preventScroll: true })
}

/** Beside which a menu opens by keys. @param {Element | null} topic */
export function besideOf(topic) {
  const box = topic?.getBoundingClientRect()
  return box ? { x: box.left, y: box.bottom } : { x: innerWidth / 2, y: innerHeight / 2 }
}

/** What is said while a box is lifted. */
export const liftedWords = () => t("Drag it onto a node or between two, or let go for its menu.")
