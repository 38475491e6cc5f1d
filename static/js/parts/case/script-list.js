/** The steps of a script as a list: each with its picture, its words, and what is wrong with it. */

import { isRed, KINDS, nameOf, SIGNS, underNameOf } from "../../case/script.js"
import { html, live, nothing, repeat, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { pageUrl, SMALL } from "../../pages/page-files.js"

/**
 * `acts`: choose(id), look(page), mark(step), shift(id, by), remove(id), typed(id, field, text), leave(id, field); without `edits`
 * nothing is written. `drafts` are texts that are being typed: "<step>/<field>" → {value, wrong}.
 */
export function scriptList(steps, { chosen, edits, drafts, acts }) {
  return html`<ol class="plain script-steps" aria-label=${t("Steps of the script")}>${repeat(
    steps,
    ({ id }) => id,
    (step, n) => line(step, n, { chosen: chosen === step.id, last: n === steps.length - 1, edits, drafts, acts }),
  )}</ol>`
}

function line(step, n, { chosen, last, edits, drafts, acts }) {
  const { about } = step
  const name = nameOf(step)
  const under = underNameOf(step)
  return html`<li class="script-step ${isRed(step) ? "red" : ""}" data-id=${step.id} aria-current=${chosen ? "true" : nothing}>
    <div class="script-line">
      ${edits ? html`<span class="script-grip" data-grip title=${t("Drag to another place")}>${icon("grip-vertical")}</span>` : nothing}
      <b class="script-n">${n + 1}</b>
      ${thumbs(step, acts)}
      <button type="button" class="script-name" aria-expanded=${chosen} @click=${() => acts.choose(chosen ? "" : step.id)}>
        <span class="script-kind">${icon(SIGNS[step.kind])}${t(KINDS[step.kind])}${step.kind === "node" && about.map_title ? ` · ${about.map_title}` : ""}</span>
        <strong>${name}</strong>
        ${under && under !== name ? html`<small>${under}</small>` : nothing}
        ${step.kind === "node" && about.bl ? html`<small>BL ${about.bl}</small>` : nothing}
        ${step.note && !chosen ? html`<small class="script-note">${icon("notebook-pen")}${step.note}</small>` : nothing}
        ${about.words ? html`<span class="badge ${isRed(step) ? "bad" : "warn"}">${icon("triangle-alert")}${about.words}</span>` : nothing}
        ${step.painted ? html`<span class="badge good" title=${moment(step.painted)}>${icon("projector")}${t("Tried on a screen")}</span>` : nothing}
      </button>
      ${
        edits
          ? html`<span class="script-moves">
        ${tool("arrow-up", t("Up (Alt+↑)"), () => acts.shift(step.id, -1), n === 0)}
        ${tool("arrow-down", t("Down (Alt+↓)"), () => acts.shift(step.id, 1), last)}
        ${tool("trash-2", t("Take out of the script (Delete)"), () => acts.remove(step.id))}</span>`
          : nothing
      }
    </div>
    ${chosen ? fields(step, { edits, drafts, acts }) : nothing}</li>`
}

const tool = (sign, words, act, off = false) =>
  html`<button type="button" class="button quiet icon-only" title=${words} aria-label=${words} ?disabled=${off} @click=${act}>${icon(sign)}</button>`

/** The pages that a step shows, small; of a node the first of those that it names. */
function thumbs(step, acts) {
  const {
    kind,
    rects,
    marks = [],
    about: { pages },
  } = step
  const shown = (kind === "node" ? pages.slice(0, 1) : pages.slice(0, 2)).filter((page) => page.state !== "gone")
  return html`<span class="script-thumbs ${shown.length > 1 ? "two" : ""}">${
    shown.length
      ? shown.map(
          (
            page,
          ) => html`<button type="button" class="script-thumb" aria-label=${t("Look at BL {label}", { label: page.label || page.page })} @click=${() => acts.look(page)}>
          ${page.state === "waiting" ? icon("hourglass") : html`<img src=${pageUrl(page.document, page.page, SMALL)} alt="" loading="lazy" decoding="async">`}
          ${rects ? html`<svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${rects.map((rect) => rectangle(rect, ""))}${marks.map((mark) => rectangle(mark, "mark"))}</svg>` : nothing}</button>`,
        )
      : icon(kind === "node" || kind === "media" ? SIGNS[kind] : "file-question-mark")
  }</span>`
}

const rectangle = ([x, y, width, height], sort) =>
  svg`<rect class=${sort} x=${x} y=${y} width=${width} height=${height}></rect>`

function fields(step, { edits, drafts, acts }) {
  const field = (name, label, known, area) => {
    const key = `${step.id}/${name}`
    const draft = drafts.get(key)
    const id = `script-${name}`
    const wrong = draft?.wrong
    const value = draft?.value ?? known
    const how = (event) => acts.typed(step.id, name, event.target.value)
    return html`<div class="field"><label for=${id}>${label}</label>
      ${
        area
          ? html`<textarea class="input" id=${id} rows="4" maxlength="5000" .value=${live(value)} ?readonly=${!edits} aria-invalid=${wrong ? "true" : nothing} @input=${how} @blur=${() => acts.leave(step.id, name)}></textarea>`
          : html`<input class="input" id=${id} maxlength="200" .value=${live(value)} placeholder=${nameOf({ ...step, title: "" })} ?readonly=${!edits} aria-invalid=${wrong ? "true" : nothing} @input=${how} @blur=${() => acts.leave(step.id, name)}>`
      }
      ${wrong ? html`<p class="error">${wrong}</p>` : nothing}</div>`
  }
  return html`<div class="script-fields">
    ${field("title", t("Title of the step"), step.title, false)}
    ${edits ? field("note", t("Note for the presenter (seen by the prosecutor and helpers only)"), step.note, true) : nothing}
    ${
      step.about.pages.length
        ? html`<p class="script-pages">${step.about.pages.map(
            (page) =>
              html`<button type="button" class="bl-chip ${page.checked ? "" : "unchecked"}" @click=${() => acts.look(page)}>${icon("file-text")}${page.label ? `BL ${page.label}` : t("page {page}", { page: page.page })}${page.volume ? html` <small>T${page.volume}</small>` : nothing}</button>`,
          )}</p>`
        : nothing
    }
    ${edits && step.kind === "callout" ? html`<p><button type="button" class="button compact" @click=${() => acts.mark(step)}>${icon("highlighter")}${t("Mark words")}</button></p>` : nothing}</div>`
}
