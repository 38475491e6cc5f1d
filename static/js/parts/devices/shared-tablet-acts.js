/** What one of those who share a tablet can do now: vote, check in, ask to speak, call for service. Templates. */

import { isRoomOpen } from "../../meeting/rights.js"
import { KIND_CODES, kindSign, kindWord, waiting } from "../floor/floor-words.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { isPresent } from "../../meeting/people.js"
import { CALL_KINDS, callSign, callWord } from "../notices/service-words.js"
import { t } from "../../lib/t.js"
import { mode, paper } from "../ballots/ballot-paper.js"

/** `known` is what the server says of this person; `ui` is {picked, text, more, busy, set(changes), give(name, args, done)}. */
export function sharedTabletActs(view, person, known, ui) {
  const ballot = openBallot(view)
  const status = ballot && known.ballots?.[view.ballots.open]
  const first = status?.may_vote && !ui.more
  return html`
    ${status ? ballotPart(ballot, status, view.ballots.open, ui) : nothing}
    ${
      first
        ? html`<button type="button" class="button quiet" @click=${() => ui.set({ more: "all" })}>${t("Something other than voting")}</button>`
        : ui.more === "service"
          ? service(ui)
          : html`
      <div class="tablet-acts">${attendance(view, person, ui)}${floor(view, person, ui)}
        <button type="button" class="button big" @click=${() => ui.set({ more: "service" })}>${icon("bell-ring")}${t("Call for service")}</button></div>`
    }`
}

const openBallot = ({ meeting, ballots }) => (meeting.status === "live" ? ballots?.items?.[ballots.open] : undefined)

function ballotPart(ballot, status, id, ui) {
  const head = html`<h3 class="tablet-question">${icon("vote")}<span>${ballot.question}</span></h3>`
  if (!status.may_vote)
    return html`${head}<p class="notice warn">${icon(status.why === "own_device_needed" ? "shield" : "ban")}<span>${status.words}</span></p>`
  const picked = ui.picked.length ? ui.picked : status.choices || []
  const many = (ballot.choose || 1) > 1
  const pick = (key) =>
    ui.set({
      picked: !many ? [key] : picked.includes(key) ? picked.filter((other) => other !== key) : [...picked, key],
    })
  const text = ui.text || status.text || ""
  const cast = () =>
    ui.give(
      "cast_vote",
      { ballot: id, choice: picked, ...(picked.includes("other") && { text }) },
      t("your vote has been taken."),
    )
  return html`${head}${mode(ballot)}${paper(ballot, { ...ui, picked, text, pick, cast, write: (words) => ui.set({ text: words }) })}`
}

function attendance({ meeting, roll }, id, ui) {
  if (isPresent(roll.people[id]) || !isRoomOpen(meeting.status)) return nothing
  const check = (how, done) => () => ui.give("check_in", { mode: how }, done)
  return html`
    <button type="button" class="button primary big" ?disabled=${ui.busy} @click=${check("onsite", t("checked in."))}>${icon("user-check")}${t("Present here")}</button>
    <button type="button" class="button big" ?disabled=${ui.busy} @click=${check("online", t("checked in online."))}>${icon("wifi")}${t("Attending online")}</button>`
}

function floor({ meeting, floor: now, agenda }, id, ui) {
  if (!isRoomOpen(meeting.status)) return nothing
  if (waiting(now, [id]).length) {
    return html`<button type="button" class="button big" ?disabled=${ui.busy} @click=${() => ui.give("withdraw_request", {}, t("request taken back."))}>${icon("x")}${t("Take the request back")}</button>`
  }
  const closed = (now?.closed || []).includes(agenda?.current || "")
  return KIND_CODES.filter((kind) => !closed || kind === "point_of_order").map(
    (kind) => html`
    <button type="button" class="button big" ?disabled=${ui.busy} @click=${() => ui.give("request_floor", { kind }, t("request to speak sent."))}>${icon(kindSign(kind))}${kindWord(kind)}</button>`,
  )
}

const service = (ui) =>
  html`<div class="tablet-acts">${CALL_KINDS.filter((kind) => kind !== "help").map(
    (kind) => html`
  <button type="button" class="button big" ?disabled=${ui.busy} @click=${() => ui.give("call_service", { kind }, t("called for service."))}>${icon(callSign(kind))}${callWord(kind)}</button>`,
  )}</div>`
