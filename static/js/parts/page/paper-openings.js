/** Who has opened a paper and who has not; of a restricted one which page, when, and by the code of a photograph. */

import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"

const ANSWER = shaped({ opened: "list", not_opened: "list" })

/** @param {string} paper its id */
export async function openOpenings(paper) {
  const path = `/api/papers/${encodeURIComponent(paper)}/openings`
  const { ok, body } = await ask(path, { proof: ANSWER })
  if (!ok) return toast(body?.error?.message ?? t("It cannot be seen now who has opened this paper."), { kind: "bad" })
  await show((close) => picture(body, path, close), { wide: true })
}

function picture(found, path, close) {
  const restricted = Boolean(found.openings)
  const line = ({ name, at, last, pages }) => html`
    <li><span class="grow">${name}</span><small class="help">${pages ? html`${tn("{n} page", "{n} pages", pages)} · ` : nothing}${moment(last ?? at)}</small></li>`
  return html`
    <div class="dialog-body openings">
      <h2>${t("Who has opened it")}</h2>
      <p class="help">${found.title}</p>
      <p class="help">${restricted ? t("Each opening of a page is written down; readers of this paper are told so.") : t("Only that a paper was opened is written down, not how long or which pages.")}</p>
      <div class="openings-lists">
        <section><h3>${t("Have opened it")} (${found.opened.length})</h3>
          ${found.opened.length || found.screens?.length ? html`<ul class="plain">${found.opened.map(line)}${(found.screens ?? []).map(line)}</ul>` : html`<p class="help">${t("Nobody yet.")}</p>`}</section>
        <section><h3>${t("Not opened")} (${found.not_opened.length})</h3>
          ${found.not_opened.length ? html`<ul class="plain">${found.not_opened.map(({ name }) => html`<li>${name}</li>`)}</ul>` : html`<p class="help">${t("All readers have opened it.")}</p>`}</section>
      </div>
      ${restricted ? byCode(found, path) : nothing}
    </div>
    <div class="dialog-actions">
      <a class="button" href=${`${path}.csv`} download>${icon("download")}${t("Table (CSV)")}</a>
      <button class="button primary" type="button" @click=${() => close()}>${t("Close")}</button>
    </div>`
}

function byCode(found, path) {
  const find = async (event) => {
    event.preventDefault()
    const { code } = event.target.elements
    const place = event.target.parentElement.querySelector("[data-openings]")
    const typed = code.value.trim()
    const { ok, body } = await ask(`${path}?code=${encodeURIComponent(typed)}`, { proof: ANSWER })
    if (ok) render(rows(body.openings ?? [], typed), place)
  }
  return html`
    <section><h3>${t("Openings of pages")} (${found.total})</h3>
      <form class="openings-code" @submit=${find}>
        <label for="opening-code">${t("Code on a photograph")}</label>
        <input id="opening-code" name="code" class="input" maxlength="8" autocomplete="off" spellcheck="false">
        <button class="button" type="submit">${icon("search")}${t("Find")}</button>
      </form>
      <div data-openings aria-live="polite">${rows(found.openings, "")}</div>
    </section>`
}

function rows(openings, code) {
  if (!openings.length) return html`<p class="help">${code ? t("No opening has this code.") : t("Nobody yet.")}</p>`
  return html`<table class="table"><thead><tr><th>${t("Time")}</th><th>${t("Name")}</th><th>${t("Page")}</th><th>${t("Code")}</th></tr></thead>
    <tbody>${openings.map((one) => html`<tr><td>${moment(one.at)}</td><td>${one.name}</td><td>${one.page}</td><td><code>${one.code}</code></td></tr>`)}</tbody></table>`
}
