/** <kept-sign document="…">: "on this device" beside a paper that is; nothing beside every other. */

import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { changes, isKept } from "../../offline/keeping.js"

export class KeptSign extends HTMLElement {
  static observedAttributes = ["document"]

  #life

  connectedCallback() {
    this.#life = new AbortController()
    changes.addEventListener("change", () => this.#look(), { signal: this.#life.signal })
    this.#look()
  }

  disconnectedCallback() {
    this.#life.abort()
  }

  attributeChangedCallback() {
    if (this.#life) this.#look()
  }

  async #look() {
    const kept = await isKept(this.getAttribute("document"))
    if (!this.isConnected) return
    render(kept ? html`${icon("hard-drive", { kind: "small" })}${t("on this device")}` : nothing, this)
  }
}

customElements.define("kept-sign", KeptSign)
