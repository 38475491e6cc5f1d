/** <case-excerpts>: the excerpts that are kept in a case, what is in them, what has changed since, where they are shown. */

import { nameOfPage } from "../../case/script.js"
import { ask, unanswered } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render, repeat, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { pageUrl, SMALL } from "../../pages/page-files.js"
import { drawAnew } from "./excerpt-frame.js"
import { showCasePage } from "./map-page.js"

/** Is it to be looked at whether the place is still right? */
const isDoubtful = (each) => each.gone || each.check || Boolean(each.was)

class CaseExcerpts extends HTMLElement {
  #all = []
  #edits = false
  #doubtful = false
  #busy = ""

  connectedCallback() {
    this.#path = `/api/cases/${this.dataset.case}/callouts`
    document.addEventListener("excerpts-changed", () => this.#read())
    this.#read()
  }

  #path = ""

  async #read() {
    const answer = await ask(`${this.#path}?all=1`)
    if (!this.isConnected) return
    if (!answer.ok) {
      const words = answer.status ? answer.body.error.message : unanswered(answer)
      render(
        html`<section class="state error" role="alert">${icon("network")}<p>${words}</p>
        <button type="button" class="button" @click=${() => this.#read()}>${icon("refresh-cw")}${t("Try again")}</button></section>`,
        this,
      )
      return
    }
    this.#all = answer.body.callouts
    this.#edits = answer.body.may_edit
    this.#draw()
  }

