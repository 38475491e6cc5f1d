/** The mind maps of a case: listed, begun from a template, brought in from a file or a pasted outline. */

import "./desk.js"
import { ask, unanswered } from "../lib/ask.js"
import { show } from "../lib/dialog.js"
import { html, nothing, render } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { t } from "../lib/t.js"
import { moment } from "../lib/time.js"
import { toast } from "../lib/toast.js"

const KINDS = ".xmind,.mm,.opml,.md,.txt,.xlsx"

class CaseMaps extends HTMLElement {
  connectedCallback() {
    this.at = `/api/cases/${this.dataset.case}/maps`
    this.edits = "edits" in this.dataset
    /** What the server said of the file that was brought in. @type {any} */
    this.remarks = null
    /** @type {any[]} */
    this.maps = []
    /** @type {any[]} */
    this.removed = []
    this.busy = false
    this.read()
  }

  async read() {
    const answer = await ask(this.at)
    if (!answer.ok) return render(html`<p class="state">${why(answer)}</p>`, this)
    Object.assign(this, answer.body)
    this.draw()
  }

  draw() {
    render(
      html`${this.edits ? this.ways() : nothing} ${this.remarks ? this.report() : nothing}
        ${
          this.maps.length
            ? html`<ul class="rows plain">${this.maps.map((each) => this.line(each))}</ul>
              ${this.maps.length > 1 ? html`<p class="maps-all"><a class="link" href="${this.at}.xmind">${icon("download")}${t("All maps in one XMind file")}</a> <a class="link" href="${this.at}.xmind?format=8">${t("for XMind 8")}</a></p>` : nothing}`
            : html`<section class="state">${icon("git-branch")}<h2>${t("No mind map yet")}</h2>${this.edits ? html`<p>${t("Begin one from a template of the matter, or bring in what you have in XMind.")}</p>` : nothing}</section>`
        }
        ${
          this.removed.length
            ? html`<details class="maps-removed"><summary>${t("Removed maps")} (${this.removed.length})</summary><ul class="rows plain">${this.removed.map((each) => html`<li><span class="grow">${each.title}</span><button class="button" type="button" @click=${() => this.change(each.id, { removed: false })}>${t("Bring back")}</button></li>`)}</ul></details>`
            : nothing
        }`,
      this,
    )
  }

  ways() {
    return html`<div class="maps-ways">
      <button class="button primary" type="button" @click=${() => this.begin()}>${icon("plus")}${t("New mind map")}</button>
      <label class="button" aria-busy=${this.busy ? "true" : nothing}>${icon("upload")}${t("Import a file")}<input class="visually-hidden" type="file" accept=${KINDS} ?disabled=${this.busy} @change=${(event) => this.bring(event.target)}></label>
      <button class="button" type="button" @click=${() => this.paste()}>${icon("clipboard-list")}${t("Paste an outline")}</button>
      <p class="help">${t("XMind (of any year), FreeMind, OPML, Markdown, indented text, XLSX")}</p>
    </div>`
  }

  line(each) {
    return html`<li><a class="maps-name grow" href="/cases/${this.dataset.case}/maps/${each.id}"><b>${each.title}</b>
      <span class="help block">${t("changed {time}", { time: moment(each.changed_at) })}${each.source ? ` · ${each.source}` : ""}</span></a>
      <span class="badge ${each.version ? "good" : ""}">${each.version ? t("Version {n}", { n: each.version }) : t("Draft")}</span>
      ${this.edits ? html`<button class="button quiet icon-only" type="button" aria-label=${t("Remove {title}", { title: each.title })} @click=${() => this.remove(each)}>${icon("trash-2")}</button>` : nothing}</li>`
  }

