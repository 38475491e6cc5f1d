/** The places the meeting is held at: the main one and the remote ones; written by hand or taken from the units. */

import { confirm } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { everySite } from "../../meeting/people.js"
import { t, tn } from "../../lib/t.js"
import { Part } from "../core/part.js"
import { mayPrepare } from "./prepare-right.js"
import "./prepare-site-form.js"
import { nextSite } from "./next-site.js"
import { sitesFromUnits } from "./prepare-units.js"
import { doCommand } from "./prepare-command.js"

export class PrepareSites extends Part {
  watches = ["meeting", "sites", "roll"]
  waitsForEditing = false
  #editing = new Set()
  #adding = false

  draw(view, meeting) {
    const sites = everySite(view)
    const write = mayPrepare(view, meeting)
    return html`
      <div class="people-bar" ?hidden=${!sites.length}>
        ${sites.length ? html`<p><b>${tn("{n} site", "{n} sites", sites.length)}</b> <span class="help">${t("places connected to the meeting")}</span></p>` : nothing}
        ${write && sites.length ? html`<div class="buttons">${this.#ways()}</div>` : nothing}
      </div>
      ${
        !sites.length && !this.#adding
          ? html`
        <div class="state card">${icon("network")}<h2>${t("The meeting is held in one place")}</h2>
          <p>${t("If people take part at other places, add these sites: each gets its own screen, its roll and a lamp on the chair’s screen.")}</p>
          ${write ? html`<div class="buttons">${this.#ways()}</div>` : nothing}</div>`
          : nothing
      }
      <ul class="people-list plain">
        ${repeat(
          sites,
          ({ id }) => id,
          (site) => html`
          <li class="person-row site-row">${
            this.#editing.has(site.id)
              ? html`<prepare-site-form .meeting=${meeting} .site=${site.id} .latest=${site} @done=${() => this.#closed(site.id)}></prepare-site-form>`
              : this.#row(view, site, write)
          }</li>`,
        )}
      </ul>
      ${this.#adding ? html`<div class="card"><prepare-site-form .meeting=${meeting} .suggest=${nextSite(sites)} @done=${() => this.#closed()}></prepare-site-form></div>` : nothing}`
  }

  #ways() {
    return html`
      <button class="button" type="button" @click=${() => sitesFromUnits(this.meeting)}>${icon("building-2")}${t("Add from the units")}</button>
      <button class="button" type="button" @click=${() => {
        this.#adding = true
        this.redraw()
      }}>${icon("plus")}${t("Add a site")}</button>`
  }

  #row(view, site, write) {
    const n = Object.values(view.roll.people).filter((person) => person.site === site.id).length
    return html`
      <span class="site-short">${site.short}</span>
      <div class="person-who"><b>${site.name}</b>${site.main ? html` <span class="badge info">${icon("star")}${t("main site")}</span>` : nothing}
        <span class="help with-dots"><span>${tn("{n} person", "{n} people", n)}</span>${site.contact ? html`<span>${site.contact}</span>` : nothing}</span></div>
      ${
        write
          ? html`
        <div class="item-tools">
          ${site.main ? nothing : html`<button class="button quiet" type="button" @click=${() => doCommand(this.meeting, "edit_site", { site: site.id, main: true })}>${t("Make it the main site")}</button>`}
          <button class="button quiet icon-only" type="button" aria-label=${t("Edit: {title}", { title: site.name })} @click=${() => {
            this.#editing.add(site.id)
            this.redraw()
          }}>${icon("pencil")}</button>
          <button class="button quiet icon-only" type="button" aria-label=${t("Remove: {title}", { title: site.name })} @click=${() => this.#remove(site, n)}>${icon("trash-2")}</button>
        </div>`
          : nothing
      }`
  }

  async #remove(site, people) {
    if (people) {
      const sure = await confirm({
        title: t("Remove {name}?", { name: site.name }),
        text: tn(
          "{n} person is assigned to this site and will be without one.",
          "{n} people are assigned to this site and will be without one.",
          people,
        ),
        yes: t("Remove"),
        danger: true,
      })
      if (!sure) return
      const there = Object.entries(this.meeting.view.roll.people).filter(([, person]) => person.site === site.id)
      for (const [person] of there) if (!(await doCommand(this.meeting, "change_role", { person, site: "" }))) return
    }
    await doCommand(this.meeting, "remove_site", { site: site.id })
  }

  #closed(id) {
    if (id) this.#editing.delete(id)
    else this.#adding = false
    this.redraw()
  }
}

customElements.define("prepare-sites", PrepareSites)