  #draw() {
    const doubtful = this.#all.filter(isDoubtful)
    if (!doubtful.length) this.#doubtful = false
    const shown = this.#doubtful ? doubtful : this.#all
    const filter = (on, words) =>
      html`<button type="button" class="chip ${on && doubtful.length ? "warn" : ""}" aria-pressed=${this.#doubtful === on} @click=${() => {
        this.#doubtful = on
        this.#draw()
      }}>${words}</button>`
    render(
      this.#all.length
        ? html`<p class="excerpt-bar" role="group" aria-label=${t("Which excerpts are listed")}>
            ${filter(false, tn("{n} excerpt", "{n} excerpts", this.#all.length))}
            ${doubtful.length ? filter(true, tn("{n} to be looked at", "{n} to be looked at", doubtful.length)) : html`<span>${icon("check")}${t("All places are right.")}</span>`}</p>
          <ul class="plain excerpts">${repeat(
            shown,
            ({ id }) => id,
            (each) => this.#line(each),
          )}</ul>`
        : html`<section class="state">${icon("scan")}<h2>${t("No excerpt is kept yet")}</h2>
            <p>${t("In a meeting, whoever presents draws a frame on a page of the case and keeps it there.")}</p></section>`,
      this,
    )
  }

  #line(each) {
    const { id, name, words, rects, gone, used, by_name: by, at } = each
    return html`<li class="excerpt ${isDoubtful(each) ? "doubtful" : ""}" aria-busy=${String(this.#busy === id)}>
      ${gone ? html`<span class="excerpt-picture">${icon("file-question-mark")}</span>` : this.#picture(each)}
      <div class="grow">
        <h2>${name || t("Excerpt without a name")}</h2>
        <p><b>${nameOfPage(each)}</b>${each.label && each.title ? html` <span>${each.title}</span>` : nothing}</p>
        ${this.#doubts(each)}
        ${words ? html`<blockquote>${words}</blockquote>` : nothing}
        <p class="help">${t("Kept by {name}, {moment}", { name: by || t("somebody who is not here any more"), moment: moment(at) })}</p>
        <p class="help excerpt-used">${used.length ? html`${icon("presentation")}${used.map((use) => html`<a class="link" href="/cases/${this.dataset.case}/script?script=${use.script}">${t("{title}, step {n}", use)}</a> `)}` : t("No script shows it.")}</p>
      </div>
      ${
        this.#edits
          ? html`<div class="excerpt-acts">
        ${isDoubtful(each) && !gone ? html`<button type="button" class="button primary" @click=${() => this.#change(each, { checked: true }, () => t("It is noted that the place is right."))}>${icon("check")}${t("The place is right")}</button>` : nothing}
        ${gone ? nothing : rects.map((_rect, n) => html`<button type="button" class="button" @click=${() => this.#mend(each, n)}>${icon("scan")}${rects.length > 1 ? t("Draw frame {n} anew", { n: n + 1 }) : t("Draw it anew")}</button>`)}
        <button type="button" class="button quiet icon-only" title=${t("Rename")} aria-label=${t("Rename")} @click=${() => this.#rename(each)}>${icon("pencil")}</button>
        <button type="button" class="button quiet icon-only" title=${t("Remove the excerpt")} aria-label=${t("Remove the excerpt")} @click=${() => this.#remove(each)}>${icon("trash-2")}</button></div>`
          : nothing
      }</li>`
  }

  #picture(each) {
    const look = () =>
      showCasePage({ ...each, case: this.dataset.case, label: each.label || String(each.page), excerpt: each.id })
    return html`<button type="button" class="excerpt-picture" aria-label=${t("Look at {page}", { page: nameOfPage(each) })} @click=${look}>
      <img src=${pageUrl(each.document, each.page, SMALL)} alt="" loading="lazy" decoding="async">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${each.rects.map(([x, y, w, h]) => svg`<rect x=${x} y=${y} width=${w} height=${h}></rect>`)}</svg></button>`
  }

  #doubts({ gone, check, was, label }) {
    const said = [
      gone && t("Its page is not in the case any more."),
      check && t("The page was scanned anew since: look whether the place is right."),
      was &&
        !gone &&
        (label
          ? t("The page was BL {was} then.", { was })
          : t("The page was BL {was} then, and has no number now.", { was })),
    ].filter(Boolean)
    return said.map((words) => html`<p><span class="badge warn">${icon("triangle-alert")}${words}</span></p>`)
  }

  async #change(each, json, words, more = {}) {
    if (this.#busy) return
    this.#busy = each.id
    this.#draw()
    const answer = await ask(`${this.#path}/${encodeURIComponent(each.id)}`, {
      method: "PATCH",
      json: { rev: each.rev, ...json },
    })
    this.#busy = ""
    if (answer.ok) toast(words(answer.body), more)
    else toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    await this.#read()
  }

  async #mend(each, n) {
    const rect = await drawAnew(each, n)
    if (!rect) return
    const rects = each.rects.map((known, i) => (i === n ? rect : known))
    await this.#change(each, { rects }, ({ steps }) =>
      steps
        ? tn(
            "The frame is drawn anew; {n} step of a script goes with it.",
            "The frame is drawn anew; {n} steps of scripts go with it.",
            steps,
          )
        : t("The frame is drawn anew."),
    )
  }

  async #remove(each) {
    const back = () => this.#change({ id: each.id }, { removed: false }, () => t("The excerpt is there again."))
    await this.#change(
      each,
      { removed: true },
      () => t("The excerpt was removed; its page and the steps of scripts stay."),
      { kind: "info", action: t("Take back"), act: back },
    )
  }

  async #rename(each) {
    let name = each.name
    const said = await show(
      (close) => html`<form @submit=${(event) => {
        event.preventDefault()
        close(name.trim())
      }}><div class="dialog-body"><h2>${t("Rename the excerpt")}</h2><div class="field"><label for="excerpt-name">${t("Name of the excerpt (may be empty)")}</label>
        <input class="input" id="excerpt-name" maxlength="120" .value=${name} @input=${(event) => (name = event.target.value)}></div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Save")}</button></div></form>`,
      { label: t("Rename the excerpt") },
    )
    if (said !== null && said !== each.name)
      await this.#change(each, { name: said }, () => t("The excerpt has its new name."))
  }
}

customElements.define("case-excerpts", CaseExcerpts)
