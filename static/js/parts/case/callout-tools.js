/** Beside a page on the stage: the excerpts that are kept on it, one press each; and keeping the one that was drawn. */

import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"

/** `kept` are those of the page (kept-callouts.js). */
export function calloutTools(meeting, kept, stage) {
  const rects = stage.callouts
  return html`
    ${
      rects && kept.mayEdit && !kept.has(rects)
        ? html`<button type="button" class="button" @click=${() => keep(kept, rects)}>${icon("bookmark")}${t("Keep on the page")}</button>`
        : nothing
    }
    ${
      kept.list.length
        ? html`<span class="kept-callouts" role="group" aria-label=${t("Excerpts kept on this page")}>${kept.list.map(
            (
              each,
              n,
            ) => html`<button type="button" class="button compact ${each.check ? "check-place" : ""}" title=${each.check ? t("The scan is another one since: look whether the place is right.") : ""}
              @click=${() => attempt(meeting.send("show_callout", { rects: each.rects }))}>${icon(each.check ? "triangle-alert" : "scan")}${each.name || t("Excerpt {n}", { n: n + 1 })}</button>`,
          )}</span>`
        : nothing
    }`
}

async function keep(kept, rects) {
  let name = ""
  const said = await show(
    (close) => html`<form @submit=${(event) => {
      event.preventDefault()
      close(name.trim())
    }}><div class="dialog-body"><h2>${t("Keep on the page")}</h2><div class="field"><label for="callout-name">${t("Name of the excerpt (may be empty)")}</label>
      <input class="input" id="callout-name" maxlength="120" @input=${(event) => (name = event.target.value)}></div>
      </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Keep")}</button></div></form>`,
    { label: t("Keep on the page") },
  )
  if (said === null) return
  const answer = await kept.keep(rects, said)
  if (answer.ok) toast(t("The excerpt is kept on its page."))
  else toast(answer.status ? answer.body.error.message : t("No connection. Try again in a moment."), { kind: "bad" })
}
