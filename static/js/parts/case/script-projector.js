/** The script is tried on the projector of a meeting: which meeting, how far it is, and what was not on its glass. */

import { nameOf } from "../../case/script.js"
import { ask, unanswered } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { WHY_NOT } from "./script-try.js"

const AGAIN = 1500
const NAMED = 12

/**
 * Until it is closed; the answer is the step that somebody wants to look at. @param {string} path @param {any[]} steps
 * @returns {Promise<string | null>}
 */
export async function tryOnProjector(path, steps) {
  const place = document.createElement("div")
  place.className = "dialog-body"
  let [close, over] = [(_step) => {}, false]
  const look = async () => {
    const answer = await ask(path)
    if (over) return
    if (answer.ok) render(body(answer.body.meetings, steps, { begin, end, choose: (step) => close(step) }), place)
    else render(html`<p class="state">${answer.status ? answer.body.error.message : unanswered(answer)}</p>`, place)
    clearTimeout(timer)
    timer = setTimeout(look, AGAIN)
  }
  const send = (method) => async (meeting) => {
    const answer = await ask(path, { method, json: { meeting } })
    if (!answer.ok) toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    look()
  }
  const [begin, end] = [send("POST"), send("DELETE")]
  let timer = setTimeout(look)
  const chosen = await show(
    (closing) => {
      close = closing
      return html`${place}<div class="dialog-actions"><button class="button" type="button" @click=${() => closing()}>${t("Close")}</button></div>`
    },
    { wide: true, label: t("Try on the projector") },
  )
  over = true
  clearTimeout(timer)
  return chosen
}

function body(meetings, steps, acts) {
  return html`<h2>${t("Try on the projector")}</h2>
    <p class="help">${t("Every step is shown once on the projector of a meeting that has not begun, as large as it will be.")}</p>
    ${
      meetings.length
        ? html`<ul class="plain rows script-trials">${meetings.map((each) => line(each, steps, acts))}</ul>`
        : html`<p class="state">${t("None of your meetings that are still to come has this case.")}</p>`
    }`
}

function line({ id, title, projectors, may, runs: last, outcome }, steps, acts) {
  const runs = last && last.n < last.of ? last : undefined
  const there = projectors
    ? tn("{n} projector is connected.", "{n} projectors are connected.", projectors)
    : t("No projector is connected.")
  return html`<li>
    <div class="grow"><b>${title}</b><p role="status">${runs ? t("Step {n} of {of} …", { n: runs.n + 1, of: runs.of }) : there}</p>
      ${may ? nothing : html`<p class="help">${t("A script is tried by who is in charge of the case or reports it, or chairs or prepares the meeting.")}</p>`}
      ${outcome ? said(outcome, steps, acts) : nothing}</div>
    ${
      !may
        ? nothing
        : runs
          ? html`<button class="button" type="button" @click=${() => acts.end(id)}>${icon("x")}${t("End")}</button>`
          : html`<button class="button primary" type="button" ?disabled=${!projectors} @click=${() => acts.begin(id)}>${icon("projector")}${t("Begin the trial")}</button>`
    }</li>`
}

/** What came of it last, by the steps that were not on the glass. */
function said({ of, painted, untried, steps: why, at }, steps, acts) {
  const bad = steps.map((step, n) => ({ step, n: n + 1, why: why[step.id] })).filter((each) => each.why)
  return html`<p>${icon(painted === of ? "check" : "triangle-alert")}${t("{painted} of {of} steps were shown", { painted, of })}${untried ? ` · ${t("{n} not tried yet", { n: untried })}` : ""} <small>${moment(at)}</small></p>
    ${
      bad.length
        ? html`<ul class="plain">${bad
            .slice(0, NAMED)
            .map(
              (each) =>
                html`<li><button class="link" type="button" @click=${() => acts.choose(each.step.id)}>${each.n}. ${nameOf(each.step)}</button> <small>${t(WHY_NOT[each.why])}</small></li>`,
            )}${bad.length > NAMED ? html`<li>${t("and {n} more", { n: bad.length - NAMED })}</li>` : nothing}</ul>`
        : nothing
    }`
}
