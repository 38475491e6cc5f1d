/** <note-box>: the secretary's text of one item in its editor, with all that stands around it. `item` is set by who draws it. */

import { confirm } from "../../lib/dialog.js"
import { loadEditor, RichEditor } from "../../lib/editor.js"
import { html, noChange, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { tooMuchWords } from "../../lib/paste-limits.js"
import { PlainEditor } from "../../lib/plain-editor.js"
import { withHidden, withoutHidden } from "../../lib/rich-html.js"
import { RichText } from "../../lib/rich-view.js"
import { t } from "../../lib/t.js"
import { clock } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { conducts } from "../../meeting/rights.js"
import { Part } from "../core/part.js"
import { isSealed } from "./minutes-state.js"
import { source } from "./minutes-source.js"
import { noteConflict } from "./note-conflict.js"
import { noteDoubts } from "./note-doubts.js"
import { autoLines } from "./note-lines.js"
import { liveOf } from "./note-live.js"
import { noteState } from "./note-state.js"
import { drawToolbar, focusToolbar } from "./note-toolbar.js"
import { desk } from "./notes-desk.js"

const SOON = 250 // ms

export class NoteBox extends Part {
  watches = ["meeting", "record", "agenda"]
  // Only the frame is drawn again; what stands in the editor is put there by hand.
  waitsForEditing = false
  item = ""
  /** The id of what names this box: the title of its item. */
  label = ""
  /** What stands beside the word whether all is saved. */
  foot = nothing

  editor = undefined
  withoutMeeting = false
  /** The numbers of the facts whose lines the minutes do not tell. */
  leftOut = new Set()

  #desk
  #source
  #keeper
  #newer = false
  #branch
  #sheet = [new RichText(), new RichText()]
  #asked = false
  #active = false

  started() {
    desk.then((it) => {
      if (this.signal.aborted) return
      this.#desk = it
      this.#keeper = it.keeper(this.item)
      this.listensTo(it, "note", ({ detail }) => detail.item === this.item && this.#heard())
      this.listensTo(it, "lost", ({ detail }) => detail.item === this.item && this.#lost(detail))
      this.listensTo(this.#keeper, "state")
      this.listensTo(this.#keeper, "theirs", () => this.#theirs())
      this.listensTo(this.#keeper, "aside", ({ detail }) => {
        this.#branch = detail
        this.#show(this.#keeper.html)
      })
      this.redraw()
    })
    source.then((it) => {
      this.#source = it
      this.listensTo(it, "minutes", () => {
        this.editor?.redrawLive()
        this.redraw()
      })
      if (!it.minutes) it.ask()
      this.redraw()
    })
    this.listensTo(this, "focusin", () => this.#begin())
    this.listensTo(this, "focusout", (event) => this.#leave(event))
  }

  disconnectedCallback() {
    this.#desk?.release(this.item)
    this.editor?.destroy()
    this.editor = undefined
    super.disconnectedCallback()
  }

  get desk() {
    return this.#desk
  }
  get keeper() {
    return this.#keeper
  }
  get minutes() {
    return this.#source?.minutes
  }

  /** May this person write here now? */
  get writable() {
    const { view, me } = this.meeting
    const held = this.#desk?.holder(this.item)
    return conducts(me) && !isSealed(view) && this.#keeper?.isReady && !(held && !held.mine && !held.own)
  }

  draw(view, meeting) {
    const keeper = this.#keeper
    if (!keeper?.isReady) return html`<p class="quiet-text">${icon("loader-circle")} ${t("Loading…")}</p>`
    const held = this.#desk.holder(this.item)
    const sealed = isSealed(view) || !conducts(meeting.me)
    return html`
      ${held && !held.mine ? this.#held(held, sealed) : nothing}
      ${this.#newer && keeper.state !== "conflict" ? this.#newerText() : nothing}
      ${keeper.state === "conflict" ? noteConflict(keeper, this.#sheet, this.live, (text) => this.#resolve(text)) : nothing}
      ${this.#branch ? this.#setAside() : nothing}
      ${this.#auto(sealed)}
      ${this.#plain ? nothing : noteDoubts(this, sealed)}
      <div class="note-frame ${sealed ? "sealed" : ""}">
        <div class="note-toolbar" role="toolbar" aria-label=${t("Looks of the text")} ?hidden=${sealed || !(this.#active || this.hasAttribute("always"))}></div>
        ${
          this.#plain
            ? html`<p class="notice warn" role="status">${t("The editor could not be loaded: plain text only. Tables and looks stay as they are.")}
          <button type="button" class="button" @click=${() => this.#mount()}>${t("Try again")}</button></p>`
            : nothing
        }
        <div class="note-sheet"></div>
      </div>
      ${
        sealed && !this.hasAttribute("always")
          ? nothing
          : html`<div class="note-foot">${noteState(keeper, this.#desk)}${this.foot}</div>`
      }`
  }

  drawn() {
    if (!this.#keeper?.isReady) return
    if (!this.editor && !this.#asked) this.#mount()
    if (this.editor) this.editor.editable = this.writable
    this.#drawToolbar()
  }

  /** What the log tells in a live block of this item. */
  live = (kind, ref = "") => liveOf(this.minutes, this.item, kind, ref)

  /** The whole text, with the marks of the lines left out. */
  read = () => withHidden(this.editor.html, this.leftOut)

  /** Something in this box has changed by a button. */
  changed = () => {
    this.#keeper.edit(this.read)
    this.redraw()
  }

  #typing

  /** With every letter: what stands around the text is drawn when the hand rests for a moment. */
  #typed() {
    this.#keeper.edit(this.read)
    this.#typing ??= setTimeout(() => {
      this.#typing = undefined
      this.redraw()
    }, SOON)
  }

  #autoDrawn = []

  /** The log's own lines, which may be thousands: drawn anew only when they, or those left out, are others. */
  #auto(sealed) {
    const now = [this.minutes, sealed, [...this.leftOut].join()]
    if (this.#autoDrawn.length && now.every((one, n) => one === this.#autoDrawn[n])) return noChange
    this.#autoDrawn = now
    return autoLines(this, sealed)
  }

  /** A line of the log at the cursor. Resolves with whether it stands there. */
  async insertLine(text, seq) {
    if (!(await this.claim())) return false
    this.editor.insertLine(text, seq)
    return true
  }

  /** Before anything is changed here: nobody else holds the item. */
  async claim() {
    if (!this.writable || !this.editor) return false
    if (this.#desk.holder(this.item)?.mine) return true
    const mine = await this.#desk.hold(this.item)
    this.redraw()
    return mine
  }

  // ---------------------------------------------------------------------------------------------------------------

  get #plain() {
    return this.editor instanceof PlainEditor
  }

  async #mount() {
    this.#asked = true
    const pm = await loadEditor().catch(() => undefined)
    const place = this.querySelector(".note-sheet")
    if (!place || this.signal.aborted) {
      this.#asked = false
      return
    }
    if (this.editor && !pm) return
    if (this.editor) this.#keeper.keepHere()
    this.editor?.destroy()
    place.replaceChildren()
    const { html: text, hidden } = withoutHidden(this.#keeper.html)
    this.leftOut = new Set(hidden)
    const how = {
      html: text,
      editable: this.writable,
      label: this.label,
      placeholder: t("What was reported, asked, answered and agreed on this item…"),
      changed: () => this.#typed(),
      moved: () => this.#drawToolbar(),
      focused: () => this.#begin(),
      toolbar: () => focusToolbar(this),
      pictures: () =>
        toast(t("Pictures are not taken into the text: attach them as papers."), { kind: "warn", seconds: 8 }),
      tooMuch: (much) => toast(tooMuchWords(much), { kind: "warn", seconds: 12 }),
      live: this.live,
      words: { asText: t("Turn into text"), remove: t("Remove"), nothing: t("The log tells nothing of this yet.") },
    }
    this.editor = pm ? new RichEditor(pm, place, how) : new PlainEditor(place, how)
    this.dispatchEvent(new CustomEvent("ready", { bubbles: true }))
    this.redraw()
  }

  #drawing = false

  /** With every move of the cursor; at most once a frame. */
  #drawToolbar() {
    if (this.#drawing) return
    this.#drawing = true
    requestAnimationFrame(() => {
      this.#drawing = false
      const place = this.querySelector(".note-toolbar")
      if (place && !place.hidden && this.editor && this.isConnected) drawToolbar(place, this)
    })
  }

  async #begin() {
    if (!this.#active) {
      this.#active = true
      this.redraw()
    }
    if (!this.writable || this.#desk.holder(this.item)?.mine) return
    if (!(await this.#desk.hold(this.item))) this.redraw()
  }

  /** Out of this box to somewhere else on the page; a menu of its own, and a question over it, are not elsewhere. */
  #leave({ relatedTarget }) {
    setTimeout(() => {
      const now = document.activeElement
      const within = (place) => place instanceof Element && (this.contains(place) || place.closest("dialog"))
      if (within(relatedTarget) || within(now) || !document.hasFocus()) return
      this.#active = false
      this.#desk?.release(this.item)
      this.redraw()
    })
  }

  #heard() {
    const held = this.#desk.holder(this.item)
    if (held && !held.mine && this.#newer) this.refresh()
    this.redraw()
  }

  #theirs() {
    const held = this.#desk.holder(this.item)
    const watching = held && !held.mine
    if (!watching && this.editor?.focused) {
      this.#newer = true
      return this.redraw()
    }
    return this.refresh()
  }

  refresh() {
    this.#keeper.takeTheirs()
    this.#show(this.#keeper.html)
  }

  #resolve(text) {
    if (text === undefined) this.#keeper.takeTheirs()
    else this.#keeper.keep(text)
    this.#show(this.#keeper.html)
  }

  #show(written) {
    this.#newer = false
    const { html: text, hidden } = withoutHidden(written)
    this.leftOut = new Set(hidden)
    this.editor?.setHtml(text)
    this.redraw()
  }

  #lost({ name, own, aside }) {
    const words = own
      ? t("You go on writing this item in another window.")
      : aside
        ? t("{name} has taken this item over. What you had not saved is kept beside the text.", { name })
        : t("{name} has taken this item over. All you had written is in the text.", { name })
    toast(words, { kind: "warn", seconds: 8 })
    this.redraw()
  }

  #held(held, sealed) {
    return html`
      <p class="note-moved note-held" role="status"><span>${icon("pen-line")} ${
        held.own
          ? t("You are writing this item in another window.")
          : t("{name} is writing this item, since {time}.", { name: held.name, time: clock(held.since) })
      }</span>
        ${sealed ? nothing : html`<button type="button" class="button" @click=${() => this.#take(held)}>${held.own ? t("Write here") : t("Take over writing")}</button>`}</p>`
  }

  async #take({ name, own }) {
    const yes =
      own ||
      (await confirm({
        title: t("Take over writing?"),
        text: t(
          "{name} cannot write on this item until you leave it. What {name} has not saved yet is kept beside the text.",
          { name },
        ),
        yes: t("Take over writing"),
      }))
    if (!yes) return
    await this.#desk.hold(this.item, { take: true })
    await this.#desk.readOne(this.item)
    if (this.#newer || !this.#keeper.dirty) this.refresh()
    this.editor.editable = this.writable
    this.editor.focus()
    this.redraw()
  }

  #newerText() {
    return html`
      <p class="note-moved"><span>${
        this.#keeper.mineElsewhere
          ? t("You have changed this text in another window.")
          : t("{name} has changed this text.", { name: this.#keeper.remote.name ?? "" })
      }</span>
        <button type="button" class="button" @click=${() => this.refresh()}>${t("Show the new text")}</button></p>`
  }

  /** What this window had not saved when another took over: it is a version of its own, and can be put to the text. */
  #setAside() {
    return html`
      <p class="note-moved"><span>${t("What you had not saved is version {n}, beside the text.", { n: this.#branch.rev })}</span>
        <span class="buttons"><button type="button" class="button" @click=${() => this.join(this.#branch.html)}>${t("Join it to the text")}</button>
        <button type="button" class="button quiet" @click=${() => this.#forget()}>${t("Leave it there")}</button></span></p>`
  }

  #forget() {
    this.#branch = undefined
    this.redraw()
  }

  /** A version beside the text is put below it. */
  async join(written) {
    const held = this.#desk.holder(this.item)
    if (held && !held.mine) await this.#take(held)
    if (!(await this.claim())) return
    this.editor.insertHtml(withoutHidden(written).html)
    this.#branch = undefined
    this.changed()
  }
}

customElements.define("note-box", NoteBox)
