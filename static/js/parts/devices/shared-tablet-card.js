/** <shared-tablet-card>: the names of those who share this tablet. A tap on a name asks for the PIN and lets that person act. */

import { show } from "../../lib/dialog.js"
import { waiting } from "../floor/floor-words.js"
import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { boot } from "../../meeting/meeting.js"
import { Part } from "../core/part.js"
import "./shared-tablet-sheet.js"

/** The people of this tablet, as the server wrote them into the page. */
export const sharers = boot().people || []

export class SharedTabletCard extends Part {
  watches = ["meeting", "roll", "floor"]
  emptyAtFirst = true

  draw(view) {
    return html`<div class="tablet-people" role="group" aria-label=${t("Who shares this tablet")}>
      ${sharers.filter((id) => view.roll.people[id]).map((id) => this.#person(view, id))}</div>`
  }

  #person(view, id) {
    const person = view.roll.people[id]
    const { word, sign, tone = "" } = stateOf(view, id, person)
    return html`<button type="button" class="tablet-person ${tone}" @click=${() => openSharedTablet(this.meeting, id)}>
      <b>${person.name}</b><small>${icon(sign, { kind: "small" })}${word}</small></button>`
  }
}

/** In one or two words: speaking, in the queue, here, not yet called. */
function stateOf({ floor }, id, person) {
  if (floor?.speech?.person === id) return { word: t("speaks now"), sign: "mic", tone: "live" }
  const [first] = waiting(floor, [id])
  if (first) return { word: t("waits to speak: {n}", { n: first.place }), sign: "hand" }
  if (isPresent(person)) return { word: t("checked in"), sign: "check" }
  return { word: t("tap to check in"), sign: "user-check", tone: "open" }
}

/** PIN, then what this person can do now; one thing, or a minute. */
export function openSharedTablet(meeting, person) {
  return show(
    (close) => html`<shared-tablet-sheet .meeting=${meeting} .person=${person} .close=${close}></shared-tablet-sheet>`,
    { label: meeting.view.roll.people[person].name },
  )
}

customElements.define("shared-tablet-card", SharedTabletCard)
