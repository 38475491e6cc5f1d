/** <calls-board>: who calls for what, where, since when; somebody goes, it is done. No sound: a number on the tab. */

import { attempt } from "../../lib/attempt.js"
import { siteOf } from "../floor/speaking-statistics.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { nameOf } from "../../meeting/people.js"
import { callSign, callState, callTone, callWord } from "./service-words.js"
import { t } from "../../lib/t.js"
import { ago, clock } from "../../lib/time.js"
import { Part } from "../core/part.js"

const RECKON = 15000
const SHOWN = 10

/** The calls nobody has dealt with, the oldest first; then what is done, the newest first. */
export function callsToDo({ calls = {} } = {}) {
  return Object.keys(calls)
    .map((id) => ({ id, ...calls[id] }))
    .filter(({ state }) => state !== "done")
    .sort((a, b) => a.at - b.at)
}

export class CallsBoard extends Part {
  watches = ["notices", "roll", "sites"]

  started() {
    const ticking = setInterval(() => this.redraw(), RECKON)
    this.signal.addEventListener("abort", () => clearInterval(ticking))
  }

  draw(view) {
    const todo = callsToDo(view.notices)
    const { calls = {} } = view.notices ?? {}
    const done = Object.keys(calls)
      .map((id) => ({ id, ...calls[id] }))
      .filter(({ state }) => state === "done")
      .sort((a, b) => b.at - a.at)
    return html`
      <h2>${t("Service calls")}</h2>
      ${todo.length ? nothing : html`<p class="calls-none">${icon("circle-check")}${t("Nobody is calling.")}</p>`}
      <div role="status" aria-live="polite"><ul class="calls">${repeat(
        todo,
        ({ id }) => id,
        (call) => this.#call(call, view),
      )}</ul></div>
      ${
        done.length
          ? html`<details class="calls-done"><summary>${t("Dealt with ({n})", { n: done.length })}</summary>
        <ul>${done.slice(0, SHOWN).map(({ kind, text, person, at }) => html`<li>${clock(at)} · ${nameOf(view, person)}: ${callWord(kind)}${text ? ` (${text})` : ""}</li>`)}</ul></details>`
          : nothing
      }`
  }

  #call({ id, person, kind, text, at, state, by }, view) {
    const entry = view.roll.people[person]
    const answer = (word) => attempt(this.meeting.send("answer_call", { call: id, answer: word }))
    return html`
      <li class="call ${state}">
        ${icon(callSign(kind), { kind: "large" })}
        <span class="grow"><b>${callWord(kind)}${text ? html`: ${text}` : nothing}</b>
          <small>${[nameOf(view, person), siteOf(view, entry), ago(at, this.meeting.now())].filter(Boolean).join(" · ")}</small>
          ${state === "taken" ? html`<span class="badge ${callTone(state)}">${callState(state)}${by ? ` · ${nameOf(view, by)}` : ""}</span>` : nothing}</span>
        <span class="call-acts">
          ${state === "open" ? html`<button class="button" @click=${() => answer("taken")}>${icon("user-check")}${t("On my way")}</button>` : nothing}
          <button class="button ${state === "taken" ? "primary" : ""}" @click=${() => answer("done")}>${icon("check")}${t("Done")}</button>
        </span>
      </li>`
  }
}

customElements.define("calls-board", CallsBoard)
