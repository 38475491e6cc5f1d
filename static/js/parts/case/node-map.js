/** A node of a map with the way to it and its branches: large for a hall, to be tapped on a tablet. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { chipsOf } from "../../case/chips.js"
import { SIGNS } from "../../case/media-places.js"
import { durationOf } from "../../case/media-time.js"
import { KINDS } from "../../case/node-kinds.js"
import { childrenOf, isOpen, parentsOf, wayTo } from "../../case/map-tree.js"

/** Branches that are drawn: more stay folded. */
export const MOST = 120
/** Numbers of a branch that one is not at: all of them would hide the branches. */
const SOME = 3
/** As many fill a screen: these are drawn at once, the rest when they are on the glass. */
export const AT_ONCE = 30

/**
 * `at` is {node, open?, levels?}; `acts` {node(id), fold(id), chip(chip, node)}, without them nothing can be pressed;
 * `tick(id)` says how a node was shown (case/map-tree.js). `budget` {left} is how many branches are drawn: below 0
 * afterwards, there were more.
 */
export function nodeMap(
  map,
  at,
  /** @type {{ acts?: any, tick?: (id: string) => number, budget?: { left: number } }} */
  { acts, tick = () => 0, budget = { left: MOST } } = {},
) {
  const node = map.nodes[at.node]
  if (!node) return html`<p class="state">${t("The map that is shown has no such node.")}</p>`
  const way = wayTo(map, at.node).slice(0, -1)
  const siblings = childrenOf(map, parentsOf(map).get(at.node) ?? "")
  const place = siblings.indexOf(at.node)
  return html`
    <div class="node-map" data-node=${at.node}>
      ${
        way.length
          ? html`<nav class="node-way" aria-label=${t("The way to this node")}><ol class="plain">${way.map(
              (id) => html`<li>${press(acts && (() => acts.node(id)), map.nodes[id].text)}</li>`,
            )}</ol></nav>`
          : nothing
      }
      <article class="node-now" data-kind=${node.kind || "root"}>
        ${about(node, siblings.length > 1 ? t("{n} of {all}", { n: place + 1, all: siblings.length }) : "")}
        <h2>${node.text}</h2>
        ${chips(map, at.node, acts)}
        ${node.note ? html`<p class="node-note">${node.note}</p>` : nothing}
      </article>
      ${
        childrenOf(map, at.node).length
          ? branches(map, at, at.node, way.length + 1, { acts, tick, budget })
          : neighbours(map, at.node, siblings, { acts, tick })
      }
    </div>`
}

function branches(map, at, parent, depth, how) {
  const children = childrenOf(map, parent)
  if (!children.length) return nothing
  const deep = children.some((id) => childrenOf(map, id).length && isOpen(map, at, id, depth))
  const sort = deep ? "deep" : children.length > 6 ? "many" : "few"
  return html`<ol class="plain node-children ${sort}" data-depth=${depth}>${children.map((id) => {
    if (how.budget.left-- <= 0) return nothing
    const below = childrenOf(map, id).length
    const open = below > 0 && isOpen(map, at, id, depth) && how.budget.left > 0
    return html`<li class=${open ? "open" : ""} data-kind=${map.nodes[id].kind || ""}>
      <div class="node-line">
        ${below && how.acts ? folder(open, map.nodes[id].text, () => how.acts.fold(id)) : nothing}
        ${press(how.acts && (() => how.acts.node(id)), map.nodes[id].text)}
        ${ticked(how.tick(id))}
        ${below && !open ? html`<span class="node-count">${tn("{n} branch", "{n} branches", below)}</span>` : nothing}
        ${chips(map, id, how.acts, SOME)}
      </div>
      ${open ? branches(map, at, id, depth + 1, how) : nothing}</li>`
  })}</ol>`
}

/** At the end of a branch stand the nodes beside it. */
function neighbours(map, node, siblings, { acts, tick }) {
  if (siblings.length < 2) return nothing
  return html`<ol class="plain node-children beside" aria-label=${t("Beside it")}>${siblings.map(
    (id) => html`<li data-kind=${map.nodes[id].kind || ""} class=${id === node ? "current" : ""}>
      <div class="node-line" aria-current=${id === node ? "true" : "false"}>${press(acts && (() => acts.node(id)), map.nodes[id].text)}
        ${ticked(tick(id))}</div></li>`,
  )}</ol>`
}

const folder = (open, text, act) => html`
  <button type="button" class="node-fold" aria-expanded=${open} aria-label=${open ? t("Fold “{text}”", { text }) : t("Open “{text}”", { text })}
    @click=${act}>${icon(open ? "chevron-down" : "chevron-right")}</button>`

const press = (act, text) =>
  act
    ? html`<button type="button" class="node-text" @click=${act}>${text}</button>`
    : html`<span class="node-text">${text}</span>`

/** @param {number} how 0: it was not shown */
export function ticked(how) {
  if (!how) return nothing
  const words = how > 1 ? t("It was shown, and one of its pages too") : t("It was shown, of its pages none")
  return html`<span class="node-tick" role="img" title=${words} aria-label=${words}>${icon(how > 1 ? "check-check" : "check")}</span>`
}

function about(node, beside) {
  const words = [
    node.kind && KINDS[node.kind] ? t(KINDS[node.kind]) : "",
    node.status === "conflict" ? t("contradicted") : "",
    whenOf(node.when),
    node.amount ? t("{amount} đồng", { amount: Number(node.amount).toLocaleString("vi") }) : "",
    beside,
  ].filter(Boolean)
  return words.length ? html`<p class="node-about">${words.join(" · ")}</p>` : nothing
}

function whenOf(when) {
  const day = (iso = "") => iso.split("-").reverse().join("/")
  if (!when?.from) return ""
  return when.to && when.to !== when.from ? `${day(when.from)} – ${day(when.to)}` : day(when.from)
}

/**
 * The pages of a node; those of a volume that nobody has compared with the paper have a dotted edge. Of more than `most`
 * the rest is a number that leads to the node.
 */
export function chips(map, id, acts, most = Number.POSITIVE_INFINITY) {
  const node = map.nodes[id]
  const found = chipsOf(node, map.labels)
  if (!found.length)
    return node.bl && node.bl !== "–"
      ? html`<span class="bl-chip lost" title=${t("No page is found for it.")}>BL ${node.bl}</span>`
      : nothing
  const shown = found.length > most + 1 ? found.slice(0, most) : found
  const left = found.length - shown.length
  return html`<span class="bl-chips">${shown.map((chip) => {
    const words = chip.media
      ? html`${icon(SIGNS[chip.about.kind] ?? "film")}${chip.label}${chip.clip ? ` ${durationOf(chip.clip[0])}` : ""}`
      : html`${icon(chip.pair ? "columns-2" : "file-text")}BL ${chip.label}`
    const named = `bl-chip${chip.checked ? "" : " unchecked"}`
    return acts
      ? html`<button type="button" class=${named} @click=${() => acts.chip(chip, id)}>${words}</button>`
      : html`<span class=${named}>${words}</span>`
  })}${left ? more(left, acts && (() => acts.node(id))) : nothing}</span>`
}

const more = (n, act) =>
  act
    ? html`<button type="button" class="bl-chip more" aria-label=${tn("{n} more number", "{n} more numbers", n)} @click=${act}>+${n}</button>`
    : html`<span class="bl-chip more">+${n}</span>`
