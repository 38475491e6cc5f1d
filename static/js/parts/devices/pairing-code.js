/** <pairing-code>: six digits as large as the hall is long, and how to make this screen follow a meeting. */

import { ask } from "../../lib/ask.js"
import { html, render } from "../../lib/html.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"

const ASK_EVERY = 2000

/** `wait(code)` shows the code and resolves with the meeting's id as soon as somebody has paired this screen. */
export class PairingCode extends HTMLElement {
  wait(code) {
    this.hidden = false
    this.#show(code, true)
    return new Promise((paired) => {
      const ask = async () => {
        const found = await state()
        if (found?.meeting) {
          this.hidden = true
          return paired(found.meeting)
        }
        // Without an identity there is nothing to wait for: the page itself gives a new one.
        if (found === "unknown") return location.reload()
        this.#show(found?.code || code, Boolean(found))
        setTimeout(ask, ASK_EVERY)
      }
      setTimeout(ask, ASK_EVERY)
    })
  }

  #show(code, reached) {
    render(
      html`
      <div class="pairing">
        <h1 class="pairing-lead">${t("This screen is not in a meeting yet")}</h1>
        <p class="pairing-digits" role="img" aria-label=${t("Pairing code {code}", { code })}>
          <span aria-hidden="true">${code.slice(0, 3)}</span><span aria-hidden="true">${code.slice(3)}</span></p>
        <p class="pairing-how">${t("The secretary opens the meeting, chooses “Screens”, and types this code.")}</p>
        <p class="pairing-where">${t("Address of the server: {address}", { address: this.dataset.address || location.host })}</p>
        <p class="pairing-line" role="status">${reached ? "" : t("Reconnecting…")}</p>
      </div>`,
      this,
    )
  }
}

/** What the server says of this screen: {code, meeting?}, "unknown", or nothing when it cannot be asked. */
export async function state() {
  const { ok, status, body } = await ask("/api/screen", { proof: shaped({ code: "string" }) })
  return status === 401 ? "unknown" : ok ? body : undefined
}

customElements.define("pairing-code", PairingCode)
