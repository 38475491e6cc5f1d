/** <tablet-enrolment>: six digits, and how this tablet becomes one that two or three people share. */

import { html, render } from "../../lib/html.js"
import { state } from "./shared-tablet.js"
import { t } from "../../lib/t.js"

const ASK_EVERY = 2000

/** Shows the code and resolves as soon as somebody has enrolled this tablet. */
export function waitToBeEnrolled(code) {
  const enrolment = document.querySelector("tablet-enrolment")
  const show = (digits, reached) =>
    render(
      html`
    <div class="pairing">
      <h1 class="pairing-lead">${t("A tablet for two or three people")}</h1>
      <p class="pairing-digits" role="img" aria-label=${t("Pairing code {code}", { code: digits })}>
        <span aria-hidden="true">${digits.slice(0, 3)}</span><span aria-hidden="true">${digits.slice(3)}</span></p>
      <p class="pairing-how">${t("The secretary opens the meeting, chooses “Shared tablets”, types this code and picks the names.")}</p>
      <p class="pairing-where">${t("Address of the server: {address}", { address: enrolment.dataset.address || location.host })}</p>
      <p class="pairing-line" role="status">${reached ? "" : t("Reconnecting…")}</p>
    </div>`,
      enrolment,
    )
  show(code, true)
  return new Promise((enrolled) => {
    const ask = async () => {
      const found = await state()
      if (found === "unknown") return location.reload()
      if (found?.meeting) return enrolled(found)
      show(found?.code || code, Boolean(found))
      setTimeout(ask, ASK_EVERY)
      return undefined
    }
    setTimeout(ask, ASK_EVERY)
  })
}
