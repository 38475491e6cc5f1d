/** The script beside the stage: what is shown, what comes next with its picture, the notes, and all steps with their ticks. */

import { isRed, isStuck, KINDS, nameOf, SIGNS, underNameOf } from "../../case/script.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { pageUrl, SMALL } from "../../pages/page-files.js"
import { opensNumbers, openNumbers } from "./script-keys.js"

/** By the map or by the script; only where there is a script. */
export function waySwitch(script, redraw) {
  if (!script.steps.length) return nothing
  const way = (on, sign, words) =>
    html`<button type="button" aria-pressed=${script.isOn === on} @click=${() => script.turnOn(on)}>${icon(sign)}${words}</button>`
  return html`<div class="way-switch" role="group" aria-label=${t("How it is presented")}>
      ${way(false, "network", t("By the map"))}${way(true, "list-ordered", t("By the script"))}</div>
    ${
      script.isOn
        ? nothing
        : html`<label class="check"><input type="checkbox" .checked=${opensNumbers()} @change=${({ target }) => {
            openNumbers(target.checked)
            redraw()
          }}> <span>${t("The clicker also opens the numbers (BL) of a node")}</span></label>`
    }`
}

/** `chosen` is the step that is looked at; `choose(id)`. */
export function scriptDesk(script, { chosen, choose }) {
  script.refresh()
  const { n, of, left } = script.progress
  const { step: next } = script.from(1)
  return html`
    <div class="script-where">
      <button type="button" class="button compact" aria-label=${t("Step back")} title=${t("Step back")} ?disabled=${!script.from(-1).step} @click=${() => script.go(-1)}>${icon("arrow-left")}</button>
      <p role="status"><b>${n}/${of}</b> <small>${left ? t("{n} not shown yet", { n: left }) : t("all shown")}</small></p>
      <button type="button" class="button compact primary" ?disabled=${!next} @click=${() => script.go(1)}>${n ? t("Next step") : t("Begin")}${icon("arrow-right")}</button>
    </div>
    ${note(script.now)}
    ${
      next
        ? html`<div class="script-next"><small>${t("Next:")}</small>
        <div class="script-next-line">${picture(next)}<div><b>${nameOf(next)}</b>${under(next)}${next.note ? html`<p class="script-said">${next.note}</p>` : nothing}</div></div></div>`
        : nothing
    }
    <ol class="plain script-outline">${repeat(
      script.steps,
      ({ id }) => id,
      (step, i) => line(script, step, i, { chosen, choose }),
    )}</ol>`
}

const note = (step) =>
  step?.note
    ? html`<div class="script-note-now"><small>${icon("notebook-pen")}${t("Your note")}</small><p class="script-said">${step.note}</p></div>`
    : nothing

const under = (step) => {
  const words = underNameOf(step)
  return words && words !== nameOf(step) ? html`<small>${words}</small>` : nothing
}

/** The page that the step shows first, as everybody will see it. */
function picture(step) {
  const [page] = (step.about?.pages ?? []).filter(({ state }) => !["gone", "waiting"].includes(state))
  if (!page || step.kind === "node") return html`<span class="script-sign">${icon(SIGNS[step.kind])}</span>`
  return html`<img class="script-picture" src=${pageUrl(page.document, page.page, SMALL)} alt="" decoding="async">`
}

function line(script, step, i, { chosen, choose }) {
  const now = script.at?.step === step.id
  const words = step.about?.words
  return html`<li>
    <div class="outline-line ${now ? "current" : ""} ${isRed(step) ? "red" : ""}">
      <b class="script-i">${i + 1}</b>
      <button type="button" class="outline-text" aria-pressed=${chosen === step.id} aria-current=${now ? "step" : nothing} @click=${() => choose(chosen === step.id ? "" : step.id)}>
        ${icon(SIGNS[step.kind], { label: t(KINDS[step.kind]) })}${nameOf(step)}${words ? html` <small>${words}</small>` : nothing}</button>
      ${script.shown[step.id] ? html`<span class="node-tick" title=${t("Shown")}>${icon("check")}</span>` : nothing}
    </div>
    ${
      chosen === step.id
        ? html`<div class="prepared">${picture(step)}${note(step)}
        <button type="button" class="button primary" ?disabled=${isStuck(step)} @click=${() => script.show(step)}>${icon("presentation")}${t("Show this step")}</button></div>`
        : nothing
    }</li>`
}
