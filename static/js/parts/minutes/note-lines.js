/** Above the text of an item: the lines that the log tells by itself. Each can be left out, or put into the text. */

/** @import { NoteBox } from "./note-box.js" */

import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"

/** @param {NoteBox} box */
export function autoLines(box, sealed) {
  const key = box.item
  const all = box.minutes?.auto?.[key] ?? []
  // What this window has placed or left out a moment ago is not waited for.
  const lines = all.filter(({ seq, used }) => !used && !box.leftOut.has(seq))
  const left = all.filter(({ seq }) => box.leftOut.has(seq))
  if (!lines.length && !left.length) return nothing
  const list = html`
    <ul class="auto-lines">
      ${repeat(
        all.filter((line) => lines.includes(line) || left.includes(line)),
        ({ seq }) => seq,
        (line) =>
          left.includes(line)
            ? leftOut(box, line, sealed)
            : html`<li><p>${line.text}</p>${sealed ? nothing : acts(box, line)}</li>`,
      )}
    </ul>`
  const summary = [
    lines.length && tn("{n} line from the log", "{n} lines from the log", lines.length),
    left.length && tn("{n} line left out", "{n} lines left out", left.length),
  ]
    .filter(Boolean)
    .join(", ")
  return html`<details class="auto" ?open=${!box.hasAttribute("always")}><summary>${icon("history")}<span>${summary}</span>${icon("chevron-down")}</summary>${list}</details>`
}

const leftOut = (box, { seq, text }, sealed) => html`
  <li class="left-out"><p><del>${text}</del> <span>${t("left out")}</span></p>
    ${sealed ? nothing : html`<button type="button" class="button quiet" @click=${() => show(box, seq)}>${icon("eye")}${t("Show again")}</button>`}</li>`

const acts = (box, line) => html`
  <span class="auto-acts">
    <button type="button" class="button quiet icon-only" title=${t("Move into the text")} aria-label=${t("Move into the text: {line}", { line: line.text })}
      @click=${() => place(box, line)}>${icon("arrow-down")}</button>
    <button type="button" class="button quiet icon-only" title=${t("Leave out")} aria-label=${t("Leave out: {line}", { line: line.text })}
      @click=${() => hide(box, line.seq)}>${icon("eye-off")}</button>
  </span>`

async function place(box, { seq, text }) {
  await box.insertLine(text, seq)
}

async function hide(box, seq) {
  if (!(await box.claim())) return
  box.leftOut.add(seq)
  box.changed()
}

async function show(box, seq) {
  if (!(await box.claim())) return
  box.leftOut.delete(seq)
  box.changed()
}
