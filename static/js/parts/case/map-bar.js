/** The bar above a mind map: what is done with the chosen node, and with the whole map. */

/** @import { NodeAct } from "./map-node-menu.js" */

import { blOf } from "../../case/map-ops.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"

/** What can be done with the chosen node by whoever edits. @param {any} owner the page of the map @returns {NodeAct[]} */
function editActs(owner) {
  const isRoot = owner.node === owner.sync.map.root
  const act = (name, words, does, off = false) => ({ icon: name, words, act: does, off })
  return [
    act("plus", t("Add a node below it (Tab)"), () => owner.add()),
    act("list-indent-increase", t("Add a node beside it (Enter)"), () => owner.add(true), isRoot),
    act("pencil", t("Write (F2)"), () => owner.write(owner.node)),
    act("arrow-up", t("Up (Alt+↑)"), () => owner.shift(-1), isRoot),
    act("arrow-down", t("Down (Alt+↓)"), () => owner.shift(1), isRoot),
    act("move", t("Hang it elsewhere"), () => owner.startMoving(), isRoot),
    act("trash-2", t("Into the bin (Delete)"), () => owner.remove(), isRoot),
  ]
}

/** @param {any} owner */
export function nodeTools(owner) {
  const undo = { icon: "undo-2", words: t("Take back (Ctrl+Z)"), act: () => owner.undo(), off: !owner.sync.done.length }
  return html`<div class="map-tools" role="toolbar" aria-label=${t("The chosen node")}>${[...editActs(owner), undo].map(
    ({ icon: name, words, act, off }) =>
      html`<button class="button icon-only" type="button" title=${words} aria-label=${words} ?disabled=${off} @click=${act}>${icon(name)}</button>`,
  )}</div>`
}

/** The menu of the chosen node: its pages, its branch, and what whoever edits does with it. @returns {NodeAct[]} */
export function nodeActs(owner) {
  const { map } = owner.sync
  const each = map.nodes[owner.node]
  const isOpen = owner.open.has(owner.node)
  const pages = blOf(each) ? (owner.views?.cites?.[owner.node]?.pages ?? []).slice(0, MOST_PAGES) : []
  return [
    ...pages.map((page) => ({
      icon: "file-text",
      words: t("BL {label}", { label: page.label }),
      act: () => owner.openPage(page),
    })),
    {
      icon: isOpen ? "chevron-right" : "chevron-down",
      words: isOpen ? t("Fold the branch") : t("Open the branch"),
      act: () => owner.fold(owner.node),
      off: !each.children.length,
    },
    ...(owner.edits ? editActs(owner).map((one) => ({ ...one, words: withoutKey(one.words) })) : []),
  ]
}

/** Pages that stand in the menu of a node. */
const MOST_PAGES = 3

/** What a finger reads: it has no keys. @param {string} words */
const withoutKey = (words) => words.replace(/ \([^)]*\)$/, "")

/** What is done with the whole map: published, named, taken out. @param {any} owner the page of the map */
export function mapMenu(owner) {
  const at = `${owner.sync.address}`
  const drawn = owner.right ? "layout=right" : ""
  const others = owner.sync.about.tray?.length || 0
  const binned = owner.sync.map.bin?.length || 0
  return html`<details class="menu map-menu"><summary class="button">${icon("ellipsis-vertical")}<span class="visually-hidden">${t("More")}</span>${others ? html`<span class="badge">${others}</span>` : nothing}</summary>
    <div class="menu-list">
      ${
        owner.edits
          ? html`<button type="button" @click=${() => owner.publish()}>${icon("send")}${t("Publish a version")}</button>
            <button type="button" @click=${() => owner.versions()}>${icon("history")}${t("Versions")}</button>
            <button type="button" @click=${() => owner.rename()}>${icon("pencil")}${t("Rename the map")}</button>
            <button type="button" @click=${() => owner.bin()}>${icon("trash-2")}${t("Bin")}${binned ? ` (${binned})` : ""}</button>
            <button type="button" @click=${() => owner.tray()}>${icon("archive")}${t("My tray")}${others ? ` (${others})` : ""}</button>`
          : nothing
      }
      <a href="/cases/${owner.dataset.case}/script">${icon("presentation")}${t("Presentation script")}</a>
      ${owner.sync.about.audience === "room" ? nothing : html`<a href="${at}.pdf?audience=room&${drawn}">${icon("eye")}${t("PDF, as the room sees it")}</a>`}
      <a href="${at}.pdf?${drawn}">${icon("printer")}${t("PDF (A3)")}</a><a href="${at}.png?${drawn}">${icon("image")}${t("Picture (PNG)")}</a>
      <a href="${at}.svg?${drawn}">${icon("image")}${t("Drawing (SVG)")}</a>
      <a href="${at}.docx">${icon("file-text")}${t("Outline (Word)")}</a><a href="${at}.md">${icon("file-text")}${t("Outline (Markdown)")}</a>
      <a href="${at}.xmind">${icon("download")}${t("XMind (2020 and later)")}</a><a href="${at}.xmind?format=8">${icon("download")}${t("XMind 8")}</a>
    </div></details>`
}

const MOST_PEOPLE = 4

/** Who else is at other nodes, above the drawing. @param {any} owner @param {Record<string, any[]>} others by node */
export function peopleAt(owner, others) {
  const found = Object.entries(others).filter(([node]) => node !== owner.node)
  if (!found.length) return nothing
  const { nodes } = owner.sync.map
  return html`<ul class="plain map-people">${found
    .slice(0, MOST_PEOPLE)
    .map(
      ([node, people]) =>
        html`<li><button class="link" type="button" @click=${() => owner.choose(node, true)}>${icon(people.some((each) => each.writing) ? "pencil" : "user")}<span>${atNode(people, nodes[node].text)}</span></button></li>`,
    )}</ul>`
}

function atNode(people, text) {
  const names = people.map(({ name }) => name).join(", ")
  return people.some((each) => each.writing)
    ? t("{names} is writing at “{text}”", { names, text: text.slice(0, 60) })
    : t("{names} is at “{text}”", { names, text: text.slice(0, 60) })
}
