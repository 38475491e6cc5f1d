/** The buttons above a text: looks, lists, tables, what can be put in, and earlier versions. */

/** @import { NoteBox } from "./note-box.js" */

import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import "../../lib/menus.js"
import { mark, t } from "../../lib/t.js"
import { hour } from "../../lib/time.js"
import { showDrafts } from "./note-drafts.js"
import { livesOf } from "./note-live.js"
import { showTemplates } from "./note-templates.js"
import { showVersions } from "./note-versions.js"

// Name of the command and of the state, its sign or letters, its words.
const LOOKS = [
  ["strong", "bold", mark("Bold"), "Control+B"],
  ["em", "italic", mark("Italic"), "Control+I"],
  ["underline", "underline", mark("Underlined"), "Control+U"],
]
const BLOCKS = [
  ["paragraph", "pilcrow", mark("Paragraph")],
  ["sub", "heading", mark("Sub-heading")],
  ["number", "1.", mark("Numbered list 1. 2. 3.")],
  ["letter", "a)", mark("Lettered list a) b) c) d) đ)")],
  ["dash", "–", mark("List with dashes")],
]
const TABLE = [
  ["rowBefore", "+↑", mark("Row above")],
  ["rowAfter", "+↓", mark("Row below")],
  ["columnBefore", "+←", mark("Column to the left")],
  ["columnAfter", "+→", mark("Column to the right")],
  ["deleteRow", "", mark("Delete the row")],
  ["deleteColumn", "", mark("Delete the column")],
  ["merge", "table-cells-merge", mark("Merge cells")],
  ["split", "table-cells-split", mark("Split the cell")],
  ["header", "panel-top", mark("Heading row")],
  ["deleteTable", "trash-2", mark("Delete the table")],
]

/** @param {any} box a NoteBox, or what has an editor without a meeting */
export function drawToolbar(place, box) {
  const { editor } = box
  if (!place.dataset.ready) {
    place.dataset.ready = "yes"
    place.addEventListener("keydown", move)
    // The text keeps its cursor while a button is pressed.
    place.addEventListener("mousedown", (event) => {
      if (event.target.closest("button:not([aria-haspopup])")) event.preventDefault()
    })
  }
  const off = !editor.editable
  render(
    html`
    <div class="tools">${BLOCKS.map((one) => toggle(box, one, off))}</div>
    <div class="tools">${LOOKS.map((one) => toggle(box, one, off))}</div>
    <div class="tools">
      <button type="button" class="button icon-only" title=${t("Table")} aria-label=${t("Table")} aria-pressed=${editor.is("table")} ?disabled=${off || editor.is("table")} @click=${() => editor.do("table")}>${icon("table")}</button>
      ${act(box, "undo", "undo-2", t("Undo"), "Control+Z")}${act(box, "redo", "redo-2", t("Redo"), "Control+Y")}
    </div>
    <div class="tools">
      ${act(box, "outdent", "list-indent-decrease", t("Further out"), "Control+[")}${act(box, "indent", "list-indent-increase", t("Further in"), "Control+]")}
      ${act(box, "up", "arrow-up", t("Move the paragraph up"), "Alt+ArrowUp")}${act(box, "down", "arrow-down", t("Move the paragraph down"), "Alt+ArrowDown")}
    </div>
    ${box.withoutMeeting ? nothing : html`<div class="tools">${inserting(box, off)}${versions(box, off)}</div>`}
    ${editor.is("table") ? html`<div class="tools tools-table" role="group" aria-label=${t("Table")}>${TABLE.map(([name, sign, words]) => act(box, name, sign, t(words)))}</div>` : nothing}`,
    place,
  )
  rove(place)
}

/** Alt+F10 in the text. */
export function focusToolbar(box) {
  const place = box.querySelector(".note-toolbar")
  const first = place.querySelector("[tabindex='0']") ?? place.querySelector("button")
  first?.focus()
}

