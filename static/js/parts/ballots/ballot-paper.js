/** The ballot paper: mode, options in the law's words, one's own words where they are needed, one tap to confirm. */

import { chosenWords, optionTone, optionWord } from "./ballot-words.js"
import { html, live, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { lineWord } from "../../lib/line-word.js"
import { t } from "../../lib/t.js"

const OTHER = "other"

/** What is known of the mode before anybody votes. */
export const mode = ({ secret }) =>
  html`<p class="ballot-mode">${icon(secret ? "lock" : "eye")}<span>${
    secret
      ? t("Nobody can see what you choose, the administrator included. Once sent it cannot be changed.")
      : t("Your choice is recorded with your name. You can change it until voting ends.")
  }</span></p>`

/** `ui` is {picked, text, busy, pick(key), write(text), cast(), keep?()}: what has been chosen and not yet sent. */
export function paper(ballot, ui) {
  const { options, choose = 1 } = ballot
  const many = choose > 1
  const words = ui.picked.includes(OTHER)
  const ready = ui.picked.length > 0 && (!words || ui.text.trim())
  return html`
    <form class="ballot-paper" novalidate @submit=${(event) => {
      event.preventDefault()
      if (ready) ui.cast()
    }}>
      ${many ? html`<p class="ballot-choose" aria-live="polite">${t("Choose up to {k} of {n}. Chosen: {picked}", { k: choose, n: options.length, picked: ui.picked.length })}</p>` : nothing}
      <div class="ballot-options ${options.length > 4 ? "tight" : ""}" role=${many ? "group" : "radiogroup"} aria-label=${t("Options")}>
        ${options.map((option) => choice(option, many, ui, choose))}
      </div>
      ${
        words
          ? html`
        <div class="field">
          <label for="ballot-words">${t("Your opinion")}</label>
          <textarea id="ballot-words" rows="3" maxlength="2000" required placeholder=${t("Write your opinion; it is needed with this choice.")}
            .value=${live(ui.text)} @input=${({ target }) => ui.write(target.value)}></textarea>
        </div>`
          : nothing
      }
      ${
        ui.picked.length
          ? html`
        <button type="submit" class="button primary big wide" ?disabled=${!ready} aria-busy=${ui.busy}>
          ${icon("send")}<span>${many ? t("Send the vote ({n} chosen)", { n: ui.picked.length }) : t("Confirm: {choice}", { choice: chosenWords(ballot, ui.picked) })}</span></button>`
          : html`<p class="ballot-hint">${t("Choose, then confirm.")}</p>`
      }
      ${lineWord()}
      ${ui.keep ? html`<button type="button" class="button wide" @click=${ui.keep}>${t("Leave my vote as it is")}</button>` : nothing}
    </form>`
}

function choice(option, many, ui, choose) {
  const on = ui.picked.includes(option.key)
  return html`
    <label class="ballot-option ${optionTone(option.key)} ${on ? "on" : ""}">
      <input type=${many ? "checkbox" : "radio"} name="choice" value=${option.key} .checked=${live(on)}
        ?disabled=${many && !on && ui.picked.length >= choose} @change=${() => ui.pick(option.key)}>
      <span>${optionWord(option)}</span></label>`
}
