/** The work that earlier meetings gave out, as a list on every screen: unit, task, day, where it stands. */

import { itemInHand } from "../agenda/agenda-title.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { date, hour } from "../../lib/time.js"

const SOON = 7 // days

const STATES = {
  issued: { word: () => t("Not received yet"), sign: "circle", tone: "" },
  received: { word: () => t("Received"), sign: "check", tone: "" },
  working: { word: () => t("In progress"), sign: "activity", tone: "info" },
  reported: { word: () => t("Reported, to be accepted"), sign: "send", tone: "info" },
  done: { word: () => t("Done"), sign: "circle-check", tone: "good" },
}

/** `stage.followup` says which page of the list is on the screens; its rows stood so when the item began. */
export function followupList(view) {
  const { item: key, page, pages, size } = view.stage.followup
  const item = view.agenda.items[key]
  const rows = item.followup ?? []
  const from = (page - 1) * size
  return html`
    <section class="followup" aria-label=${item.title}>
      <header class="followup-head">
        <h2>${itemInHand(view) ?? item.title}</h2>
        <p class="followup-sum">${sum(rows).map(([tone, words]) => html`<span class="badge ${tone}">${words}</span>`)}</p>
      </header>
      ${rows.length ? table(rows.slice(from, from + size), from) : html`<p class="card-state">${icon("circle-check")}${t("No task of earlier meetings is open.")}</p>`}
      <footer class="followup-foot">
        <p>${item.started_at ? t("As it stood at {time}, {date}", { time: hour(item.started_at), date: date(item.started_at) }) : nothing}</p>
        ${pages > 1 ? html`<p aria-live="polite"><b>${t("Page {page} of {pages}", { page, pages })}</b></p>` : nothing}
      </footer>
    </section>`
}

function table(rows, from) {
  return html`
    <table class="followup-table">
      <thead><tr>
        <th scope="col" class="number">${t("No.")}</th><th scope="col">${t("Unit")}</th><th scope="col">${t("Task")}</th>
        <th scope="col">${t("Deadline")}</th><th scope="col">${t("State")}</th></tr></thead>
      <tbody>${repeat(
        rows,
        (row) => row.task,
        (row, n) => line(row, from + n + 1),
      )}</tbody>
    </table>`
}

function line(row, number) {
  const day = dayOf(row)
  const state = STATES[row.state] ?? STATES.issued
  const late = row.state === "done" && row.kind === "done_late"
  return html`
    <tr class=${Number(row.late) ? "late" : ""}>
      <td class="number">${number}</td>
      <th scope="row" class="followup-unit"><span>${row.unit}</span></th>
      <td class="followup-task"><p>${row.text}</p>${row.said ? html`<p class="followup-said">${icon("message-square")}<span>${row.said}</span></p>` : nothing}</td>
      <td class="followup-day" data-label=${t("Deadline")}><b>${row.due ? written(row.due) : t("no deadline")}</b>
        ${day ? html`<span class="badge ${day.tone}">${icon("clock")}${day.words}</span>` : nothing}
        ${row.asked ? html`<span class="followup-more">${t("asks for time until {day}", { day: written(row.asked) })}</span>` : nothing}</td>
      <td class="followup-state" data-label=${t("State")}><span class="badge ${late ? "warn" : state.tone}">${icon(state.sign)}${late ? t("Done late") : state.word()}</span>
        ${row.state !== "done" && Number(row.percent) ? html`<span class="followup-done"><progress max="100" value=${row.percent} aria-hidden="true"></progress><b>${row.percent} %</b></span>` : nothing}
        ${row.done ? html`<span class="followup-more">${written(row.done)}</span>` : nothing}</td>
    </tr>`
}

/** How the day lies, in words; nothing for what is over or has no day. */
function dayOf({ state, late, left, due }) {
  if (!due || state === "done" || state === "reported") return undefined
  if (Number(late)) return { tone: "bad", words: tn("{n} day overdue", "{n} days overdue", Number(late)) }
  if (!left) return { tone: "warn", words: t("due today") }
  return { tone: Number(left) <= SOON ? "warn" : "", words: tn("{n} day left", "{n} days left", Number(left)) }
}

/** How many there are of what: [tone, words], those that are none left out. */
function sum(rows) {
  const late = rows.filter((row) => Number(row.late)).length
  const done = rows.filter((row) => row.state === "done").length
  const silent = rows.filter((row) => row.state === "issued" && !Number(row.late)).length
  return [
    ["", tn("{n} task", "{n} tasks", rows.length), rows.length],
    ["bad", t("Overdue: {n}", { n: late }), late],
    ["warn", t("Not received: {n}", { n: silent }), silent],
    ["info", t("Under way: {n}", { n: rows.length - late - done - silent }), rows.length - late - done - silent],
    ["good", t("Done: {n}", { n: done }), done],
  ].filter(([, , n]) => n)
}

const written = (iso) => iso.split("-").reverse().join("/")
