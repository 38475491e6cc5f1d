/** Beside a page on the stage: excerpts are drawn, their words marked, and kept; those that are, one press each. */

import { KeptCallouts } from "../../case/kept-callouts.js"
import { cutAll, sameMarks } from "../../case/mark-frames.js"
import { attempt } from "../../lib/attempt.js"
import { show } from "../../lib/dialog.js"
import { html, nothing } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { ZoomFrame } from "../stage/zoom-frame.js"
import { WordMarker } from "./word-marker.js"

const FOR_WORDS = 8000 // ms: a mark without words is a rectangle, and stays one

/** What whoever presents does with the excerpts of the page on the stage. Event `change`. */
export class ExcerptHand extends EventTarget {
  #meeting
  #page
  /** @type {ZoomFrame | undefined} */
  #frame
  /** @type {WordMarker | undefined} */
  #marker
  kept = new KeptCallouts()

  /** @param {any} meeting @param {() => any} page the element that has the page */
  constructor(meeting, page) {
    super()
    this.#meeting = meeting
    this.#page = page
    this.kept.addEventListener("change", () => this.#changed())
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }

  /** The stage, where it is a page that one presents. @param {any} stage */
  show(stage) {
    this.kept.show(stage)
    if (stage && this.#marker?.fits(stage)) return
    const marker = this.#marker
    this.#marker = undefined
    marker?.end()
  }

  /** What stands there alone while words are marked. */
  get marking() {
    return this.#marker?.tools
  }

  tools(stage) {
    const { callouts: rects, marks = [] } = stage
    const { kept } = this
    const known = rects && kept.find(rects)
    return html`
      <button type="button" class="button" aria-pressed=${Boolean(this.#frame)} ?disabled=${(rects?.length ?? 0) > 2} @click=${() => this.#cut(stage)}>${icon("scan")}${t("Excerpt")}</button>
      ${
        rects
          ? html`<button type="button" class="button" @click=${() => this.#mark()}>${icon("highlighter")}${t("Mark words")}</button>
        <button type="button" class="button" @click=${() => attempt(this.#meeting.send("clear_callout"))}>${icon("x")}${t("No excerpts")}</button>`
          : nothing
      }
      ${
        rects && kept.mayEdit && !known
          ? html`<button type="button" class="button" @click=${() => keep(kept, rects, marks)}>${icon("bookmark")}${t("Keep on the page")}</button>`
          : nothing
      }
      ${
        known && kept.mayEdit && !sameMarks(known.marks, marks)
          ? html`<button type="button" class="button" @click=${() => keepMarks(kept, known, marks)}>${icon("bookmark")}${t("Keep the marks")}</button>`
          : nothing
      }
      ${kept.list.length ? html`<span class="kept-callouts" role="group" aria-label=${t("Excerpts kept on this page")}>${kept.list.map((each, n) => this.#known(each, n))}</span>` : nothing}`
  }

  #known({ name, rects, marks, check }, n) {
    const show = () => attempt(this.#meeting.send("show_callout", { rects, marks }))
    return html`<button type="button" class="button compact ${check ? "check-place" : ""}" title=${check ? t("The scan is another one since: look whether the place is right.") : ""}
      @click=${show}>${icon(check ? "triangle-alert" : "scan")}${name || t("Excerpt {n}", { n: n + 1 })}</button>`
  }

  /** A frame is drawn round what shall stand enlarged. */
  #cut(stage) {
    if (this.#frame) return this.#frame.end()
    this.kept.prepare()
    this.#frame = new ZoomFrame(this.#page(), async (drawn) => {
      this.#frame = undefined
      this.#changed()
      if (!drawn) return
      // Where the words of the page are known, the frame fits them.
      const rect = await this.kept.fitted(drawn)
      const { stage: now } = this.#meeting.view
      if (now.document !== stage.document || now.page !== stage.page) return
      const rects = [...(now.callouts ?? []), rect].slice(-3)
      attempt(this.#meeting.send("show_callout", { rects, marks: cutAll(now.marks ?? [], rects) }))
    })
    return this.#changed()
  }

  /** Words in them are marked: everybody sees each mark when it is drawn. */
  #mark() {
    this.kept.prepare(FOR_WORDS)
    const marker = new WordMarker(this.#page(), {
      words: this.kept.words,
      saved: async (marks) => {
        const { callouts: rects = [] } = this.#meeting.view.stage
        if (!(await attempt(this.#meeting.send("show_callout", { rects, marks }))))
          marker.refused(this.#meeting.view.stage.marks ?? [])
      },
      ended: () => {
        if (this.#marker !== marker) return
        this.#marker = undefined
        this.#changed()
      },
    })
    marker.addEventListener("change", () => this.#changed())
    this.#marker = marker
    this.#changed()
  }
}

async function keepMarks(kept, { id, rev }, marks) {
  // Somebody else may have marked other words in it meanwhile: theirs come, and these are still on the screens.
  const answer = await kept.change(id, { rev, marks })
  if (answer.ok) toast(t("The marks are kept with the excerpt."))
  else if (answer.status === 409)
    toast(
      t("Somebody else has changed this excerpt meanwhile. Please look at it, then keep these marks if they hold."),
      { kind: "bad" },
    )
  else toast(answer.status ? answer.body.error.message : t("No connection. Try again in a moment."), { kind: "bad" })
}

async function keep(kept, rects, marks) {
  let name = ""
  const said = await show(
    (close) => html`<form @submit=${(event) => {
      event.preventDefault()
      close(name.trim())
    }}><div class="dialog-body"><h2>${t("Keep on the page")}</h2><div class="field"><label for="callout-name">${t("Name of the excerpt (may be empty)")}</label>
      <input class="input" id="callout-name" maxlength="120" @input=${(event) => (name = event.target.value)}></div>
      </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button><button class="button primary" type="submit">${t("Keep")}</button></div></form>`,
    { label: t("Keep on the page") },
  )
  if (said === null) return
  const answer = await kept.keep(rects, said, marks)
  const before = answer.ok && answer.body.name
  if (before) toast(t("This excerpt is kept already: “{name}”.", { name: before }), { kind: "info" })
  else if (answer.ok) toast(t("The excerpt is kept on its page."))
  else toast(answer.status ? answer.body.error.message : t("No connection. Try again in a moment."), { kind: "bad" })
}
