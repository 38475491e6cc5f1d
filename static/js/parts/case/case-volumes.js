/** <case-volumes>: the volumes of a case with their documents; a document is opened in the reader. */

import { caseData, boot } from "../../case/case-data.js"
import { api, NOTHING } from "../../lib/api.js"
import { written } from "../../lib/day-field.js"
import { dayInput } from "../../lib/day-input.js"
import { confirm, show } from "../../lib/dialog.js"
import { keepFocus } from "../../lib/focus.js"
import { html, nothing, render } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { openPaper } from "../page/paper-viewer.js"
import { warningsOf } from "../prepare/paper-warnings.js"

const STAGES = {
  queued: () => t("waiting"),
  checking: () => t("being looked at"),
  converting: () => t("being converted"),
  rendering: () => t("pages are being drawn"),
}

/** Of so many documents a case is a list of its volumes first: the one that is opened shows what is in it. */
const MOST_OPEN = 40

class CaseVolumes extends HTMLElement {
  #opened = new Set()

  connectedCallback() {
    this.data = caseData()
    this.data.addEventListener("change", () => this.#draw())
    window.addEventListener("beforeprint", () => this.#print())
    this.#draw()
  }

  #draw() {
    keepFocus(this, () => this.#drawn())
  }

  /** On paper a case has all its documents. */
  #print() {
    const folded = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (this.querySelectorAll(".volume:not([open])"))]
    const open = (are) => {
      for (const volume of folded) volume.open = are
    }
    open(true)
    window.addEventListener("afterprint", () => open(false), { once: true })
  }

