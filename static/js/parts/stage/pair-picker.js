/** Which page comes beside the one on the screens: a paper, and a page of it. */

import { show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { sideOf } from "../../meeting/on-stage.js"
import { t } from "../../lib/t.js"
import { rememberedPage, showPair } from "./stage-hand.js"

export async function choosePair(meeting) {
  const { agenda, papers, stage } = meeting.view
  const left = sideOf(stage)
  if (!left) return
  const order = agenda.order.flatMap((id) => agenda.items[id].papers ?? []).filter((id) => papers[id])
  const first = Math.min(left.page + 1, papers[left.paper].pages)
  const pageOf = (paper) =>
    paper === left.paper ? first : Math.min(rememberedPage(meeting, paper), papers[paper].pages)
  const chosen = await show((close) => {
    const chose = ({ target }) => {
      target.form.elements.page.value = String(pageOf(target.value))
      target.form.querySelector(".pair-of").textContent = `/ ${papers[target.value].pages}`
    }
    return html`
    <form class="pair-picker" method="dialog" novalidate @submit=${(event) => submit(event, papers, close)}>
      <div class="dialog-body">
        <h2>${t("Two pages side by side")}</h2>
        <p>${t("On the left stays what is shown: “{title}”, page {page}.", { title: papers[left.paper].title, page: left.page })}</p>
        <label class="field"><span>${t("Paper on the right")}</span>
          <select class="input" name="paper" @change=${chose}>${order.map(
            (id) => html`<option value=${id} ?selected=${id === left.paper}>${papers[id].title}</option>`,
          )}</select></label>
        <label class="field"><span>${t("Page")} <span class="pair-of">/ ${papers[left.paper].pages}</span></span>
          <input class="input" name="page" inputmode="numeric" autocomplete="off" .value=${String(first)} @focus=${({ target }) => target.select()}></label>
        <p class="picker-wrong" role="alert" hidden>${t("The paper has no such page.")}</p>
      </div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Show both")}</button></div>
    </form>`
  })
  if (chosen) showPair(meeting, { paper: left.paper, page: left.page }, chosen)
}

function submit(event, papers, close) {
  event.preventDefault()
  const { paper, page } = event.target.elements
  const wanted = Number(page.value.trim())
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= papers[paper.value].pages)
    return close({ paper: paper.value, page: wanted })
  event.target.querySelector(".picker-wrong").hidden = false
  page.select()
  return undefined
}
