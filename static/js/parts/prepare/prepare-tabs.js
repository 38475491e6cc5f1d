/** The parts of the preparation, with how much is in each and where something is still to be done. */

import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { roam } from "../../lib/keys.js"
import { t } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { todo } from "./prepare-checks.js"
import { documentsOf } from "./prepare-right.js"

const PARTS = ["agenda", "people", "sites", "details", "publish"]

export class PrepareTabs extends Part {
  watches = ["meeting", "agenda", "papers", "roll", "sites"]
  emptyAtFirst = true
  #seen
  #revealed

  started(meeting) {
    this.listensTo(documentsOf(meeting))
    this.listensTo(window, "hashchange", () => this.#show())
    this.#show()
  }

  // The agenda below says that it is loading, or why not.

  draw(view, meeting) {
    requestAnimationFrame(() => this.#reveal())
    const open = todo(view, documentsOf(meeting))
    const counts = {
      agenda: view.agenda.order.length,
      people: view.roll.order.length,
      sites: view.sites.order.length,
      publish: view.meeting.status === "draft" ? open.length : 0,
    }
    const words = {
      agenda: t("Agenda and papers"),
      people: t("People"),
      sites: t("Sites"),
      details: t("Details"),
      publish: view.meeting.status === "draft" ? t("Publish") : t("Status"),
    }
    return html`<nav class="tabs" aria-label=${t("Parts of the preparation")} @keydown=${(event) => roam(event, "a", "row")}>
      ${PARTS.map(
        (part) => html`
        <a href="#${part}" tabindex=${part === here() ? 0 : -1} aria-current=${part === here() ? "page" : nothing}>
          ${words[part]}
          ${
            part !== "publish" && open.some((point) => point.part === part && point.grave)
              ? html`<span class="tab-warn">${icon("triangle-alert", { label: t("Something is to be done here") })}</span>`
              : nothing
          }
          ${counts[part] ? html`<span class="tab-count ${part}">${counts[part]}</span>` : nothing}
        </a>`,
      )}
    </nav>`
  }

  #show() {
    const now = here()
    for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.id !== now
    if (this.#seen && this.#seen !== now) window.scrollTo({ top: 0 })
    this.#seen = now
    this.redraw()
  }

  /** On a phone the tabs are wider than the screen. */
  #reveal() {
    const nav = this.querySelector("nav")
    /** @type {HTMLAnchorElement} */
    const tab = this.querySelector("[aria-current]")
    if (!tab || tab.hash === this.#revealed) return
    this.#revealed = tab.hash
    nav.scrollLeft = tab.offsetLeft - nav.offsetLeft - 24
  }
}

function here() {
  const named = location.hash.slice(1)
  return PARTS.includes(named) ? named : PARTS[0]
}

customElements.define("prepare-tabs", PrepareTabs)
