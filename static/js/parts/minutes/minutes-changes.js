/** What differs between two copies of the minutes, part by part; and the versions that there were. */

import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"

const base = (meeting) => `/api/meetings/${encodeURIComponent(meeting.id)}/minutes`

/** Since the copy that the reader last saw. */
export async function showChanges(meeting) {
  const answer = await attempt(api("GET", `${base(meeting)}/changes`))
  if (!answer) return
  await show(
    (close) => html`
    <div class="dialog-body minutes-changes"><h2>${t("What changed")}</h2>
      ${
        answer.from
          ? html`<p class="help">${t("Compared with the copy of {time} ({what}).", { time: moment(answer.from.at), what: origin(answer.from.what) })}</p>
        ${answer.parts.length ? answer.parts.map(changedPart) : html`<p class="state empty">${icon("check")}<span>${t("Nothing has changed since.")}</span></p>`}`
          : html`<p class="state empty">${icon("eye")}<span>${t("You have seen no earlier copy: read them as a whole.")}</span></p>`
      }
    </div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}

const origin = (what) =>
  ({ sent: t("sent for comments"), submitted: t("laid before the chair"), approved: t("approved") })[what] ?? ""

const changedPart = ({ title, lines }) => html`
  <section><h3>${title}</h3>${lines.map(({ kind, words }) =>
    kind === "same"
      ? nothing
      : html`<p class="change">${words.map(({ kind, text }) =>
          kind === "added" ? html`<ins>${text}</ins>` : kind === "removed" ? html`<del>${text}</del>` : text,
        )}</p>`,
  )}</section>`

export async function showVersions(meeting) {
  const answer = await attempt(api("GET", `${base(meeting)}/versions`))
  if (!answer) return
  const STATES = {
    draft: t("draft"),
    approved: t("approved"),
    final: t("final"),
    issued: t("issued"),
    replaced: t("replaced"),
  }
  await show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Versions")}</h2>
      <ul class="rows minutes-versions">${answer.versions.map(
        ({ version, state, at, by, reason, pdf, changed }) => html`
        <li><div class="grow"><b>${t("Version {n}", { n: version })}</b> <span class="badge ${state === "replaced" ? "warn" : ""}">${STATES[state]}</span>
          ${at ? html`<span class="help block">${t("approved by {name} at {time}", { name: by, time: moment(at) })}</span>` : nothing}
          ${reason ? html`<span class="help block">${state === "issued" ? t("To be replaced: {reason}", { reason }) : t("Unlocked: {reason}", { reason })}</span>` : nothing}
          ${changed.length ? html`<span class="help block">${t("Changed: {parts}", { parts: changed.map(({ title }) => title).join("; ") })}</span>` : nothing}</div>
          ${pdf ? html`<a class="button" href="${base(meeting)}.pdf?version=${version}" target="_blank" rel="noopener">${icon("file-text")}PDF</a>` : nothing}</li>`,
      )}</ul>
    </div>
    <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Done")}</button></div>`,
    { wide: true },
  )
}
