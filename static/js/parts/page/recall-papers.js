/** Papers are taken back from all devices: which, why, and how many devices have confirmed. */

import { ask } from "../../lib/ask.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { presides } from "../../meeting/rights.js"

const NAMED = 40

/** The recall under way, or the choice of papers. @param {any} meeting */
export async function openRecall(meeting) {
  const { recall } = meeting.view
  const again = recall?.id && !recall.closed ? await follow(meeting, recall.id) : "choose"
  if (again === "choose") await choose(meeting)
}

async function choose(meeting) {
  const { papers = {}, recall } = meeting.view
  const left = Object.entries(papers).filter(([, paper]) => !paper.recalled)
  const sent = await show(
    (close) => html`
    <form method="dialog" class="recall-form" @submit=${(event) => {
      event.preventDefault()
      const data = new FormData(event.target)
      const chosen = data.getAll("paper").map(String)
      const reason = String(data.get("reason")).trim()
      if (!chosen.length) return toast(t("Choose at least one paper."), { kind: "warn" })
      if (reason) close({ papers: chosen, reason })
    }}>
      <div class="dialog-body">
        <h2>${t("Recall papers")}</h2>
        ${
          left.length
            ? html`
        <fieldset class="field"><legend>${t("Papers")}</legend><div class="choices recall-list">
          ${left.map(([id, paper]) => html`<label class="check"><input type="checkbox" name="paper" value=${id}><span>${paper.title}</span></label>`)}</div></fieldset>
        <div class="field"><label for="recall-reason">${t("Reason")}</label>
          <input id="recall-reason" class="input" name="reason" required maxlength="500" autocomplete="off"></div>
        ${promise()}`
            : html`<p class="help">${t("All papers of this meeting have been recalled.")}</p>`
        }
      </div>
      <div class="dialog-actions">
        ${recall?.id ? html`<button class="button quiet" type="button" @click=${() => close("last")}>${t("The last recall")}</button>` : nothing}
        <button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        ${left.length ? html`<button class="button danger" type="submit">${icon("archive-restore")}${t("Recall")}</button>` : nothing}
      </div>
    </form>`,
    { wide: true },
  )
  if (sent === "last") return follow(meeting, recall.id)
  if (!sent) return undefined
  if (!(await attempt(meeting.sendAndSee("recall_papers", sent)))) return undefined
  const now = meeting.view.recall?.id
  return now && follow(meeting, now)
}

const promise = () => html`
  <div class="recall-words">
    <p><b>${t("What the program does:")}</b> ${t("nobody but the staff opens these papers any more; every device that has had them deletes its copies and confirms it, one without a connection as soon as it comes back.")}</p>
    <p><b>${t("What it cannot do:")}</b> ${t("it takes back no photograph, no picture of the screen, no downloaded file and no print, and knows nothing of a device that never comes back.")}</p>
  </div>`

/** The count as it rises, who is missing, the record; "choose" for more papers. */
async function follow(meeting, id) {
  const path = `/api/meetings/${encodeURIComponent(meeting.id)}/recalls/${encodeURIComponent(id)}`
  const run = new AbortController()
  let place
  let standing
  const draw = () => place?.isConnected && standing && render(picture(standing), place)
  const look = async () => {
    const { ok, body } = await ask(path, { proof: shaped({ devices: "list", asked: "number", signed: "number" }) })
    if (!ok) return
    standing = body
    draw()
  }
  const stop = meeting.watch(["recall"], look)
  const answer = show(
    (close) => html`
    <div class="dialog-body"><h2>${t("Recall of papers")}</h2><div data-recall-standing aria-live="polite"></div></div>
    <div class="dialog-actions">
      <button class="button quiet" type="button" @click=${() => close("choose")}>${t("Recall more papers …")}</button>
      <a class="button" href=${`${path}/receipt.pdf`} target="_blank" rel="noopener">${icon("printer")}${t("Record of the recall (PDF)")}</a>
      ${
        presides(meeting.me)
          ? html`<button class="button" type="button" @click=${async () => (await attempt(meeting.send("close_recall", { recall: id }))) && close()}>${icon("check")}${t("Close the recall")}</button>`
          : nothing
      }
      <button class="button primary" type="button" @click=${() => close()}>${t("Close")}</button>
    </div>`,
    { wide: true },
  )
  place = [...document.querySelectorAll("[data-recall-standing]")].pop()
  look()
  return answer.finally(() => {
    run.abort()
    stop?.()
  })
}

function picture({ papers, reason, at, by, asked, signed, failed, devices, closed }) {
  const missing = devices.filter((one) => !one.signed_at || one.failed)
  return html`
    <p class="recall-count"><b>${signed}/${asked}</b> ${t("devices have confirmed that no copy is left")}</p>
    ${asked ? html`<progress max=${asked} value=${signed}></progress>` : html`<p class="help">${t("No device has fetched these papers.")}</p>`}
    <p class="help">${papers.map(({ title }) => `“${title}”`).join("; ")}</p>
    <p class="help">${[moment(at), by, reason].filter(Boolean).join(" · ")}${closed ? html` · <b>${t("closed")}</b>` : nothing}</p>
    ${failed ? html`<p class="warn-text">${t("Devices that could not delete everything: {n}", { n: failed })}</p>` : nothing}
    ${
      missing.length
        ? html`<h3>${t("Not confirmed yet")}</h3><ul class="plain recall-missing">${missing.slice(0, NAMED).map((one) => html`<li>${one.name}${one.unit ? html` <small class="help">${one.unit}</small>` : nothing}</li>`)}</ul>`
        : nothing
    }`
}
