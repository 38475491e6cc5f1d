/** What is asked over a mind map: its versions, its bin, one's own tray. */

import { ask } from "../../lib/ask.js"
import { prompt, show } from "../../lib/dialog.js"
import { html } from "../../lib/html.js"
import { t } from "../../lib/t.js"
import { moment } from "../../lib/time.js"

/** @param {{ address: string }} sync of the map */
export async function showVersions({ address }) {
  const answer = await ask(`${address}/versions`)
  if (!answer.ok) return
  await show(
    (close) => html`<div class="dialog-body"><h2>${t("Versions")}</h2>
        ${answer.body.versions.length ? html`<ul class="plain rows map-rows">${answer.body.versions.map((each) => html`<li><span class="grow"><b>${t("Version {n}", { n: each.version })}</b> <span class="help">${each.by_name}, ${moment(each.at)}</span></span></li>`)}</ul>` : html`<p>${t("Nothing of this map has been published yet.")}</p>`}
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { label: t("Versions") },
  )
}

/** @param {any} map @returns {Promise<string | undefined>} the node to be brought back */
export function showBin(map) {
  return show(
    (close) => html`<div class="dialog-body"><h2>${t("Bin")}</h2>
        ${map.bin.length ? html`<ul class="plain rows map-rows">${[...map.bin].reverse().map((each) => html`<li><span class="grow">${each.nodes[each.node].text} <span class="help">${t("{n} nodes", { n: Object.keys(each.nodes).length })}</span></span><button class="button" type="button" @click=${() => close(each.node)}>${t("Bring back")}</button></li>`)}</ul>` : html`<p>${t("Nothing lies in the bin.")}</p>`}
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true, label: t("Bin") },
  )
}

/** @param {any[]} tray @returns {Promise<{ id: string, text?: string } | undefined>} with `text`: to be put into the map */
export function showTray(tray) {
  return show(
    (
      close,
    ) => html`<div class="dialog-body"><h2>${t("My tray")}</h2><p class="help">${t("What you typed that could not be put where you meant it.")}</p>
        ${tray.length ? html`<ul class="plain rows map-rows">${tray.map((each) => html`<li><span class="grow">${textOf(each.op)}</span><button class="button" type="button" @click=${() => close({ id: each.id, text: textOf(each.op) })}>${t("Put below the chosen node")}</button><button class="button quiet" type="button" @click=${() => close({ id: each.id })}>${t("Discard")}</button></li>`)}</ul>` : html`<p>${t("Your tray is empty.")}</p>`}
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
    { wide: true, label: t("My tray") },
  )
}

function textOf(op) {
  const fields = op.edit?.set || op.add?.node || {}
  const typed = Object.values(fields).find((value) => typeof value === "string" && value.length > 1)
  return fields.text || fields.note || fields.bl || typed
}

/** What the map is to be called. @param {string} title as it is @returns {Promise<string | null>} */
export function askTitle(title) {
  return prompt({ title: t("Rename the map"), label: t("Title"), value: title })
}