  report() {
    const { title, remarks, id, maps = [], files = [] } = this.remarks
    return html`<section class="notice ${remarks.length ? "warn" : "good"} maps-report" role="status">${icon(remarks.length ? "triangle-alert" : "circle-check")}
      <div class="grow"><p><b>${t("“{title}” was brought in.", { title })}</b> <a href="/cases/${this.dataset.case}/maps/${id}">${t("Open it")}</a></p>
      ${maps.length > 1 ? html`<p>${t("Each sheet of the file is a map of its own:")} ${maps.map((each, n) => html`${n ? ", " : ""}<a href="/cases/${this.dataset.case}/maps/${each.id}">${each.title}</a>`)}</p>` : nothing}
      ${files.length ? html`<p>${t("These files came inside it. Take in what belongs to the case file:")}</p><ul class="plain maps-files">${files.map((each) => html`<li><span class="grow">${each.name}</span>${each.document ? html`<span class="badge good">${t("in the case file")}</span>` : html`<button class="button compact" type="button" @click=${() => this.takeIn(each)}>${icon("folder-open")}${t("Take it into the case file")}</button>`}</li>`)}</ul>` : nothing}
      ${remarks.length ? html`<p>${t("Not everything could be taken as it stood:")}</p><ul>${remarks.map((each) => html`<li>${each.text}</li>`)}</ul>` : nothing}</div></section>`
  }

  async begin() {
    const answer = await ask("/api/map-templates")
    if (!answer.ok) return toast(why(answer), { kind: "bad" })
    const wish = { title: this.dataset.title || "", template: "criminal" }
    const chosen = await show(
      (close) => html`<div class="dialog-body"><h2>${t("New mind map")}</h2>
        <div class="field"><label for="new-title">${t("Title")}</label><input class="input" id="new-title" maxlength="200" .value=${wish.title} @input=${(event) => (wish.title = event.target.value)}></div>
        <div class="field"><label for="new-template">${t("Template")}</label><select class="input" id="new-template" @change=${(event) => (wish.template = event.target.value)}>${answer.body.templates.map((each) => html`<option value=${each.id}>${each.title}</option>`)}</select></div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="button" @click=${() => close(wish)}>${t("Begin")}</button></div>`,
      { label: t("New mind map") },
    )
    if (chosen) this.make(chosen)
  }

  async paste() {
    const wish = { title: "", text: "" }
    const chosen = await show(
      (
        close,
      ) => html`<h2>${t("Paste an outline")}</h2><p class="help">${t("A line is a node; a line that stands further in hangs below it. A citation at its end, (BL 84-86), becomes its BL.")}</p>
        <div class="field"><label for="paste-title">${t("Title")}</label><input class="input" id="paste-title" maxlength="200" @input=${(event) => (wish.title = event.target.value)}></div>
        <div class="field"><label for="paste-text">${t("Outline")}</label><textarea class="input" id="paste-text" rows="10" @input=${(event) => (wish.text = event.target.value)}></textarea></div>
        <div class="buttons"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="button" @click=${() => close(wish.text.trim() ? wish : null)}>${t("Make a map of it")}</button></div>`,
      { wide: true, label: t("Paste an outline") },
    )
    if (chosen) this.make(chosen)
  }

  async make(wish) {
    const answer = await ask(this.at, { method: "POST", json: wish })
    if (!answer.ok) return toast(why(answer), { kind: "bad" })
    location.href = `/cases/${this.dataset.case}/maps/${answer.body.id}`
  }

  async bring(field) {
    const [file] = field.files
    if (!file) return
    const form = new FormData()
    form.append("file", file)
    this.busy = true
    this.draw()
    const answer = await ask(this.at, { method: "POST", form })
    this.busy = false
    field.value = ""
    if (answer.ok) this.remarks = answer.body
    else toast(why(answer), { kind: "bad" })
    this.read()
  }

  async takeIn(file) {
    const answer = await ask(`${this.at}/${file.map}/files/${file.sha}/document`, { method: "POST" })
    if (!answer.ok) return toast(why(answer), { kind: "bad" })
    file.document = answer.body.id
    this.draw()
  }

  async remove(each) {
    await this.change(each.id, { removed: true })
    toast(t("“{title}” was removed.", { title: each.title }), {
      kind: "info",
      action: t("Undo"),
      act: () => this.change(each.id, { removed: false }),
    })
  }

  async change(id, wish) {
    const answer = await ask(`${this.at}/${id}`, { method: "PATCH", json: wish })
    if (!answer.ok) toast(why(answer), { kind: "bad" })
    this.read()
  }
}

const why = (answer) => (answer.status ? answer.body.error.message : unanswered(answer))

customElements.define("case-maps", CaseMaps)
