/** <readiness-board>: how ready everything is, as one large number; what to mend, and who; what each device reports. */

import { api } from "../../lib/api.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { boot } from "../../meeting/meeting.js"
import { error, loading } from "../core/states.js"

const EVERY = 3000
const GROUPS = {
  papers: () => t("Papers"),
  people: () => t("People"),
  sites: () => t("Sites"),
  devices: () => t("Devices"),
  server: () => t("Server"),
}
const SIGNS = { good: "circle-check", todo: "triangle-alert", bad: "circle-x", note: "info" }
const WORDS = { good: () => t("ready"), todo: () => t("to do"), bad: () => t("must be mended"), note: () => t("note") }
const COMPLAINTS = {
  unreadable_pages: () => t("some pages did not arrive"),
  old_browser: () => t("the browser is too old: update it, or use Chrome, Edge or Safari 15 and later"),
  slow_line: () => t("the line is slow"),
  low_battery: () => t("the battery is low: charge it"),
}

export class ReadinessBoard extends HTMLElement {
  #found
  #problem = ""
  #timer
  #busy = false
  #path = `/api/meetings/${encodeURIComponent(boot().meeting)}/readiness`

  connectedCallback() {
    this.#draw()
    this.#look()
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#look()
    })
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  async #look() {
    clearTimeout(this.#timer)
    try {
      this.#found = await api("GET", this.#path, undefined, shaped({ checks: "list", devices: "list" }))
      this.#problem = ""
    } catch (problem) {
      this.#problem = problem.message
    }
    this.#draw()
    if (document.visibilityState === "visible") this.#timer = setTimeout(() => this.#look(), EVERY)
  }

  async #check() {
    if (this.#busy) return
    this.#busy = true
    this.#draw()
    try {
      await api("POST", `${this.#path}/check`, undefined, shaped({ check: "number" }))
      toast(t("Every connected device now fetches all pages."))
      await this.#look()
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.#busy = false
    this.#draw()
  }

  #draw() {
    render(
      this.#found ? this.#all(this.#found) : this.#problem ? error(this.#problem, () => this.#look()) : loading(),
      this,
    )
  }

  #all({ percent, checks, devices, started_at: at }) {
    const open = checks.filter(({ state }) => state === "bad" || state === "todo")
    const whole = percent === 100
    return html`
      <section class="ready-head ${whole ? "whole" : ""}" aria-live="polite">
        <p class="ready-number" role="img" aria-label=${t("{n} per cent ready", { n: percent })}>${percent}<small>%</small></p>
        <div class="grow">
          <h2>${whole ? t("Everything is ready") : tn("{n} thing is still to be done", "{n} things are still to be done", open.length)}</h2>
          <progress max="100" value=${percent} aria-hidden="true"></progress>
          <p class="help">${at ? t("Devices checked at {time}.", { time: clock(at) }) : t("The devices have not been checked yet.")} ${this.#problem ? html`<b class="ready-stale">${this.#problem}</b>` : nothing}</p>
        </div>
        <button type="button" id="check" class="button primary big no-print" aria-busy=${this.#busy} @click=${() => this.#check()}>${icon("clipboard-check")}${t("Check")}</button>
      </section>
      ${list(
        "list-checks",
        t("To be done"),
        [...open].sort((a, b) => Number(b.state === "bad") - Number(a.state === "bad")),
      )}
      ${this.#devices(devices)}
      ${list(
        "circle-check",
        t("Ready"),
        checks.filter(({ state }) => state === "good" || state === "note"),
      )}`
  }

  #devices(devices) {
    if (!devices.length) return nothing
    return html`<section id="devices" class="ready-group"><h3>${icon("tablet-smartphone")}${t("What the devices report")}</h3>
      <div class="table-scroll"><table class="stacked ready-devices">
        <thead><tr><th>${t("Whose")}</th><th>${t("Site")}</th><th>${t("Pages")}</th><th>${t("Device")}</th><th>${t("Line")}</th><th>${t("Battery")}</th></tr></thead>
        <tbody>${devices.map((one) => this.#device(one))}</tbody></table></div></section>`
  }

  #device({ name, site, connected, silent, cached, of, screen, browser, latency = -1, battery = -1, complaints = [] }) {
    const state = silent
      ? html`<span class="badge">${icon("hourglass")}${t("no report yet")}</span>`
      : html`<span class="badge ${cached >= of ? "good" : "warn"}">${icon(cached >= of ? "circle-check" : "loader-circle")}${cached}/${of}</span>`
    return html`<tr>
      <th scope="row">${name}${connected ? nothing : html` <span class="badge">${icon("wifi-off")}${t("not connected")}</span>`}
        ${complaints.map((code) => html`<span class="ready-complaint">${icon("triangle-alert", { kind: "small" })}${(COMPLAINTS[code] || (() => code))()}</span>`)}</th>
      <td data-label=${t("Site")}>${site || "–"}</td>
      <td data-label=${t("Pages")}>${state}</td>
      <td data-label=${t("Device")}>${[browser, screen].filter(Boolean).join(" · ") || "–"}</td>
      <td data-label=${t("Line")}>${latency >= 0 ? `${latency} ms` : "–"}</td>
      <td data-label=${t("Battery")}>${battery >= 0 ? `${battery} %` : "–"}</td></tr>`
  }
}

/** What is, what to do about it, and who does it. */
const list = (sign, name, checks) =>
  checks.length
    ? html`
  <section class="ready-group"><h3>${icon(sign)}${name}</h3>
    <ul class="rows">${checks.map(
      ({ state, group, words, todo, who, go, go_words: goWords }) => html`
      <li class="ready-row ${state}">${icon(SIGNS[state], { label: WORDS[state]() })}
        <div class="grow"><p class="ready-words">${words}</p>
          ${todo ? html`<p>${todo}</p>` : nothing}
          ${who ? html`<p class="ready-who">${icon("user", { kind: "small" })}${who}</p>` : nothing}
          ${go ? html`<a class="button ready-go no-print" href=${go}>${goWords}${icon("arrow-right")}</a>` : nothing}</div>
        <span class="badge">${GROUPS[group]()}</span></li>`,
    )}</ul></section>`
    : nothing

customElements.define("readiness-board", ReadinessBoard)
