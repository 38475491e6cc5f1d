/** The presentation script of a case, to be written: its steps in order, and what they are made of. */

import "./desk.js"
import Sortable from "../../vendor/sortable/sortable.esm.js"
import { findingsOf, isRed, nameOf, STATES } from "../case/script.js"
import { ScriptSync } from "../case/script-sync.js"
import { ask, unanswered } from "../lib/ask.js"
import { show } from "../lib/dialog.js"
import { html, nothing, render } from "../lib/html.js"
import { icon } from "../lib/icon.js"
import { ListOrder } from "../lib/list-order.js"
import { t, tn } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { chooseText } from "../parts/case/two-texts.js"
import { markWords } from "../parts/case/excerpt-frame.js"
import { showCasePage } from "../parts/case/map-page.js"
import { tryOnProjector } from "../parts/case/script-projector.js"
import { tryScript, WHY_NOT } from "../parts/case/script-try.js"
import { ScriptAdd } from "../parts/case/script-add.js"
import { scriptList } from "../parts/case/script-list.js"

const PAUSE = 700

class CaseScript extends HTMLElement {
  connectedCallback() {
    const { case: id, script, maps } = this.dataset
    this.base = `/api/cases/${id}`
    this.sync = new ScriptSync(`${this.base}/${script ? `scripts/${script}` : "script"}`, (what) => this.heard(what))
    this.chosen = ""
    /** "<step>/<field>" → {value, rev, wrong, sending}. @type {Map<string, any>} */
    this.drafts = new Map()
    this.timers = new Map()
    this.order = new ListOrder(Sortable, {
      draggable: ".script-step",
      say: (n, all) => t("Step {n} of {all}", { n, all }),
      send: (step, before) => this.do({ move: { step, before: before ?? "" } }),
      redraw: () => this.draw(),
    })
    this.adding = new ScriptAdd({
      case: id,
      maps: JSON.parse(maps || "[]"),
      add: (steps) => this.add(steps),
      redraw: () => this.draw(),
    })
    this.begin()
  }

  async begin() {
    const answer = await this.sync.read()
    if (!answer.ok)
      return render(html`<p class="state">${answer.status ? answer.body.error.message : unanswered(answer)}</p>`, this)
    this.sync.follow()
    this.addEventListener("keydown", (event) => this.key(event))
    addEventListener("beforeunload", (event) => {
      if (this.sync.waiting || this.drafts.size) event.preventDefault()
    })
  }

  get edits() {
    return Boolean(this.sync.about.may_edit)
  }

  heard(what) {
    if (what === "gone") {
      this.sync.stop()
      return render(
        html`<section class="state">${icon("ban")}<h2>${t("This script is not there any more.")}</h2></section>`,
        this,
      )
    }
    if (this.isConnected && this.sync.map) this.draw()
  }

  /** As it is, or as somebody has just put it in order. */
  get steps() {
    const ids = this.sync.steps.map(({ id }) => id)
    const known = new Map(this.sync.steps.map((step) => [step.id, step]))
    return this.order.shown(ids).map((id) => known.get(id))
  }

  draw() {
    if (this.order.isDragging || !this.sync.map) return
    const { steps, edits } = this
    render(
      html`
      <div class="script-bar">
        <p class="script-count"><b>${tn("{n} step", "{n} steps", steps.length)}</b>${this.findings(steps)}</p>
        <p class="map-saved" role="status">${this.saved()}</p>
        <div class="buttons">
          ${edits ? html`<button class="button quiet icon-only" type="button" title=${t("Take back (Ctrl+Z)")} aria-label=${t("Take back (Ctrl+Z)")} ?disabled=${!this.sync.done.length} @click=${() => this.undo()}>${icon("undo-2")}</button>` : nothing}
          ${edits && steps.length ? html`<button class="button" type="button" @click=${() => this.try()}>${icon("projector")}${t("Try on this screen")}</button>` : nothing}
          ${steps.length ? this.printing() : nothing}
          ${this.menu()}
        </div>
      </div>
      <div class="script-body ${edits ? "" : "reading"}">
        ${
          steps.length
            ? scriptList(steps, { chosen: this.chosen, edits, drafts: this.drafts, acts: this.acts })
            : html`<section class="state">${icon("presentation")}<h2>${t("No step yet")}</h2>${edits ? html`<p>${t("Type numbers of the file, or take the nodes of a map. The steps are references: nothing of the case goes with a step that is taken out.")}</p>` : nothing}</section>`
        }
        ${edits ? html`<aside class="script-aside">${this.adding.draw()}</aside>` : nothing}
      </div>
      <p class="visually-hidden" role="status">${this.order.said}</p>`,
      this,
    )
    this.order.attach(edits ? this.querySelector(".script-steps") : undefined)
  }