/** @param {NoteBox} box @param {string[]} one */
function toggle({ editor }, one, off) {
  const [name, sign, words, keys] = one
  return html`<button type="button" class="button icon-only" title=${t(words)} aria-label=${t(words)} aria-pressed=${editor.is(name)}
    aria-keyshortcuts=${keys ?? nothing} ?disabled=${off} data-tool=${name} @click=${() => editor.do(name)}>${look(sign)}</button>`
}

function act({ editor }, name, sign, words, keys = "") {
  return html`<button type="button" class="button ${sign ? "icon-only" : ""}" title=${words} aria-label=${words} aria-keyshortcuts=${keys || nothing}
    ?disabled=${!editor.can(name)} data-tool=${name} @click=${() => editor.do(name)}>${sign ? look(sign) : words}</button>`
}

/** A name of the sprite, or letters. */
const look = (sign) => (sign.length > 2 ? icon(sign) : html`<b aria-hidden="true">${sign}</b>`)

function inserting(box, off) {
  const { editor } = box
  const put = (act) => async (event) => {
    close(event)
    if (await box.claim()) act()
  }
  const live = ({ kind, ref }) => put(() => editor.insertLive(kind, ref ?? ""))
  return html`
    <details class="menu note-menu">
      <summary class="button" aria-disabled=${off}>${icon("plus")}${t("Insert")}${icon("chevron-down")}</summary>
      <div class="menu-list">
        <button type="button" @click=${put(() => editor.type(`${hour(box.meeting.now())}: `))}>${icon("clock")}${t("Insert the time")}</button>
        <button type="button" @click=${put(() => showTemplates(box))}>${icon("clipboard-list")}${t("Template…")}</button>
        <p class="menu-words">${t("From the log, up to date by itself")}</p>
        ${livesOf(box.minutes, box.item).map((one) => html`<button type="button" @click=${live(one)}>${icon("history")}<span>${one.label}</span></button>`)}
        <button type="button" @click=${put(() => {
          editor.plainNext = true
          editor.focus()
          box.redraw()
        })}>${icon("copy")}${t("Paste the next as plain text")}</button>
      </div>
    </details>
    ${editor.plainNext ? html`<span class="note-plain" role="status">${t("Now press Ctrl+V: it comes as plain text.")}</span>` : nothing}`
}

function versions(box, off) {
  return html`
    <details class="menu note-menu">
      <summary class="button">${icon("history")}${t("Versions")}${icon("chevron-down")}</summary>
      <div class="menu-list">
        <button type="button" @click=${(event) => {
          close(event)
          showVersions(box)
        }}>${icon("history")}${t("Earlier versions…")}</button>
        <button type="button" @click=${(event) => {
          close(event)
          showDrafts(box, off)
        }}>${icon("hard-drive")}${t("Drafts on this device…")}</button>
      </div>
    </details>`
}

function close(event) {
  event.currentTarget.closest("details").open = false
}

// With every letter: nothing here may ask where something stands, which would lay out the whole page.
const stops = (place) =>
  [...place.querySelectorAll("button:not(:disabled), summary")].filter((one) => !one.closest(".menu-list"))

/** One stop for Tab; the arrows go from button to button. */
function rove(place) {
  const all = stops(place)
  const now =
    all.find((one) => one === document.activeElement) ??
    all.find((one) => one.getAttribute("tabindex") === "0") ??
    all[0]
  for (const one of all) one.setAttribute("tabindex", one === now ? "0" : "-1")
}

function move(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
  const place = event.currentTarget
  if (event.key === "Escape" && !event.target.closest("details[open]")) {
    event.preventDefault()
    return place.closest("note-box, template-desk").editor.focus()
  }
  if (!step || event.target.closest(".menu-list")) return undefined
  const all = stops(place)
  const at = all.indexOf(event.target)
  if (at < 0) return undefined
  event.preventDefault()
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))] ?? all[0]
  for (const one of all) one.setAttribute("tabindex", one === next ? "0" : "-1")
  return next.focus()
}
