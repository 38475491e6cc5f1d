/** The numbers of a case and the list of what to look at. */

import "./desk.js"
import { api } from "../lib/api.js"
import { attempt } from "../lib/attempt.js"
import { prompt, show } from "../lib/dialog.js"
import { html } from "../lib/html.js"
import { t } from "../lib/t.js"
import { uid } from "../lib/uid.js"
import "../parts/case/bl-chip.js"
import "../parts/case/bl-search.js"
import "../parts/case/case-strip.js"

const page = /** @type {HTMLElement} */ (document.querySelector(".case-numbers"))
const path = `/api/cases/${page.dataset.case}/numberings`

page.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button")
  if (!button) return
  if ("newNumbering" in button.dataset) addNumbering()
  else if (button.dataset.default) send("POST", `${path}/${button.dataset.default}/default`, {})
  else if (button.dataset.renumber) renumber(button.dataset.renumber)
})

async function send(method, address, body) {
  if (await attempt(api(method, address, body))) location.reload()
}

async function addNumbering() {
  const name = await prompt({
    title: t("New numbering"),
    label: t("Name"),
    value: "BL-VKS",
    help: t("For example BL-CQĐT, BL-VKS, BL-TA."),
  })
  if (name) send("POST", path, { name, id: uid() })
}

/** A supplement that is numbered between others: its document, behind which number, and why. */
async function renumber(numbering) {
  const found = await attempt(api("GET", `/api/cases/${page.dataset.case}`))
  if (!found) return
  const documents = found.volumes.flatMap((volume) => volume.documents.map((each) => ({ ...each, no: volume.no })))
  const wish = await show((close) => supplementForm(documents, close), { wide: true })
  if (wish)
    send("POST", `${path}/${numbering}/renumber`, {
      id: uid(),
      reason: wish.reason,
      insert: { document: wish.document, after: wish.after },
    })
}

function supplementForm(documents, close) {
  const submit = (event) => [event.preventDefault(), close(Object.fromEntries(new FormData(event.target)))]
  return html`<form @submit=${submit}><div class="dialog-body form">
      <h2>${t("Insert a supplement and renumber")}</h2>
      <p>${t("All numbers behind it move on. The old ones stay readable beside each page, and every link still opens the same page.")}</p>
      <div class="field"><label for="sup-document">${t("Document of the supplement")}</label><select id="sup-document" name="document" required>${documents.map(
        (each) =>
          html`<option value=${each.id}>${t("Volume {n}", { n: each.no })} · ${each.title} (${each.pages})</option>`,
      )}</select></div>
      <div class="field"><label for="sup-after">${t("Behind number (BL)")}</label><input class="input" id="sup-after" name="after" required maxlength="12" autocomplete="off"></div>
      <div class="field"><label for="sup-reason">${t("Reason")}</label><input class="input" id="sup-reason" name="reason" required maxlength="200"></div>
    </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Renumber")}</button></div></form>`
}
