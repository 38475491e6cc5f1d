/**
 * <case-excerpts>: the excerpts that are kept in a case and those that stand on nodes of its maps, what is in them, what has
 * changed since, where they are shown.
 */

import { nameOfPage } from "../../case/script.js"
import { ask, unanswered } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, nothing, render, repeat, svg } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { stripAccents } from "../../lib/strip-accents.js"
import { t, tn } from "../../lib/t.js"
import { moment } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { uid } from "../../lib/uid.js"
import { readMarks, sameMarks } from "../../case/mark-frames.js"
import { pageUrl, SMALL } from "../../pages/page-files.js"
import { drawAnew, markWords } from "./excerpt-frame.js"
import { showCasePage } from "./map-page.js"

/** @param {number[]} frame @param {string} sort */
const rectangle = ([x, y, w, h], sort) => svg`<rect class=${sort} x=${x} y=${y} width=${w} height=${h}></rect>`

/** Is it to be looked at whether the place is still right? */
const isDoubtful = (each) => each.gone || each.check || Boolean(each.was)

/** As many stand there at once; from that many on one looks for words rather than down a list. */
const AT_ONCE = 50
const SEARCHED = 12

/** What is said of an excerpt, for the field above the list. */
const saidOf = (each) =>
  stripAccents(
    [each.node ? each.text : each.name, nameOfPage(each), each.title, each.words, each.marked]
      .filter(Boolean)
      .join(" "),
  )

