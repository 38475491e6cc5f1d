/** What a node is, in words. */

import { KINDS } from "../case/node-kinds.js"
import { t } from "../lib/t.js"

/** "Contradiction · contradicted · 12/11/2025 · 600.000.000 đồng" */
export function saysOf(node) {
  return [
    KINDS[node.kind] ? t(KINDS[node.kind]) : "",
    node.status === "conflict" ? t("contradicted") : "",
    whenOf(node.when),
    node.amount ? t("{amount} đồng", { amount: String(node.amount).replace(/\B(?=(\d{3})+(?!\d))/g, ".") }) : "",
  ]
    .filter(Boolean)
    .join(" · ")
}

function whenOf(when) {
  const day = (iso = "") => iso.split("-").reverse().join("/")
  if (!when?.from) return ""
  if (when.precision === "year") return when.from.slice(0, 4)
  if (when.precision === "month") return day(when.from.slice(0, 7))
  return when.to && when.to !== when.from ? `${day(when.from)} – ${day(when.to)}` : day(when.from)
}
