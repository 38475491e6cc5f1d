/** Files that belong to no item: withdrawn papers, and those whose item was removed while they were processed. */

import { choose, confirm } from "../../lib/dialog.js"
import { html, nothing, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t, tn } from "../../lib/t.js"
import { thumb } from "../../pages/thumb.js"
import { openPaper } from "../page/paper-viewer.js"
import { recognitionOf } from "./paper-recognition.js"
import { warningsOf } from "./paper-warnings.js"
import { Part } from "../core/part.js"
import { comingRow } from "./prepare-coming.js"
import { attachedIn, documentsOf, isSecret, mayPrepare } from "./prepare-right.js"
import { complain, doCommand } from "./prepare-command.js"

export class PrepareLoose extends Part {
  watches = ["meeting", "agenda", "papers", "roll"]
  emptyAtFirst = true

  started(meeting) {
    this.listensTo(documentsOf(meeting))
  }

  draw(view, meeting) {
    const write = mayPrepare(view, meeting)
    const attached = attachedIn(view)
    const loose = documentsOf(meeting).all.filter(
      (one) =>
        !attached.has(one.id) &&
        (one.status === "ready" ? !justReady(one, meeting.now()) : !view.agenda.items[one.item]),
    )
    if (!write || isSecret(view) || !loose.length) return nothing
    return html`
      <section class="loose">
        <h2>${t("Files with no item")}</h2>
        <p class="help">${t("Withdrawn papers, and files whose item was removed. Nobody but those who prepare sees them.")}</p>
        <ul class="paper-list plain">
          ${repeat(
            loose,
            ({ id }) => id,
            (one) =>
              one.status === "ready"
                ? this.#row(one)
                : comingRow(one, {
                    write,
                    worker: documentsOf(meeting).worker,
                    retry: () => documentsOf(meeting).retry(one.id).catch(complain),
                    remove: () => this.#remove(one),
                  }),
          )}
        </ul>
      </section>`
  }

  #row(one) {
    const paper = { title: one.title, document: one.id, pages: one.pages, shape: one.shape, download: true }
    return html`
      <li class=${one.warnings?.length ? "paper-row warned" : "paper-row"}>
        <button class="paper-open" type="button" @click=${() => openPaper(paper)} aria-label=${t("Open “{title}”", { title: one.title })}>
          ${thumb(one.id, 1, { lazy: true, width: 40, height: 54 })}
          <span class="grow"><b>${one.title}</b><span class="help">${tn("{n} page", "{n} pages", one.pages)}</span>${recognitionOf(one)}</span></button>
        <div class="item-tools">
          <button class="button quiet" type="button" @click=${() => this.#attach(one)}>${icon("paperclip")}${t("Put with an item")}</button>
          <button class="button quiet icon-only" type="button" aria-label=${t("Delete: {title}", { title: one.title })} @click=${() => this.#remove(one)}>${icon("trash-2")}</button>
        </div>
        ${warningsOf(paper, one.warnings)}
      </li>`
  }

  async #attach(one) {
    const { order, items } = this.meeting.view.agenda
    const item = await choose({
      title: t("With which item?"),
      options: order.map((id, n) => ({ value: id, label: `${n + 1}. ${items[id].title}` })),
    })
    if (item) await doCommand(this.meeting, "attach_paper", { item, document: one.id })
  }

  async #remove(one) {
    const sure = await confirm({
      title: t("Delete this file?"),
      text: t("“{title}” is deleted from this server.", { title: one.title || one.filename }),
      yes: t("Delete"),
      danger: true,
    })
    if (sure) await documentsOf(this.meeting).remove(one.id).catch(complain)
  }
}

// Between the last page and the log's word that it is a paper there is a moment in which it is neither.
const justReady = (one, now) => now - (one.at || 0) < 30000

customElements.define("prepare-loose", PrepareLoose)