class CaseExcerpts extends HTMLElement {
  #wanted = ""
  #most = AT_ONCE
  #all = []
  #unlisted = 0
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
    const onNodes = answer.body.of_nodes.map((each, n) => ({ ...each, id: `${n}/${each.map}/${each.node}`, used: [] }))
    this.#all = [...answer.body.callouts, ...onNodes]
    this.#edits = answer.body.may_edit
    this.#unlisted = answer.body.unlisted ?? 0
    this.#draw()
  }

  /** The focus of a row that goes passes to the one that takes its place. */
  #draw() {
    const row = document.activeElement?.closest(".excerpt")
    const at = row ? [...this.querySelectorAll(".excerpt")].indexOf(row) : -1
    this.#drawn()
    if (at < 0 || row.isConnected) return
    const rows = this.querySelectorAll(".excerpt")
    const next = rows[Math.min(at, rows.length - 1)]?.querySelector(".excerpt-acts button:last-child")
    if (next instanceof HTMLElement) next.focus()
    else document.querySelector("main")?.focus()
  }

  #drawn() {
    const doubtful = this.#all.filter(isDoubtful)
    if (!doubtful.length) this.#doubtful = false
    const words = stripAccents(this.#wanted).split(/\s+/).filter(Boolean)
    const found = (this.#doubtful ? doubtful : this.#all).filter((each) => {
      const said = words.length ? saidOf(each) : ""
      return words.every((word) => said.includes(word))
    })
    const shown = found.slice(0, this.#most)
    const filter = (on, words) =>
      html`<button type="button" class="chip ${on && doubtful.length ? "warn" : ""}" aria-pressed=${this.#doubtful === on} @click=${() => {
        this.#doubtful = on
        this.#most = AT_ONCE
        this.#draw()
      }}>${words}</button>`
    render(
      this.#all.length
        ? html`<p class="excerpt-bar" role="group" aria-label=${t("Which excerpts are listed")}>
            ${doubtful.length ? filter(false, tn("{n} excerpt", "{n} excerpts", this.#all.length)) : html`<b>${tn("{n} excerpt", "{n} excerpts", this.#all.length)}</b>`}
            ${doubtful.length ? filter(true, tn("{n} to be looked at", "{n} to be looked at", doubtful.length)) : html`<span>${icon("check")}${t("All places are right.")}</span>`}
            ${this.#all.length > SEARCHED ? this.#field() : nothing}</p>
          ${this.#unlisted ? html`<p class="notice warn">${icon("circle-alert")}<span>${t("{n} more stand on nodes of the maps and are not listed here.", { n: this.#unlisted })}</span></p>` : nothing}
          <ul class="plain excerpts">${repeat(
            shown,
            ({ id }) => id,
            (each) => this.#line(each),
          )}</ul>
          ${found.length ? nothing : html`<p class="help" role="status">${t("No excerpt has these words.")}</p>`}
          ${found.length > shown.length ? this.#further(found.length - shown.length) : nothing}`
        : html`<section class="state">${icon("scan")}<h2>${t("No excerpt is kept yet")}</h2>
            <p>${t("In a meeting, whoever presents draws a frame on a page of the case and keeps it there.")}</p></section>`,
      this,
    )
  }

  #field() {
    return html`<input class="input excerpt-search" type="search" aria-label=${t("Find an excerpt")} placeholder=${t("BL, name or words of an excerpt")} .value=${this.#wanted} @input=${(
      event,
    ) => {
      this.#wanted = event.target.value
      this.#most = AT_ONCE
      this.#draw()
    }}>`
  }

  /** The focus goes on to the first of those that come. */
  #further(left) {
    return html`<p class="buttons"><button type="button" class="button" @click=${() => {
      const from = this.#most
      this.#most += AT_ONCE
      this.#draw()
      this.querySelectorAll(".excerpt")[from]?.querySelector("button")?.focus()
    }}>${icon("chevron-down")}${tn("Show {n} more", "Show {n} more", Math.min(left, AT_ONCE))}</button></p>`
  }

  #line(each) {
    const { id, words, marked, rects, gone } = each
    return html`<li class="excerpt ${isDoubtful(each) ? "doubtful" : ""}" aria-busy=${String(this.#busy === id)}>
      ${gone ? html`<span class="excerpt-picture">${icon("file-question-mark")}</span>` : this.#picture(each)}
      <div class="grow">
        <h2>${each.node ? each.text : each.name || t("Excerpt without a name")}</h2>
        <p><b>${nameOfPage(each)}</b>${each.label && each.title ? html` <span>${each.title}</span>` : nothing}</p>
        ${this.#doubts(each)}
        ${words ? html`<blockquote>${words}</blockquote>` : nothing}
        ${marked ? html`<p class="excerpt-marked">${t("Marked:")} <mark>${marked}</mark></p>` : nothing}
        ${this.#where(each)}
      </div>
      ${
        this.#edits
          ? html`<div class="excerpt-acts">
        ${isDoubtful(each) && !gone ? html`<button type="button" class="button primary" @click=${() => this.#change(each, { checked: true }, () => t("It is noted that the place is right."))}>${icon("check")}${t("The place is right")}</button>` : nothing}
        ${
          gone
            ? nothing
            : html`${rects.map((_rect, n) => html`<button type="button" class="button" @click=${() => this.#mend(each, n)}>${icon("scan")}${rects.length > 1 ? t("Draw frame {n} anew", { n: n + 1 }) : t("Draw it anew")}</button>`)}
        <button type="button" class="button" @click=${() => this.#mark(each)}>${icon("highlighter")}${t("Mark words")}</button>`
        }
        ${each.node ? nothing : html`<button type="button" class="button quiet icon-only" title=${t("Rename")} aria-label=${t("Rename")} @click=${() => this.#rename(each)}>${icon("pencil")}</button>`}
        <button type="button" class="button quiet icon-only" title=${t("Remove the excerpt")} aria-label=${t("Remove the excerpt")} @click=${() => this.#remove(each)}>${icon("trash-2")}</button></div>`
          : nothing
      }</li>`
  }

  /** Who put it there, and what leads to it. */
  #where({ node, map, map_title: title, used, by_name, at }) {
    const { case: case_ } = this.dataset
    const name = by_name || t("somebody who is not here any more")
    const steps = used.map(
      (use) =>
        html`<a class="link" href="/cases/${case_}/script?script=${use.script}">${t("{title}, step {n}", use)}</a> `,
    )
    return html`${at ? html`<p class="help">${t("Kept by {name}, {moment}", { name, moment: moment(at) })}</p>` : nothing}
      <p class="help excerpt-used">${
        node
          ? html`${icon("network")}<a class="link" href="/cases/${case_}/maps/${map}#${node}">${t("On a node of {title}", { title })}</a>`
          : used.length
            ? html`${icon("presentation")}${steps}`
            : t("No script shows it.")
      }</p>`
  }

  #picture(each) {
    const look = () =>
      showCasePage({ ...each, case: this.dataset.case, label: each.label || String(each.page), excerpt: each.id })
    return html`<button type="button" class="excerpt-picture" aria-label=${t("Look at {page}", { page: nameOfPage(each) })} @click=${look}>
      <img src=${pageUrl(each.document, each.page, SMALL)} alt="" loading="lazy" decoding="async">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${each.rects.map((rect) => rectangle(rect, ""))}${readMarks(each.marks).map((mark) => rectangle(mark, "mark"))}</svg></button>`
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
    const answer = each.node ? await this.#changeOnNode(each, json) : await this.#changeKept(each, json)
    this.#busy = ""
    if (answer.ok) toast(words(answer.body), more)
    else toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    await this.#read()
  }

  #changeKept({ id, rev }, json) {
    return ask(`${this.#path}/${encodeURIComponent(id)}`, { method: "PATCH", json: { rev, ...json } })
  }

  /** Of one that stands on a node the map changes. */
  #changeOnNode({ map, node, document, page, rects }, { rects: drawn, marks, checked, removed, undo }) {
    const maps = `/api/cases/${this.dataset.case}/maps/${map}`
    if (undo) return ask(`${maps}/ops`, { method: "POST", json: { id: uid(), rev: 0, undo: { op: undo } } })
    const set = { ...(drawn && { rect: drawn[0] }), ...(marks && { marks }) }
    const what = checked ? { checked } : removed ? { removed } : { set }
    const json = { document, page, rect: rects[0], ...what }
    return ask(`${this.#path}/nodes/${map}/${encodeURIComponent(node)}`, { method: "PATCH", json })
  }

  async #mark(each) {
    const marks = await markWords(each)
    if (marks && !sameMarks(marks, each.marks))
      await this.#change(each, { marks }, ({ steps }) =>
        steps
          ? tn(
              "The marks are kept; {n} step of a script goes with them.",
              "The marks are kept; {n} steps of scripts go with them.",
              steps,
            )
          : t("The marks are kept with the excerpt."),
      )
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
    let undo = ""
    const again = () => (each.node ? { undo } : { removed: false })
    const back = () => this.#change({ ...each, rev: undefined }, again(), () => t("The excerpt is there again."))
    const said = (answer) => {
      undo = answer.op ?? ""
      return each.node
        ? t("The excerpt was removed; its number stays at the node.")
        : t("The excerpt was removed; its page and the steps of scripts stay.")
    }
    await this.#change(each, { removed: true }, said, { kind: "info", action: t("Undo"), act: back })
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
