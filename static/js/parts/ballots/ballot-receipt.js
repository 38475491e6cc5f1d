/** The receipt of a secret ballot: shown, copied, printed; later looked up in the published list. Templates only. */

import { copy } from "../../lib/copy.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { date, hour } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"

/** Right after the vote, and as long as the ballot is open. */
export const receipt = (code, ballot, meeting) => html`
  <div class="receipt">
    <p>${t("Your receipt")}</p>
    <p class="receipt-code">${code}</p>
    <p class="receipt-about">${t("It shows that your vote has been counted and not what you chose. It is kept on this device only.")}</p>
    <div class="buttons">
      <button type="button" class="button" @click=${() => copied(code)}>${icon("copy")}${t("Copy")}</button>
      <button type="button" class="button" @click=${() => printed(code, ballot, meeting)}>${icon("printer")}${t("Print")}</button>
    </div>
  </div>`

/** After publication: is mine in the list? `code` may be missing: another device was used, or I did not vote. */
export function found(code, { receipts = [], result }, voted) {
  if (result?.reason === "too_few") return nothing // its numbers and receipts are told to nobody, and it says so
  if (!code)
    return voted
      ? html`<p class="notice">${icon("info")}<span>${t("Your receipt is on the device on which you voted.")}</span></p>`
      : nothing
  const mine = receipts.includes(code)
  return html`<p class="notice ${mine ? "good" : "bad"}" role="status">${icon(mine ? "ticket-check" : "circle-alert")}<span>
    <b>${mine ? t("Your vote is in the list.") : t("Your receipt is not in the list. Tell the secretary at once.")}</b>
    <span class="receipt-inline">${code}</span></span></p>`
}

/** The published receipts, without choices: anybody can look up their own. */
export const list = ({ receipts = [] }, code) =>
  receipts.length
    ? html`<details class="receipts">
  <summary>${t("List of receipts ({n})", { n: receipts.length })}</summary>
  <ul>${receipts.map((one) => html`<li class=${one === code ? "mine" : ""}>${one}</li>`)}</ul></details>`
    : nothing

async function copied(code) {
  const done = await copy(code)
  toast(done ? t("Copied") : t("Could not be copied. Select the text and copy it."), { kind: done ? "good" : "warn" })
}

/** A slip of paper of its own: nothing else of the room is printed. */
function printed(code, { question }, meeting) {
  const slip = document.createElement("div")
  slip.className = "receipt-slip"
  const now = meeting.now()
  render(
    html`<h1>${t("Receipt of a secret ballot")}</h1><p>${meeting.view.meeting.title}</p><p>${question}</p>
    <p class="receipt-code">${code}</p><p>${hour(now)}, ${date(now)}</p>`,
    slip,
  )
  document.body.append(slip)
  document.body.classList.add("prints-receipt")
  window.addEventListener(
    "afterprint",
    () => {
      slip.remove()
      document.body.classList.remove("prints-receipt")
    },
    { once: true },
  )
  window.print()
}
