/** <template-desk>: skeletons of text for the minutes, written in the same editor as the minutes themselves. */

import { api } from "../../lib/api.js"
import { attempt } from "../../lib/attempt.js"
import { confirm } from "../../lib/dialog.js"
import { loadEditor, RichEditor } from "../../lib/editor.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { tooMuchWords } from "../../lib/paste-limits.js"
import { PlainEditor } from "../../lib/plain-editor.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { liveOf } from "./note-live.js"
import { drawToolbar, focusToolbar } from "./note-toolbar.js"

const URL_ = "/api/minutes-templates"
const isTemplate = shaped({ id: "string", kind: "string", title: "string", html: "string" })
const EMPTY = { id: "", kind: "", title: "", html: "" }

export class TemplateDesk extends HTMLElement {
  editor = undefined
  /** The toolbar has only what is there without a meeting. */
  withoutMeeting = true

  #kinds = JSON.parse(document.getElementById("boot").textContent).kinds
  #templates = []
  #open = undefined
  #changed = false
  #busy = false

  async connectedCallback() {
    this.#draw()
    await this.#read()
    this.#choose(this.#templates[0] ?? EMPTY)
    window.addEventListener("beforeunload", (event) => this.#changed && event.preventDefault())
  }

  async #read() {
    const answer = await attempt(api("GET", URL_, undefined, shaped({ templates: "list" })))
    if (answer) this.#templates = answer.templates
    this.#draw()
  }

  #draw() {
    const open = this.#open
    render(
      html`
      <nav class="template-list" aria-label=${t("Templates of minutes")}>
        <button type="button" class="button" @click=${() => this.#leaveFor(EMPTY)}>${icon("plus")}${t("New template")}</button>
        <ul>${this.#templates.map(
          (
            one,
          ) => html`<li><button type="button" class="wide-row" aria-current=${one.id === open?.id} @click=${() => this.#leaveFor(one)}>
            <span class="grow"><b>${one.title}</b><span class="help block">${this.#kindWords(one.kind)}</span></span></button></li>`,
        )}</ul>
        ${this.#templates.length ? nothing : html`<p class="quiet-text">${t("No templates yet.")}</p>`}
      </nav>
      ${
        open
          ? html`<form class="template-form card" @submit=${(event) => {
              event.preventDefault()
              this.#save(event.target.elements)
            }} @input=${() => {
              this.#changed = true
            }}>
        <div class="field"><label for="template-title">${t("Title")}</label>
          <input id="template-title" name="title" type="text" maxlength="120" required .value=${open.title}></div>
        <div class="field"><label for="template-kind">${t("Kind of meeting")}</label>
          <select class="input" id="template-kind" name="kind">
            <option value="" .selected=${!open.kind}>${t("Every kind")}</option>
            ${this.#kinds.map(({ code, words }) => html`<option value=${code} .selected=${code === open.kind}>${words}</option>`)}
          </select></div>
        <div class="field"><span class="label" id="template-text">${t("Text")}</span>
          <div class="note-frame"><div class="note-toolbar" role="toolbar" aria-label=${t("Looks of the text")}></div><div class="note-sheet"></div></div></div>
        <div class="buttons">
          <button type="submit" class="button primary" ?disabled=${this.#busy}>${t("Save")}</button>
          ${open.id ? html`<button type="button" class="button danger" ?disabled=${this.#busy} @click=${() => this.#remove()}>${icon("trash-2")}${t("Delete")}</button>` : nothing}
        </div>
      </form>`
          : nothing
      }`,
      this,
    )
  }

  async #leaveFor(template) {
    if (this.#changed) {
      const yes = await confirm({
        title: t("Leave without saving?"),
        text: t("What you have changed in this template is lost."),
        yes: t("Leave it"),
        danger: true,
      })
      if (!yes) return
    }
    this.#choose(template)
  }

  async #choose(template) {
    this.#open = template
    this.#changed = false
    this.#draw()
    await this.#mount()
    this.editor.setHtml(template.html)
    this.#changed = false
    this.#tools()
  }

  async #mount() {
    if (this.editor) return
    const pm = await loadEditor().catch(() => undefined)
    const place = this.querySelector(".note-sheet")
    const how = {
      html: "",
      editable: true,
      label: "template-text",
      placeholder: t("For example: 1. Report; 2. Opinions; 3. What was agreed"),
      changed: () => {
        this.#changed = true
        this.#tools()
      },
      moved: () => this.#tools(),
      focused: () => undefined,
      toolbar: () => focusToolbar(this),
      pictures: () =>
        toast(t("Pictures are not taken into the text: attach them as papers."), { kind: "warn", seconds: 8 }),
      tooMuch: (much) => toast(tooMuchWords(much), { kind: "warn", seconds: 12 }),
      live: (kind, ref) => liveOf(undefined, "", kind, ref),
      words: { asText: t("Turn into text"), remove: t("Remove") },
    }
    this.editor ??= pm ? new RichEditor(pm, place, how) : new PlainEditor(place, how)
  }

  #tools() {
    const place = this.querySelector(".note-toolbar")
    if (place && this.editor) drawToolbar(place, this)
  }

  async #save({ title, kind }) {
    this.#busy = true
    this.#draw()
    const { id } = this.#open
    const wish = { title: title.value.trim(), kind: kind.value, html: this.editor.html }
    const done = await attempt(
      api(id ? "PUT" : "POST", id ? `${URL_}/${encodeURIComponent(id)}` : URL_, wish, isTemplate),
    )
    this.#busy = false
    if (done) {
      this.#changed = false
      this.#open = done
      toast(t("The template is saved."), { kind: "good" })
      await this.#read()
    }
    this.#draw()
  }

  async #remove() {
    const { id, title } = this.#open
    const yes = await confirm({ title: t("Delete the template “{title}”?", { title }), yes: t("Delete"), danger: true })
    if (!yes) return
    if (!(await attempt(api("DELETE", `${URL_}/${encodeURIComponent(id)}`)))) return
    this.#changed = false
    await this.#read()
    this.#choose(this.#templates[0] ?? EMPTY)
  }

  #kindWords(kind) {
    return this.#kinds.find(({ code }) => code === kind)?.words ?? t("Every kind")
  }
}

customElements.define("template-desk", TemplateDesk)