  #drawn() {
    const { now } = this.data
    if (!now) return render(html`<p class="help" role="status">${t("Loading…")}</p>`, this)
    const { volumes } = now
    if (!volumes.length) return render(nobody(), this)
    const all = this.data.documents.length <= MOST_OPEN
    for (const volume of volumes)
      if (all || volume.documents.some(({ status }) => status === "processing")) this.#opened.add(volume.id)
    render(
      html`${volumes.map(
        (volume) => html`<details class="card volume" ?open=${this.#opened.has(volume.id)}>
        <summary>${icon("chevron-right")}<h3>${t("Volume no. {n}", { n: volume.no })}${volume.title ? html` – ${volume.title}` : nothing}</h3>
          <span class="help">${countOf(volume)}</span>
          ${volume.checked_at ? html`<span class="badge good">${icon("badge-check")}${t("Checked against the paper file")}</span>` : nothing}</summary>
        ${volume.documents.length ? html`<ul class="rows wraps plain">${volume.documents.map((one) => this.#row(one))}</ul>` : html`<p class="help">${t("No document in this volume yet.")}</p>`}
        ${boot.edit ? this.#acts(volume) : nothing}
      </details>`,
      )}`,
      this,
    )
  }

  #row(one) {
    return html`<li data-document=${one.id}>
      <div class="grow">
        <button type="button" class="link-button case-open" ?disabled=${!one.ready_pages} @click=${() => open(one)}>${one.title}</button>
        <span class="help">${[sheets(one), one.date && written(one.date), one.kind, one.pages && tn("{n} page", "{n} pages", one.pages)].filter(Boolean).join(" · ")}</span>
        ${progress(one)}
        ${one.failed_pages.length ? html`<span class="error">${icon("circle-alert")}<span>${notDrawn(one.failed_pages)}</span></span>` : nothing}
        ${one.stamps.map((each) => html`<span class="badge bad">${icon("shield-alert")}${t("Stamp {stamp} on page {page}", each)}</span>`)}
        ${boot.edit ? warningsOf(paperOf(one), one.warnings) : nothing}
      </div>
      ${
        boot.edit
          ? html`${one.status === "failed" || one.failed_pages.length ? html`<button type="button" class="button compact" @click=${() => this.#act("POST", one, "/retry")}>${icon("refresh-cw")}${t("Try again")}</button>` : nothing}
        <button type="button" class="button quiet icon-only" aria-label=${t("Change {title}", one)} @click=${() => this.#change(one)}>${icon("pencil")}</button>
        <button type="button" class="button quiet icon-only" aria-label=${t("Remove {title}", one)} @click=${() => this.#remove(one)}>${icon("trash-2")}</button>`
          : nothing
      }
    </li>`
  }

  #acts(volume) {
    return html`<p class="buttons"><button type="button" class="button quiet compact" @click=${() => this.#name(volume)}>${icon("pencil")}${t("Name the volume")}</button>
      ${volume.documents.length ? nothing : html`<button type="button" class="button quiet compact" @click=${() => this.#send("DELETE", `/volumes/${volume.id}`)}>${icon("trash-2")}${t("Remove the volume")}</button>`}</p>`
  }

  async #name(volume) {
    const found = await fields(t("Volume no. {n}", { n: volume.no }), [["title", t("Title"), volume.title]])
    if (found) this.#send("PATCH", `/volumes/${volume.id}`, found)
  }

  async #change(one) {
    const number = this.data.now.volumes.find((volume) => volume.id === one.volume)?.no ?? 1
    const found = await fields(t("Document"), [
      ["title", t("Title"), one.title],
      ["volume", t("Volume"), String(number), "number"],
      ["bl_from", t("From BL"), one.bl_from],
      ["bl_to", t("To BL"), one.bl_to],
      ["kind", t("Kind of document"), one.kind],
      ["date", t("Date"), one.date, "day"],
    ])
    if (found) this.#send("PATCH", `/documents/${one.id}`, found)
  }

  async #remove(one) {
    const sure = await confirm({
      title: t("Remove {title}?", one),
      text: t("The document, its pages and its file are deleted from the case."),
      yes: t("Delete"),
      danger: true,
    })
    if (sure) this.#act("DELETE", one)
  }

  #act(method, one, more = "") {
    return this.#send(method, `/documents/${one.id}${more}`)
  }

  async #send(method, path, json = undefined) {
    try {
      await api(method, this.data.path + path, json, method === "DELETE" ? NOTHING : undefined)
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.data.refresh()
  }
}

/** A document in the reader; its pages can be read while others are still drawn. */
const open = (one) => openPaper(paperOf(one))

const paperOf = (one) => ({
  document: one.id,
  about: `${caseData().path}/documents/${encodeURIComponent(one.id)}`,
  title: one.title,
  pages: one.pages,
  shape: one.shape,
  t: one.t,
  download: boot.edit,
  mode: boot.edit ? "open" : "view",
})

const notDrawn = (pages) =>
  tn("Page {list} could not be drawn", "Pages {list} could not be drawn", pages.length, { list: pages.join(", ") })

const nobody = () =>
  html`<section class="state">${icon("folder-open")}<h3>${t("No document in this case yet")}</h3><p>${t("Scanned volumes, single documents, pictures or a ZIP of them come in above.")}</p></section>`

const countOf = (volume) => {
  const pages = volume.documents.reduce((sum, one) => sum + one.pages, 0)
  const counting = volume.documents.some((one) => one.status === "processing" && !one.pages)
  const said = counting ? t("pages are still being counted") : tn("{n} page", "{n} pages", pages)
  return `${tn("{n} document", "{n} documents", volume.documents.length)} · ${said}`
}

const sheets = (one) =>
  !one.bl_from ? "" : one.bl_to && one.bl_to !== one.bl_from ? `BL ${one.bl_from}–${one.bl_to}` : `BL ${one.bl_from}`

function progress(one) {
  if (one.status === "failed")
    return html`<span class="error">${icon("circle-alert")}<span>${one.error.message}</span></span>`
  if (one.status !== "processing") return nothing
  const words = STAGES[one.stage]?.() ?? t("being prepared")
  const part = one.pages ? t("{ready} of {pages} pages can be read", { ready: one.ready_pages, pages: one.pages }) : ""
  return html`<progress max="1" .value=${one.progress} aria-label=${words}></progress><span class="help" role="status">${[words, part].filter(Boolean).join(" · ")}</span>`
}

/** A dialog with text fields: [name, label, value, type]; what was typed, or null. @returns {Promise<any>} */
export function fields(title, rows) {
  return show(
    (close) => html`<form method="dialog" @submit=${(event) => {
      event.preventDefault()
      /** @type {any} */
      const typed = Object.fromEntries(new FormData(event.target))
      if (typed.volume) typed.volume = Number(typed.volume)
      close(typed)
    }}>
      <div class="dialog-body"><h2>${title}</h2>
        ${rows.map(
          ([name, label, value, type = "text"], n) => html`<div class="field"><label for="case-${name}">${label}</label>
          ${
            type === "day"
              ? dayInput({ id: `case-${name}`, name, value })
              : html`<input class="input" id="case-${name}" name=${name} type=${type} min=${type === "number" ? 1 : nothing} .value=${value ?? ""} ?autofocus=${!n} autocomplete="off">`
          }</div>`,
        )}</div>
      <div class="dialog-actions"><button class="button" type="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button primary" type="submit">${t("Save")}</button></div>
    </form>`,
  )
}

customElements.define("case-volumes", CaseVolumes)
