/** A dialog in which one of several texts is read and chosen, to be put into the minutes. */

import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { RichText } from "../../lib/rich-view.js"
import { t } from "../../lib/t.js"

/**
 * The text that was chosen; undefined when the dialog was closed. `action`: what the button says, none where nothing
 * may be put anywhere; `foot`: below the list.
 * @template {{ html: string }} Text
 * @param {Text[]} texts
 * @param {{ title: string, help?: string, name: (text: Text) => string, region: string, empty: string, action: string,
 *   live: (kind: string, ref?: string) => unknown, foot?: unknown }} words
 * @returns {Promise<Text | undefined>}
 */
export function chooseText(texts, { title, help = "", name, region, empty, action, live, foot = nothing }) {
  const place = document.createElement("div")
  const sheet = new RichText()
  let chosen = texts[0]
  let close
  const draw = () =>
    render(
      html`<div class="dialog-body">
        <h2>${title}</h2>
        ${help ? html`<p class="help">${help}</p>` : nothing}
        ${
          texts.length
            ? html`<div class="versions-view">
          <ul class="versions-list">${texts.map(
            (one) =>
              html`<li><button type="button" class="wide-row" aria-pressed=${one === chosen} @click=${() => {
                chosen = one
                draw()
              }}>${name(one)}</button></li>`,
          )}</ul>
          <div class="versions-text" tabindex="0" role="region" aria-label=${region}>${sheet.draw(chosen.html, live)}</div></div>`
            : html`<p>${empty}</p>`
        }
        ${foot}
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => close()}>${t("Close")}</button>
        ${chosen && action ? html`<button type="button" class="button primary" @click=${() => close(chosen)}>${action}</button>` : nothing}
      </div>`,
      place,
    )
  draw()
  return show(
    (end) => {
      close = end
      return place
    },
    { wide: true, label: title },
  )
}
