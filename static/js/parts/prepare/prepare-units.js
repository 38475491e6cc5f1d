/** Several sites at once, taken from the agency's units: a conference with nine sites is set up in two taps. */

import { api } from "../../lib/api.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { stripAccents } from "../../lib/strip-accents.js"
import { shaped } from "../../lib/proof.js"
import { everySite } from "../../meeting/people.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { nextSite } from "./next-site.js"
import { complain } from "./prepare-command.js"

/** Ask which units are sites, then add them in the order of the units. */
export async function sitesFromUnits(meeting) {
  let units
  try {
    units = (await api("GET", "/api/units", undefined, shaped({ units: "list" }))).units
  } catch (problem) {
    return complain(problem)
  }
  const names = new Set(everySite(meeting.view).map(({ name }) => stripAccents(name)))
  const chosen = await show((close) => form(units, names, close), { wide: true })
  if (!chosen) return
  // Counted here, since what was added a moment ago may not have come back in the view yet.
  const sites = [...everySite(meeting.view)]
  let done = 0
  for (const unit of units.filter(({ id }) => chosen.includes(id))) {
    try {
      // The agency itself, at the top of the tree, is where the chair sits.
      const main = unit.depth === 0 && !sites.some((site) => site.main)
      const site = { name: unit.name, ...nextSite(sites, main) }
      await meeting.send("add_site", site)
      sites.push(site)
      done++
    } catch (problem) {
      complain(problem)
      break
    }
  }
  if (done) toast(tn("{n} site added", "{n} sites added", done))
}

function form(units, names, close) {
  const save = (event) => {
    event.preventDefault()
    close([...event.target.querySelectorAll("input:checked:not(:disabled)")].map(({ value }) => value))
  }
  return html`
    <form method="dialog" @submit=${save}>
      <div class="dialog-body"><h2>${t("Which units are sites?")}</h2>
        ${
          units.length
            ? html`<div class="invite-list" role="group">
          ${units.map(
            (unit) => html`
            <label class="check depth-${Math.min(unit.depth, 3)}"><input type="checkbox" value=${unit.id} ?disabled=${names.has(stripAccents(unit.name))} ?checked=${names.has(stripAccents(unit.name))}>
              <span class="grow">${unit.name}</span>${names.has(stripAccents(unit.name)) ? html`<span class="badge">${t("already a site")}</span>` : nothing}</label>`,
          )}
        </div>`
            : html`<p class="help">${t("There are no units yet. The administrator enters them under Administration.")}</p>`
        }
      </div>
      <div class="dialog-actions">
        <button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button primary" type="submit" ?disabled=${!units.length}>${icon("plus")}${t("Add the chosen ones")}</button>
      </div>
    </form>`
}
