/** Somebody else has changed the same text: both are shown, and one is chosen, or both are joined. */

import { html } from "../lib/html.js"
import { nameOf } from "../lib/people.js"
import { t } from "../lib/t.js"
import { clock } from "../lib/time.js"

/** `choose(text)` keeps that text; `choose()` takes theirs. */
export function noteConflict(keeper, view, choose) {
  const { text, by, at } = keeper.told ?? { text: "", by: "", at: 0 }
  return html`
    <section class="note-conflict" role="alert">
      <h3>${t("{name} has changed this text at the same time.", { name: nameOf(view, by) })}</h3>
      <div class="versions">
        <div><h4>${t("My version")}</h4><pre>${keeper.text}</pre></div>
        <div><h4>${t("Version of {name}, {time}", { name: nameOf(view, by), time: clock(at) })}</h4><pre>${text}</pre></div>
      </div>
      <div class="buttons">
        <button class="button primary" @click=${() => choose(`${text}\n\n${keeper.text}`)}>${t("Keep both, one below the other")}</button>
        <button class="button" @click=${() => choose(keeper.text)}>${t("Keep mine")}</button>
        <button class="button" @click=${() => choose()}>${t("Take theirs")}</button>
      </div>
    </section>`
}
