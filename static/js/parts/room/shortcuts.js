/** Single letters that lead around a room, and "?", which lists them. They only open and go; they decide nothing. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { lettersAreOff, onKeys, switchLetters } from "../../lib/keys.js"
import { t } from "../../lib/t.js"

// What a clicker sends and what moves the page (turn-buttons, page-view, participant) is no letter of ours.
const PAGE_KEYS = [
  ["→  PgDn", () => t("Next page")],
  ["←  PgUp", () => t("Previous page")],
  ["W", () => t("As wide as the screen, or whole")],
  ["↑ ↓", () => t("Up and down a page that is larger than the screen; from one item of a list to the next")],
  ["Esc", () => t("Close what is open; back to the page of the meeting")],
]
const STAGE_KEYS = [
  ["Home  End", () => t("First page, last page")],
  ["B  .", () => t("Cover the page, and uncover it")],
]
const OWN_KEYS = [["+  −  0", () => t("Larger, smaller, the whole page")]]

/**
 * `places` is [key, word(), act()]; the sheet tells of them in this order. `leads`: turns the page for everybody;
 * `owns`: has a page of their own to magnify; `moves`: what the keys of the page do here, where no page is turned.
 */
export function enterShortcuts(places, { leads = false, owns = false, moves = PAGE_KEYS } = {}) {
  const all = [...places, ["m", () => t("Menu"), openMenu]]
  const keys = { "?": () => openSheet(all, [...moves, ...(leads ? STAGE_KEYS : []), ...(owns ? OWN_KEYS : [])]) }
  for (const [key, , act] of all) {
    keys[key] = act
    keys[key.toUpperCase()] = act
  }
  onKeys(keys)
  document.addEventListener("keys-wanted", keys["?"])
  document.addEventListener("click", (event) => {
    const clicked = /** @type {Element} */ (event.target)
    const skip = /** @type {HTMLAnchorElement | null} */ (clicked.closest?.("a.skip"))
    if (!skip) return
    event.preventDefault()
    goTo(skip.hash)
  })
}

/** The focus goes to a part of the room; on a small screen its tab is opened first. */
export function goTo(selector) {
  const target = document.querySelector(selector)
  if (!target) return false
  const tab = target.closest("[data-shown-in]")?.dataset.shownIn
  if (!target.getClientRects().length && tab) document.querySelector("room-tabs")?.go(tab)
  if (!target.getClientRects().length) return false
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1
  target.focus()
  return true
}

/** Presses what `selector` finds in sight. */
export function press(selector) {
  const button = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length && !one.disabled)
  button?.focus()
  button?.click()
  return Boolean(button)
}

function openMenu() {
  return press("staff-menu:not([spread]) > button, room-menu > button")
}

function openSheet(places, more) {
  const rows = [...places.map(([key, word]) => [key.toUpperCase(), word]), ...more, ["?", () => t("This list")]]
  show(
    (close) => html`
    <div class="dialog-body">
      <h2>${t("Keys")}</h2>
      <dl class="keys">${rows.map(([key, word]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${word()}</dd></div>`)}</dl>
      <label class="check"><input type="checkbox" .checked=${!lettersAreOff()} @change=${({ target }) => switchLetters(!target.checked)}>
        <span>${t("Single letters and signs act on this device: also “?” and a clicker’s key for a dark page.")}</span></label>
    </div>
    <div class="dialog-actions"><button class="button" type="button" autofocus @click=${() => close()}>${t("Close")}</button></div>`,
  )
}
