/** The same text was changed elsewhere, too: both are shown, and one is chosen, or both are joined. */

import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"

/** `choose(html)` keeps that text; `choose()` takes theirs. `sheets`: two RichText to draw them with. */
export function noteConflict(keeper, sheets, live, choose) {
  const { html: text, name, at } = keeper.remote ?? { html: "", name: "", at: 0 }
  const mine = keeper.mineElsewhere
  return html`
    <section class="note-conflict" role="alert">
      <h3>${mine ? t("You have changed this text in another window.") : t("{name} has changed this text at the same time.", { name })}</h3>
      <div class="versions">
        <div><h4>${mine ? t("Version of this window") : t("My version")}</h4>${sheets[0].draw(keeper.html, live)}</div>
        <div><h4>${mine ? t("Version of the other window, {time}", { time: clock(at) }) : t("Version of {name}, {time}", { name, time: clock(at) })}</h4>${sheets[1].draw(text, live)}</div>
      </div>
      <div class="buttons">
        <button type="button" class="button primary" @click=${() => choose(text + keeper.html)}>${t("Keep both, one below the other")}</button>
        <button type="button" class="button" @click=${() => choose(keeper.html)}>${mine ? t("Keep this window's") : t("Keep mine")}</button>
        <button type="button" class="button" @click=${() => choose()}>${t("Take theirs")}</button>
      </div>
    </section>`
}
