/** <attendance-board>: before the opening, how many have come, at which sites, and whether that is enough. Numbers only. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everySite } from "../../meeting/people.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"

export class AttendanceBoard extends Part {
  watches = ["roll", "sites", "meeting"]
  emptyAtFirst = true

  draw(view) {
    const { counts, quorum, sites: at = {} } = view.roll
    const sites = everySite(view).filter(({ id }) => at[id]?.members)
    return html`
      <p class="board-all"><b>${counts.present}<small>/${counts.members}</small></b><span>${t("present")}</span></p>
      <p class="board-how">${[
        t("{n} in the hall", { n: counts.onsite }),
        t("{n} online", { n: counts.online }),
        counts.excused && t("{n} excused", { n: counts.excused }),
      ]
        .filter(Boolean)
        .join(" · ")}</p>
      ${enough(quorum)}
      ${
        sites.length > 1
          ? html`<ul class="board-sites ${sites.length > 12 ? "tight" : ""}">${sites.map(
              (site) => html`
        <li class=${at[site.id].present >= at[site.id].members ? "full" : at[site.id].present ? "some" : ""}>
          <span><b>${site.short || site.name}</b>${site.short ? html`<small>${site.name}</small>` : nothing}</span>
          <b class="board-n">${at[site.id].present}/${at[site.id].members}</b></li>`,
            )}</ul>`
          : nothing
      }`
  }
}

function enough(quorum) {
  if (!quorum?.needed) return nothing
  const { met, needed, of, present } = quorum
  return html`<p class="board-quorum ${met ? "good" : "warn"}">${icon(met ? "circle-check" : "hourglass")}<span>${
    met
      ? t("Quorum reached: {present}/{of} members ({needed} needed)", { present, of, needed })
      : t("Quorum not reached yet: {present}/{of} members ({needed} needed)", { present, of, needed })
  }</span></p>`
}

customElements.define("attendance-board", AttendanceBoard)
