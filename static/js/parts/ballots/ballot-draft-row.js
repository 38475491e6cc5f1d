/** A ballot that is prepared and not yet open: question, kind, item; open, edit, delete. A template. */

import { PRESETS } from "./ballot-rules.js"
import { kindOfBallot } from "./ballot-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"

/** `ui`: {may, mayOpen, first, open(), edit(), drop()}. */
export function draftRow(id, ballot, { agenda }, ui) {
  const { question, item, preset, secret, voters, recused = [] } = ballot
  const number = agenda.order.indexOf(item) + 1
  const about = [
    number ? t("Item {n}", { n: number }) : "",
    PRESETS[preset] ? t(PRESETS[preset].word) : "",
    tn("{n} voter", "{n} voters", voters - recused.length),
  ].filter(Boolean)
  return html`
    <li class="desk-draft" data-id=${id}>
      <div class="grow"><p class="desk-question">${question}</p>
        <p class="desk-about"><span class="badge ${secret ? "warn" : "info"}">${icon(secret ? "lock" : "vote")}${kindOfBallot(ballot)}</span> ${about.join(" · ")}</p></div>
      <div class="desk-draft-acts">
        ${ui.mayOpen ? html`<button class="button primary" ?data-first=${ui.first} @click=${ui.open}>${icon("play")}${t("Open the voting")}</button>` : nothing}
        ${
          ui.may
            ? html`
          <button class="button icon-only" aria-label=${t("Edit: {title}", { title: question })} @click=${ui.edit}>${icon("pencil")}</button>
          <button class="button icon-only" aria-label=${t("Remove: {title}", { title: question })} @click=${ui.drop}>${icon("trash-2")}</button>`
            : nothing
        }
      </div>
    </li>`
}
