/** The same text was changed elsewhere, too: both are shown, and one is chosen, or both are joined. */

import { html } from "../../lib/html.js"
import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"

/** `choose(text)` keeps that text; `choose()` takes theirs. */
export function noteConflict(keeper, view, choose) {
  const { text, by, at } = keeper.told ?? { text: "", by: "", at: 0 }
  const name = nameOf(view, by)
  const mine = keeper.mineElsewhere
  return html`
    <section class="note-conflict" role="alert">
      <h3>${mine ? t("You have changed this text in another window.") : t("{name} has changed this text at the same time.", { name })}</h3>
      <div class="versions">
        <div><h4>${mine ? t("Version of this window") : t("My version")}</h4><pre>${keeper.text}</pre></div>
        <div><h4>${mine ? t("Version of the other window, {time}", { time: clock(at) }) : t("Version of {name}, {time}", { name, time: clock(at) })}</h4><pre>${text}</pre></div>
      </div>
      <div class="buttons">
        <button class="button primary" @click=${() => choose(`${text}\n\n${keeper.text}`)}>${t("Keep both, one below the other")}</button>
        <button class="button" @click=${() => choose(keeper.text)}>${mine ? t("Keep this window's") : t("Keep mine")}</button>
        <button class="button" @click=${() => choose()}>${t("Take theirs")}</button>
      </div>
    </section>`
}

/** The sentence when a newer text has come while nothing of ours is unsaved. */
export const changed = (keeper, view) =>
  keeper.mineElsewhere
    ? t("You have changed this text in another window.")
    : t("{name} has changed this text.", { name: nameOf(view, keeper.told.by) })