  findings(steps) {
    const untried = steps.filter((step) => !step.painted).length
    const tried = steps.length && untried < steps.length
    return html`${this.chips(steps)}${tried ? html`<span class="chip">${icon("projector")}${untried ? t("{n} not tried yet", { n: untried }) : t("all tried")}</span>` : nothing}`
  }

  chips(steps) {
    return findingsOf(steps).map(
      (
        each,
      ) => html`<button type="button" class="chip ${isRed(each.steps[0]) ? "bad" : "warn"}" @click=${() => this.choose(each.steps[0].id)}>
        ${icon("triangle-alert")}${each.steps.length} ${t(STATES[each.state])}</button>`,
    )
  }

  saved() {
    if (!this.edits) return html`<span class="badge">${t("To read")}</span>`
    const { state, savedAt } = this.sync
    if (state === "offline") return html`<span class="bad">${icon("cloud-off")}${t("Not saved: no connection")}</span>`
    if (state === "saving" || this.drafts.size) return html`${icon("loader-circle", { kind: "spin" })}${t("Saving…")}`
    return savedAt ? html`${icon("check")}${t("All saved")}` : nothing
  }

  printing() {
    const at = `${this.sync.address}.pdf`
    return this.edits
      ? html`<details class="menu"><summary class="button">${icon("printer")}${t("Print")}</summary><div class="menu-list">
          <a href=${at} download>${icon("printer")}${t("Script (PDF)")}</a>
          <a href="${at}?notes=1" download>${icon("notebook-pen")}${t("With the presenter's notes (PDF)")}</a></div></details>`
      : html`<a class="button" href=${at} download>${icon("printer")}${t("Print")}</a>`
  }

  menu() {
    const { scripts = [], bin = [], id } = this.sync.about
    if (!this.edits && scripts.length < 2) return nothing
    const case_ = this.dataset.case
    return html`<details class="menu"><summary class="button">${icon("ellipsis-vertical")}<span class="visually-hidden">${t("More")}</span></summary><div class="menu-list">
      ${scripts.filter((each) => each.id !== id).map((each) => html`<a href="/cases/${case_}/script?script=${each.id}">${icon("presentation")}${each.title}${each.is_default ? ` · ${t("presented")}` : ""}</a>`)}
      ${
        this.edits
          ? html`
        <button type="button" @click=${() => this.tryThere()}>${icon("projector")}${t("Try on the projector")}</button>
        <button type="button" @click=${() => this.rename()}>${icon("pencil")}${t("Rename the script")}</button>
        <button type="button" @click=${() => this.another()}>${icon("copy")}${t("Another script with these steps")}</button>
        ${id && !scripts.find((each) => each.id === id)?.is_default ? html`<button type="button" @click=${() => this.present()}>${icon("star")}${t("Present this one")}</button>` : nothing}
        <button type="button" @click=${() => this.bin()}>${icon("trash-2")}${t("Steps taken out")}${bin.length ? ` (${bin.length})` : ""}</button>`
          : nothing
      }</div></details>`
  }

  // What one does

  acts = {
    choose: (id) => this.choose(id),
    look: (page) => showCasePage({ ...page, case: this.dataset.case, label: page.label || String(page.page) }),
    mark: (step) => this.mark(step),
    shift: (id, by) => this.shift(id, by),
    remove: (id) => this.remove(id),
    typed: (id, field, value) => this.typed(id, field, value),
    leave: (id, field) => this.save(`${id}/${field}`),
  }

