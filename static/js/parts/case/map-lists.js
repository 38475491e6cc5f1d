/** A map in other orders: by time, its contradictions, what names no sheet, its money. Each line leads to its node. */

import { spelled, whenSaid } from "../../case/map-ops.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { mark, t } from "../../lib/t.js"

export const LISTS = {
  tree: { words: mark("Map"), icon: "git-branch" },
  timeline: { words: mark("Timeline"), icon: "calendar-days" },
  contradictions: { words: mark("Contradictions"), icon: "scale" },
  without_bl: { words: mark("Without BL"), icon: "triangle-alert" },
  money: { words: mark("Money"), icon: "landmark" },
}

/**
 * @param {string} name @param {any} views what …/views answers @param {any} map
 * @param {{ go: (node: string) => void, put?: (node: string, set: any) => void }} how
 */
export function list(name, views, map, how) {
  if (!views) return html`<p class="state">${icon("loader-circle", { kind: "spin" })}</p>`
  return { timeline, contradictions, without_bl: withoutBl, money }[name](views, map, how)
}

const node = (map, key, go) =>
  html`<button class="link" type="button" @click=${() => go(key)}>${map.nodes[key]?.text || ""}</button>${map.nodes[key]?.bl ? html` <span class="bl-chip">BL ${map.nodes[key].bl}</span>` : nothing}`

const none = (words) => html`<section class="state">${icon("circle-check")}<p>${words}</p></section>`

function timeline({ timeline: { dated, undated, proposed } }, map, { go, put }) {
  return html`<h2>${t("Timeline")}</h2>
    ${dated.length ? html`<ol class="map-timeline">${dated.map((each) => html`<li><time>${whenSaid(each.when)}</time><div class="map-moment" data-kind=${map.nodes[each.node]?.kind || "none"}>${node(map, each.node, go)}</div></li>`)}</ol>` : none(t("No node has a date yet."))}
    ${
      undated.length
        ? html`<h3>${t("Without a date")}</h3><ul class="plain rows wraps map-rows">${undated.map(
            (key) =>
              html`<li><span class="grow">${node(map, key, go)}</span>${
                proposed[key] && put
                  ? html`<button class="button quiet" type="button" @click=${() => put(key, { when: proposed[key] })}>${icon("calendar")}${t("Take {date}", { date: whenSaid(proposed[key]) })}</button>`
                  : nothing
              }</li>`,
          )}</ul>`
        : nothing
    }`
}

function contradictions({ contradictions: found }, map, { go }) {
  if (!found.length) return none(t("No contradiction is noted."))
  const links = Object.values(map.links)
  return html`<h2>${t("Contradictions")}</h2><ul class="plain rows wraps map-rows">${found.map(
    (key) => html`<li><div class="grow">${node(map, key, go)}
      ${links.filter((link) => link.from === key || link.to === key).map((link) => html`<p class="help">${link.from === key ? "→" : "←"} ${node(map, link.from === key ? link.to : link.from, go)}</p>`)}</div>
      <span class="badge">${map.nodes[key]?.status === "agreed" ? t("Settled") : t("Unsettled")}</span></li>`,
  )}</ul>`
}

function withoutBl({ without_bl: found, cites }, map, { go }) {
  const wrong = Object.entries(cites).filter(([, each]) => each.result !== "one")
  const words = {
    none: t("No such sheet"),
    several: t("This may be several sheets; please say which"),
    unread: t("This is no citation"),
  }
  return html`<h2>${t("Nodes without BL")}</h2>
    ${found.length ? html`<ul class="plain rows wraps map-rows">${found.map((key) => html`<li><span class="grow">${node(map, key, go)}</span></li>`)}</ul>` : none(t("Every node at the end of a branch names its sheet."))}
    ${wrong.length ? html`<h3>${t("Citations not found")}</h3><ul class="plain rows wraps map-rows">${wrong.map(([key, each]) => html`<li><div class="grow">${node(map, key, go)}<p class="help">${words[each.result]}${each.missing?.length ? `: ${each.missing.join(", ")}` : ""}</p></div></li>`)}</ul>` : nothing}`
}

function money({ money: { rows, sums, proposed, differing } }, map, { go, put }) {
  const guesses = Object.entries(proposed)
  const differs = new Map(differing.map((each) => [each.node, each.text]))
  return html`<h2>${t("Money")}</h2>
    ${
      sums.length
        ? html`<section class="map-sums">${sums.map(
            (
              each,
            ) => html`<div class="map-sum ${each.agrees ? "good" : "bad"}">${icon(each.agrees ? "circle-check" : "circle-alert")}<div class="grow">
              <p>${node(map, each.node, go)}</p>
              <p>${each.parts.map((part, n) => html`${n || part.sign < 0 ? ` ${part.sign < 0 ? "−" : "+"} ` : ""}${part.amount === null ? "?" : spelled(part.amount)}`)} = <b>${spelled(each.total)}</b>
              ${each.agrees ? t("it adds up") : html`${t("but the node says {amount}", { amount: each.amount === null ? "–" : spelled(each.amount) })}`}</p></div></div>`,
          )}</section>`
        : html`<p class="help">${t("No sum is checked yet: choose a node with an amount and say there what it is made of.")}</p>`
    }
    ${
      rows.length
        ? html`<div class="map-table"><table><thead><tr><th>${t("Node")}</th><th class="number">${t("Amount (đồng)")}</th></tr></thead><tbody>${rows.map(
            (each) =>
              html`<tr><td>${node(map, each.node, go)}${differs.has(each.node) ? html`<p class="map-differs">${icon("triangle-alert")}${t("The text says {amounts}", { amounts: differs.get(each.node).map(spelled).join(", ") })}</p>` : nothing}</td><td class="number">${spelled(each.amount)}</td></tr>`,
          )}</tbody></table></div>`
        : nothing
    }
    ${guesses.length && put ? html`<h3>${t("Amounts in texts")}</h3><ul class="plain rows wraps map-rows">${guesses.map(([key, amount]) => html`<li><span class="grow">${node(map, key, go)}</span><button class="button quiet" type="button" @click=${() => put(key, { amount })}>${icon("plus")}${t("Take {amount}", { amount: spelled(amount) })}</button></li>`)}</ul>` : nothing}`
}
