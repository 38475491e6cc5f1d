/** The papers of one agenda item: those that are there, those on their way, and the place where new ones are dropped. */

import { confirm } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { openOpenings } from "../page/paper-openings.js"
import { openPaper } from "../page/paper-viewer.js"
import { openVersions } from "../page/paper-versions.js"
import { recognitionOf } from "./paper-recognition.js"
import { release } from "./paper-release.js"
import { warningsOf } from "./paper-warnings.js"
import { Part } from "../core/part.js"
import { incomingRows } from "./prepare-coming.js"
import { editPaper } from "./prepare-paper-dialog.js"
import { editReaders } from "./prepare-readers.js"
import { rightsInWords } from "./prepare-rights-words.js"
import { attachedIn, documentsOf, isSecret, mayPrepare } from "./prepare-right.js"
import { complain, doCommand } from "./prepare-command.js"

export class PreparePapers extends Part {
  watches = ["meeting", "agenda", "papers", "stage", "roll"]
  emptyAtFirst = true
  #item
  #over = 0

  get item() {
    return this.#item
  }
  set item(item) {
    this.#item = item
    if (this.isConnected) this.redraw()
  }

  started(meeting) {
    this.listensTo(documentsOf(meeting))
    this.listensTo(this, "dragenter", (event) => this.#drag(event, 1))
    this.listensTo(this, "dragleave", (event) => this.#drag(event, -1))
    this.listensTo(this, "dragover", (event) => {
      if (this.#takes(event)) event.preventDefault()
    })
    this.listensTo(this, "drop", (event) => this.#drop(event))
  }

  // Nothing before the first view: the agenda around it says that it is loading.

  draw(view, meeting) {
    const item = view.agenda.items[this.#item]
    if (!item || isSecret(view)) return nothing
    const write = mayPrepare(view, meeting)
    const documents = documentsOf(meeting)
    const papers = (item.papers || []).filter((id) => view.papers[id] && !view.papers[id].limited)
    const sending = documents.sending.filter((one) => one.item === this.#item)
    const coming = documents.pending(this.#item, attachedIn(view))
    this.classList.toggle("over", write && this.#over > 0)
    return html`
      <div class="papers">
        ${
          papers.length || sending.length || coming.length
            ? html`
          <ul class="paper-list plain">
            ${repeat(
              papers,
              (id) => id,
              (id, n) => this.#row(view, id, { n, all: papers, write }),
            )}
            ${incomingRows(coming, sending, documents, {
              write,
              retry: (one) => this.#again(one),
              remove: (one) => this.#discard(one),
            })}
          </ul>`
            : nothing
        }
        ${
          write
            ? html`
          <div class="paper-add">
            <label class="button quiet">${icon("upload")}${t("Add papers")}
              <input class="visually-hidden" type="file" multiple accept=${documents.kinds.map((kind) => `.${kind}`).join(",")} @change=${this.#chosen}></label>
            <span class="help drop-hint">${t("or drop files here")}</span>
          </div>`
            : nothing
        }
      </div>`
  }

  #row(view, id, { n, all, write }) {
    const paper = view.papers[id]
    const shown = view.stage.paper === id
    const found = documentsOf(this.meeting).find(paper.document)
    return html`
      <li class=${write && found?.warnings?.length ? "paper-row warned" : "paper-row"} data-paper=${id}>
        <button class="paper-open" type="button" @click=${() => openPaper(paper)} aria-label=${t("Open “{title}”", { title: paper.title })}>
          ${thumb(paper.document, 1, { lazy: true, width: 40, height: 54 })}
          <span class="grow"><b>${paper.title}</b>
            <span class="with-dots help"><span>${tn("{n} page", "{n} pages", paper.pages)}</span>${paper.version ? html`<span>${t("Version {n}", { n: paper.version })}</span>` : nothing}
              ${rightsInWords(view, paper).map((words) => html`<span>${words}</span>`)}</span>
            ${remark(found)}${recognitionOf(found)}</span>
        </button>
        ${shown ? html`<span class="badge live">${icon("presentation")}${t("On the screens")}</span>` : nothing}
        ${
          write
            ? html`
          <div class="item-tools">
            <button class="button quiet icon-only" type="button" ?disabled=${n === 0} aria-label=${t("Move up: {title}", { title: paper.title })} @click=${() => this.#shift(id, all, n, -1)}>${icon("arrow-up")}</button>
            <button class="button quiet icon-only" type="button" ?disabled=${n === all.length - 1} aria-label=${t("Move down: {title}", { title: paper.title })} @click=${() => this.#shift(id, all, n, 1)}>${icon("arrow-down")}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t("Change: {title}", { title: paper.title })} @click=${() => editPaper(this.meeting, id)}>${icon("sliders-horizontal")}</button>
            <button class="button quiet icon-only versions-of" type="button" title=${t("Replace with a new version …")} aria-label=${t("Versions of “{title}”", { title: paper.title })} @click=${() => openVersions(this.meeting, id)}>${icon("copy")}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t("Who may read: {title}", { title: paper.title })} @click=${() => editReaders(this.meeting, id)}>${icon("users")}</button>
            <button class="button quiet icon-only" type="button" title=${t("Who has opened it")} aria-label=${t("Who has opened: {title}", { title: paper.title })} @click=${() => openOpenings(id)}>${icon("eye")}</button>
            <button class="button quiet icon-only" type="button" aria-label=${t("Withdraw: {title}", { title: paper.title })} @click=${() => this.#withdraw(id)}>${icon("trash-2")}</button>
          </div>`
            : nothing
        }
        ${write ? warningsOf(paper, found?.warnings) : nothing}
        ${
          write && found?.warnings?.length && paper.readers === "staff"
            ? html`
          <div class="paper-held"><span class="grow">${t("Only the staff can read this paper until it is released.")}</span>
            <button class="button" type="button" aria-label=${t("Release to participants: {title}", { title: paper.title })} @click=${() => this.#release(id)}>${icon("users")}${t("Release to participants")}</button></div>`
            : nothing
        }
      </li>`
  }

  #shift(id, all, n, step) {
    const before = step < 0 ? all[n - 1] : all[n + 2]
    doCommand(this.meeting, "move_paper", { paper: id, item: this.#item, ...(before && { before }) })
  }

  #release(id) {
    release(this.meeting, id)
  }

  async #withdraw(id) {
    const { title } = this.meeting.view.papers[id]
    const sure = await confirm({
      title: t("Withdraw this paper?"),
      text: t("“{title}” disappears from all screens; nobody can open it any more.", { title }),
      yes: t("Withdraw"),
      danger: true,
    })
    if (sure) await doCommand(this.meeting, "withdraw_paper", { paper: id })
  }

  async #discard(one) {
    const sure =
      one.status === "failed" ||
      (await confirm({
        title: t("Remove this file?"),
        text: t("“{title}” will not become a paper.", { title: one.title || one.filename }),
        yes: t("Remove"),
        danger: true,
      }))
    if (sure) await documentsOf(this.meeting).remove(one.id).catch(complain)
  }

  #again(one) {
    documentsOf(this.meeting).retry(one.id).catch(complain)
  }

  #chosen = ({ target }) => {
    this.#add([...target.files])
    target.value = ""
  }

  #add(files) {
    if (files.length) documentsOf(this.meeting).add(this.#item, files)
  }

  #takes({ dataTransfer }) {
    return (
      Boolean(dataTransfer) && [...dataTransfer.types].includes("Files") && mayPrepare(this.meeting.view, this.meeting)
    )
  }

  #drag(event, step) {
    if (!this.#takes(event)) return
    event.preventDefault()
    this.#over = Math.max(0, this.#over + step)
    this.classList.toggle("over", this.#over > 0)
  }

  #drop(event) {
    if (!this.#takes(event)) return
    event.preventDefault()
    event.stopPropagation()
    this.#over = 0
    this.classList.remove("over")
    this.#add([...event.dataTransfer.files])
  }
}

/** What the worker had to say about a paper that is there. */
function remark(one) {
  const bad = one?.failed_pages || []
  if (bad.length)
    return html`<span class="why">${tn("Page {list} could not be drawn", "Pages {list} could not be drawn", bad.length, { list: bad.join(", ") })}</span>`
  return one?.only_first
    ? html`<span class="help">${t("only the first {n} pages of the file", { n: one.only_first })}</span>`
    : nothing
}

// A file dropped beside an item would otherwise replace the whole page with itself.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (/** @type {DragEvent} */ event) => {
    if ([...(event.dataTransfer?.types || [])].includes("Files")) event.preventDefault()
  })
}

customElements.define("prepare-papers", PreparePapers)