  choose(id) {
    this.chosen = id
    this.draw()
    this.querySelector('.script-step[aria-current="true"]')?.scrollIntoView({ block: "nearest" })
  }

  async do(wish, rev) {
    const answer = await this.sync.send(wish, rev)
    if (!answer.ok) toast(answer.error?.message ?? t("No connection. Try again in a moment."), { kind: "bad" })
    return answer.ok
  }

  async add(steps) {
    for (let from = 0; from < steps.length; from += 500) {
      const some = steps.slice(from, from + 500)
      if (!(await this.do({ add: { steps: some, ...(this.chosen && { after: this.chosen }) } }))) return
      this.chosen = some[some.length - 1].id
    }
    toast(tn("{n} step was added.", "{n} steps were added.", steps.length), {
      action: t("Undo"),
      act: () => this.undo(),
    })
    this.choose(this.chosen)
  }

  shift(id, by) {
    return this.order.shift(
      this.steps.map((step) => step.id),
      id,
      by,
    )
  }

  async remove(id) {
    const { steps } = this
    const n = steps.findIndex((step) => step.id === id)
    const name = nameOf(steps[n])
    if (!(await this.do({ remove: { steps: [id] } }))) return
    if (this.chosen === id) this.choose(this.steps[Math.min(n, this.steps.length - 1)]?.id ?? "")
    toast(t("“{name}” was taken out of the script; in the case everything stays.", { name }), {
      kind: "info",
      action: t("Undo"),
      act: () => this.undo(),
    })
  }

  /** Words are marked in the excerpt that a step shows. */
  async mark(step) {
    const marks = await markWords({ ...step, marks: step.marks ?? [] })
    if (marks) await this.do({ edit: { step: step.id, set: { marks } } })
  }

  /** Every step is painted once; what was not is said. */
  async try() {
    const { painted, failed, screen } = await tryScript(this.dataset.case, this.steps)
    if (painted.length) {
      const json = { steps: painted, screen }
      const answer = await ask(`${this.base}/scripts/${this.sync.about.id}/tried`, { method: "POST", json })
      if (!answer.ok) return toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
      await this.sync.read()
    }
    if (!failed.length) return toast(tn("{n} step was painted here.", "{n} steps were painted here.", painted.length))
    this.choose(failed[0].id)
    return toast(
      t("Not painted: {names}", {
        names: failed
          .slice(0, 5)
          .map((each) => `${nameOf(each)} (${t(WHY_NOT[each.why])})`)
          .join("; "),
      }),
      { kind: "bad" },
    )
  }

  /** The same on the projector of a meeting that has not begun. */
  async tryThere() {
    const step = await tryOnProjector(`${this.base}/scripts/${this.sync.about.id}/trial`, this.steps)
    await this.sync.read()
    if (step) this.choose(step)
  }

  async undo() {
    const answer = await this.sync.undo()
    if (!answer.ok) toast(answer.error.message, { kind: "bad" })
  }

  typed(id, field, value) {
    const key = `${id}/${field}`
    const draft = this.drafts.get(key)
    this.drafts.set(key, { value, rev: draft?.rev ?? this.sync.map.rev })
    clearTimeout(this.timers.get(key))
    this.timers.set(
      key,
      setTimeout(() => this.save(key), PAUSE),
    )
  }

  async save(key) {
    clearTimeout(this.timers.get(key))
    const draft = this.drafts.get(key)
    if (!draft || draft.sending) return
    draft.sending = true
    const [step, field] = key.split("/")
    const known = this.sync.steps.find((each) => each.id === step)
    if (known?.[field] === draft.value) return this.settled(key, draft)
    const answer = await this.sync.send({ edit: { step, set: { [field]: draft.value } } }, draft.rev)
    const now = this.drafts.get(key)
    if (answer.ok) {
      if (now === draft) this.settled(key, draft)
      else Object.assign(now, { rev: answer.rev }) // more was typed meanwhile, knowing this
    } else if (answer.error.code === "changed") await this.disagreed(key, draft.value, answer.error)
    else {
      // Signed out, the case closed: what was typed stands where it was typed.
      Object.assign(now ?? draft, { sending: false, wrong: answer.error.message })
      toast(answer.error.message, { kind: "bad" })
    }
    if (this.drafts.get(key) && this.drafts.get(key) !== draft) this.save(key)
    return this.draw()
  }

