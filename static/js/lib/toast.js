// A line about what just happened. Good news leaves by itself; bad news stays until it is closed.
import { html, nothing, render } from "./html.js"
import { icon } from "./icon.js"
import { t } from "./t.js"

const SIGNS = { good: "circle-check", bad: "circle-alert", warn: "triangle-alert", info: "info" }

/**
 * toast(t("Saved")), toast(message, {kind: "bad"}), toast(t("Removed"), {action: t("Undo"), act: undo}); returns close()
 * @param {string} text
 * @param {{ kind?: string, seconds?: number, action?: string, act?: () => void }} how
 */
export function toast(text, { kind = "good", seconds = kind === "bad" ? 0 : 5, action, act } = {}) {
  const place = region()
  for (const other of place.querySelectorAll(".toast")) if (other.dataset.text === text) other.remove()
  const line = document.createElement("div")
  line.className = `toast ${kind}`
  line.dataset.text = text
  if (kind === "bad") line.setAttribute("role", "alert")
  const close = () => line.remove()
  render(
    html`
    ${icon(SIGNS[kind] || "info")}
    <span class="grow">${text}</span>
    ${
      action
        ? html`<button class="button quiet" type="button" @click=${() => {
            close()
            act()
          }}>${action}</button>`
        : nothing
    }
    <button class="button quiet icon-only" type="button" aria-label=${t("Close")} @click=${close}>${icon("x")}</button>`,
    line,
  )
  place.append(line)
  while (place.children.length > 3) place.firstElementChild.remove()
  if (seconds) setTimeout(close, seconds * 1000)
  return close
}

// An open dialog covers the page, so its toasts stand inside it.
function region() {
  const dialogs = document.querySelectorAll("dialog[open]")
  const home = dialogs.length ? dialogs[dialogs.length - 1] : document.body
  const found = Array.from(home.children).find((child) => child.classList.contains("toasts"))
  if (found) return found
  const made = document.createElement("div")
  made.className = "toasts"
  made.setAttribute("role", "status")
  made.setAttribute("aria-live", "polite")
  home.append(made)
  return made
}
