/** The line below everything: which package this is and who answers for it. */

import { t } from "../lib/t.js"
import { about } from "./data.js"
import { el } from "./el.js"

export const dayOf = (iso) => iso.split("-").reverse().join("/")

export function footer() {
  const parts = [
    el("b", {}, t("Package {serial}", about)),
    t("held by {holder}", about),
    t("consent no. {consent}", about),
    t("to be back by {day}", { day: dayOf(about.due) }),
  ]
  return el(
    "footer",
    { class: "foot" },
    parts.map((part) => el("span", {}, part)),
  )
}