  settled(key, draft) {
    if (this.drafts.get(key) === draft) this.drafts.delete(key)
    this.draw()
  }

  /** Two texts beside each other: one's own is never thrown away by a machine. */
  async disagreed(key, mine, error) {
    const [step, field] = key.split("/")
    const { theirs } = error.conflicts[field]
    const kept = (await chooseText(mine, theirs)) ?? `${theirs}\n${mine}`
    this.drafts.delete(key)
    if (kept !== theirs) await this.do({ edit: { step, set: { [field]: kept } } }, error.rev)
  }

  async rename() {
    const title = await this.#askTitle(t("Rename the script"), this.sync.about.title)
    if (title && (await this.change({ title }))) await this.sync.read()
  }

  async another() {
    const title = await this.#askTitle(t("Another script with these steps"), "")
    if (!title) return
    const answer = await ask(`${this.base}/scripts`, { method: "POST", json: { title, from: this.sync.about.id } })
    if (answer.ok) location.href = `/cases/${this.dataset.case}/script?script=${answer.body.id}`
    else toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
  }

  async present() {
    if (await this.change({ is_default: true })) await this.sync.read()
  }

  async change(json) {
    const answer = await ask(`${this.base}/scripts/${this.sync.about.id}`, { method: "PATCH", json })
    if (!answer.ok) toast(answer.status ? answer.body.error.message : unanswered(answer), { kind: "bad" })
    return answer.ok
  }

  #askTitle(heading, known) {
    let title = known
    return show(
      (close) => html`<form @submit=${(event) => {
        event.preventDefault()
        close(title.trim())
      }}><div class="dialog-body"><h2>${heading}</h2><div class="field"><label for="script-title-of">${t("Title")}</label>
        <input class="input" id="script-title-of" maxlength="200" .value=${title} @input=${(event) => (title = event.target.value)}></div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Save")}</button></div></form>`,
      { label: heading },
    )
  }

  async bin() {
    const { bin } = this.sync.about
    const id = await show(
      (close) => html`<div class="dialog-body"><h2>${t("Steps taken out")}</h2>
        ${bin.length ? html`<ul class="plain rows map-rows">${[...bin].reverse().map((step) => html`<li><span class="grow">${nameOf(step)}${step.note ? html` <span class="help">${step.note.slice(0, 120)}</span>` : nothing}</span><button class="button" type="button" @click=${() => close(step.id)}>${t("Bring back")}</button></li>`)}</ul>` : html`<p>${t("No step was taken out.")}</p>`}
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Close")}</button></div>`,
      { wide: true, label: t("Steps taken out") },
    )
    if (id && (await this.do({ restore: { steps: [id] } }))) this.choose(id)
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target)
    if (!this.edits || target.closest("input, textarea, select, dialog")) return
    const id = /** @type {HTMLElement} */ (target.closest(".script-step"))?.dataset.id || this.chosen
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if ((event.ctrlKey || event.metaKey) && event.key === "z") this.undo()
    else if (by && event.altKey && id) this.shift(id, by)
    else if (by && !event.ctrlKey && id) this.walk(id, by)
    else if (event.key === "Delete" && id) this.remove(id)
    else return
    event.preventDefault()
  }

  walk(id, by) {
    const ids = this.steps.map((step) => step.id)
    const next = ids[ids.indexOf(id) + by]
    const line = next && this.querySelector(`[data-id="${CSS.escape(next)}"] .script-name`)
    if (line) /** @type {HTMLElement} */ (line).focus()
  }
}

customElements.define("case-script", CaseScript)
