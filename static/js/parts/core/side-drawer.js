/**
 * <side-drawer id="papers" label="…">: something beside the page that comes and goes. A button with
 * data-opens="papers" opens and closes it; Escape and the cross close it; one drawer is open at a time.
 * Inside it: whatever part the screen puts there.
 */

import { html, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

export class SideDrawer extends HTMLElement {
  #life
  #opener

  connectedCallback() {
    this.#life = new AbortController()
    const { signal } = this.#life
    this.hidden = true
    this.setAttribute("role", "complementary")
    this.setAttribute("aria-label", this.getAttribute("label"))
    if (!this.querySelector(".drawer-head")) this.#frame()
    document.addEventListener(
      "click",
      (event) => {
        const opener = /** @type {Element} */ (event.target).closest?.(`[data-opens="${this.id}"]`)
        if (opener) this.toggle(opener)
      },
      { signal },
    )
    this.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return
        event.stopPropagation()
        this.close()
      },
      { signal },
    )
  }

  disconnectedCallback() {
    this.#life.abort()
  }

  toggle(opener) {
    if (this.hidden) this.open(opener)
    else this.close()
  }

  open(opener) {
    for (const other of document.querySelectorAll("side-drawer")) if (other !== this) other.close()
    this.#opener = opener
    this.hidden = false
    this.#said()
    this.querySelector(".drawer-head button").focus({ preventScroll: true })
    this.dispatchEvent(new CustomEvent("open"))
  }

  close() {
    if (this.hidden) return
    const inside = this.contains(document.activeElement)
    this.hidden = true
    this.#said()
    if (inside) this.#opener?.focus()
  }

  #said() {
    for (const opener of document.querySelectorAll(`[data-opens="${this.id}"]`)) {
      opener.setAttribute("aria-expanded", String(!this.hidden))
    }
    this.parentElement.classList.toggle(
      "with-drawer",
      Boolean(this.parentElement.querySelector(":scope > side-drawer:not([hidden])")),
    )
  }

  #frame() {
    const body = document.createElement("div")
    body.className = "drawer-body"
    body.append(...this.childNodes)
    const head = document.createElement("div")
    head.className = "drawer-head"
    render(
      html`<h2>${this.getAttribute("label")}</h2>
      <button type="button" class="button quiet icon-only" aria-label=${t("Close")} @click=${() => this.close()}>${icon("x")}</button>`,
      head,
    )
    this.append(head, body)
  }
}

customElements.define("side-drawer", SideDrawer)
