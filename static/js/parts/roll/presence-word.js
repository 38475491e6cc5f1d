/** Where somebody is, as a badge: an icon and a word, with the time. */

import { html } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"

const LOOKS = {
  waiting: { kind: "", sign: "circle", word: () => t("Not called yet") },
  onsite: { kind: "good", sign: "circle-check", word: () => t("On site") },
  online: { kind: "good", sign: "wifi", word: () => t("Present online") },
  excused: { kind: "warn", sign: "user-x", word: () => t("Excused") },
  left: { kind: "", sign: "log-out", word: () => t("Has left") },
}

export function presenceWord({ state, at, left_at: left }) {
  const { kind, sign, word } = LOOKS[state] ?? LOOKS.waiting
  const time = state === "left" ? left : state === "waiting" || state === "excused" ? 0 : at
  return html`<span class="badge ${kind}">${icon(sign)}${word()}${time ? ` ${clock(time)}` : ""}</span>`
}
