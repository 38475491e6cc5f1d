/** One who waits to speak: place, name, kind, since when; "Invite"; behind a tap up, down, in writing, remove. A template. */

import { siteOf } from "./speaking-statistics.js"
import { kindSign, kindWord, POINT_OF_ORDER } from "./floor-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { officeOf } from "../../meeting/people.js"
import { spokenLength } from "../../lib/spoken-times.js"
import { t } from "../../lib/t.js"

/** `ui`: {place, last, open, may, live, now, toggle(), invite(), shift(step), write(), remove()}. */
export function queueRow(request, view, ui) {
  const { id, kind, note, at, entry } = request
  const minutes = Math.max(0, Math.floor((ui.now - at) / 60000))
  const about = [
    siteOf(view, entry),
    minutes ? t("waiting {length}", { length: spokenLength(minutes) }) : t("just asked"),
  ].filter(Boolean)
  return html`
    <li class="queue-row ${ui.open ? "open" : ""} ${kind}" data-id=${id}>
      <span class="queue-place" data-grip title=${ui.may ? t("Drag to move") : nothing}>${ui.may ? icon("grip-vertical") : nothing}<b>${ui.place}</b></span>
      <button class="queue-who" aria-expanded=${ui.open} @click=${ui.toggle}>
        <b>${entry.name}</b>
        <small>${about.join(" · ")}</small>
        ${kind === "speak" ? nothing : html`<span class="badge ${kind === POINT_OF_ORDER ? "warn" : "info"}">${icon(kindSign(kind))}${kindWord(kind)}</span>`}
        ${note ? html`<small class="queue-note">${note}</small>` : nothing}
        <small class="queue-office">${officeOf(entry)}</small>
      </button>
      ${ui.live && ui.may ? html`<button class="button queue-invite" aria-label=${t("Invite {name} to speak", { name: entry.name })} @click=${ui.invite}>${t("Invite")}</button>` : nothing}
      ${
        ui.may
          ? html`<div class="queue-acts">
        ${act("arrow-up", t("Up"), t("Earlier: {name}", { name: entry.name }), () => ui.shift(-1), ui.place === 1)}
        ${act("arrow-down", t("Down"), t("Later: {name}", { name: entry.name }), () => ui.shift(1), ui.last)}
        ${act("pen-line", t("In writing"), t("{name}: written opinion instead of a speech", { name: entry.name }), ui.write)}
        ${act("trash-2", t("Remove"), t("Remove {name} from the list", { name: entry.name }), ui.remove)}
      </div>`
          : nothing
      }
    </li>`
}

const act = (sign, word, spoken, run, off = false) => html`
  <button class="queue-act" ?disabled=${off} aria-label=${spoken} title=${spoken} @click=${run}>${icon(sign)}<span>${word}</span></button>`
