/**
 * What one node says, to be read and written: <case-map-panel>. Each field is saved by itself shortly after one stops
 * typing, and at once when it is left; what somebody else wrote meanwhile is shown beside one's own words.
 */

import { amountOf, blOf, spelled, whenOf, whenSaid } from "../../case/map-ops.js"
import { nameOf } from "../../case/places.js"
import { ask } from "../../lib/ask.js"
import { show } from "../../lib/dialog.js"
import { html, live, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { mark, t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { uid } from "../../lib/uid.js"

const PAUSE = 700
/** Refusals after which the text lies in one's tray at the server (store_maps.TRAY). */
const KEPT_THERE = ["changed", "parent_removed", "node_gone", "map_full", "too_deep", "taken"]
export const STANCES = { inc: mark("Incriminates"), exc: mark("Exonerates") }
export const STATUSES = { agreed: mark("Agreed"), conflict: mark("Contradictory"), unclear: mark("Not clear") }
const AUDIENCES = {
  room: mark("Everybody in the room"),
  leaders: mark("Leaders and the prosecutor"),
  owner: mark("The prosecutor only"),
}
const COLOURS = ["", "#fff3bf", "#ffd8d8", "#d3f0dd", "#d6e8fa", "#eadcf7"]
const FIELDS = { text: mark("Text"), note: mark("Note"), bl: "BL", when: mark("Date"), amount: mark("Amount (đồng)") }

export class CaseMapPanel extends HTMLElement {
  constructor() {
    super()
    /** What is being typed: field → {value, rev, wrong}. @type {Map<string, any>} */
    this.drafts = new Map()
    this.node = ""
    /** @type {any} */
    this.sync = null
    /** @type {any} */
    this.words = {}
    /** @type {any} */
    this.cites = null
    /** Those that are kept in the case, by `<document>/<page>`. @type {Record<string, any[]>} */
    this.excerpts = {}
    this.edits = false
    this.timers = new Map()
  }

  /** @param {{ sync: any, node: string, words: any, cites: any, excerpts?: Record<string, any[]>, edits: boolean }} what */
  show({ sync, node, words, cites, excerpts = {}, edits }) {
    if (node !== this.node) {
      this.saveAll()
      this.drafts = new Map()
    }
    Object.assign(this, { sync, node, words, cites, excerpts, edits })
    this.draw()
  }

  get each() {
    return this.sync.map.nodes[this.node]
  }

  draw() {
    const each = this.node && this.each
    render(each ? this.card(each) : html`<p class="help">${t("Choose a node to see what it says.")}</p>`, this)
  }

  card(each) {
    const isRoot = this.node === this.sync.map.root
    return html`
      <form class="map-card" @submit=${(event) => event.preventDefault()} @focusin=${(event) => this.writes(event)} @focusout=${() => this.writes()} autocomplete="off">
        ${this.others()}
        ${this.area("text", each.text, 3)}
        ${this.line("bl", each.bl || "", t("for example 84-86, 152 or 121 ↔ 133"))}
        ${this.cited(each)}
        <div class="map-pair">
          ${isRoot ? nothing : this.choice("kind", t("Kind of node"), each.kind, { "": t("None"), ...this.words.kinds })}
          ${this.choice("stance", t("Stance"), each.stance, { "": t("None"), ...said(STANCES) })}
          ${this.choice("status", t("State"), each.status, { "": t("None"), ...said(STATUSES) })}
        </div>
        <div class="map-pair">
          ${this.line("when", whenSaid(each.when), t("12/11/2025, 02–04/2025 or 2025"))}
          ${this.line("amount", each.amount === undefined ? "" : spelled(each.amount), t("for example 600 tr"))}
        </div>
        ${this.sums(each)}
        ${this.area("note", each.note || "", 3)}
        <div class="map-pair">
          ${each.note ? this.choice("note_for", t("Who reads the note"), each.note_for || "leaders", said(AUDIENCES)) : nothing}
          ${isRoot ? nothing : this.choice("audience", t("Who sees this branch"), each.audience || "room", said(AUDIENCES))}
        </div>
        ${this.colours(each)} ${this.picture(each)} ${this.links()}
      </form>`
  }

  others() {
    const here = this.sync.editing.filter((other) => other.node === this.node)
    if (!here.length) return nothing
    const names = here.map((other) => other.name).join(", ")
    const writing = here.some((other) => other.writing)
    return html`<p class="help map-others">${icon(writing ? "pencil" : "users")}${writing ? t("{names} is writing here", { names }) : t("{names} is here too", { names })}</p>`
  }

  /** @param {FocusEvent} [event] */
  writes(event) {
    this.sync.writing = this.edits && Boolean(event && /** @type {Element} */ (event.target).matches("input, textarea"))
    if (this.sync.writing) this.sync.stir()
  }

  value(field, known) {
    return this.drafts.get(field)?.value ?? known
  }

  area(field, known, rows) {
    const id = `map-${field}`
    const wrong = this.drafts.get(field)?.wrong
    return html`<div class="field"><label for=${id}>${t(FIELDS[field])}</label>
      <textarea class="input" id=${id} rows=${rows} maxlength=${field === "text" ? 2000 : 20000} .value=${live(this.value(field, known))} ?readonly=${!this.edits}
        aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-wrong` : nothing}
        @input=${(event) => this.typed(field, event.target.value)} @blur=${() => this.save(field)}></textarea>
      ${this.wrong(id, wrong)}</div>`
  }

  line(field, known, example) {
    const id = `map-${field}`
    const wrong = this.drafts.get(field)?.wrong
    return html`<div class="field"><label for=${id}>${t(FIELDS[field])}</label>
      <input class="input" id=${id} maxlength="500" placeholder=${this.edits ? example : ""} .value=${live(this.value(field, known))} ?readonly=${!this.edits}
        aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-wrong` : nothing}
        @input=${(event) => this.typed(field, event.target.value)} @blur=${() => this.save(field)}
        @keydown=${(event) => event.key === "Enter" && !event.isComposing && this.save(field)}>
      ${this.wrong(id, wrong)}</div>`
  }

  wrong(id, words) {
    return words ? html`<p class="error" id="${id}-wrong">${words}</p>` : nothing
  }

  choice(field, label, known, options) {
    const id = `map-${field}`
    return html`<div class="field"><label for=${id}>${label}</label>
      <select class="input" id=${id} ?disabled=${!this.edits} @change=${(event) => this.put({ [field]: event.target.value })}>
        ${Object.entries(options).map(([key, words]) => html`<option value=${key} ?selected=${key === (known || "")}>${words}</option>`)}
      </select></div>`
  }

  cited(each) {
    const found = this.cites?.[this.node]
    if (!found || !blOf(each)) return nothing
    const pages = found.pages.slice(0, 12)
    const many =
      found.count > pages.length ? html`<span class="help">${t("… {n} pages", { n: found.count })}</span>` : nothing
    const words = {
      none: t("No such sheet"),
      several: t("This may be several sheets; please say which"),
      unread: t("This is no citation"),
    }
    return html`<div class="map-cited ${found.result}">
      ${found.result === "one" ? nothing : html`<p>${icon("triangle-alert")}${words[found.result]}${found.missing?.length ? `: ${found.missing.join(", ")}` : ""}</p>`}
      ${
        found.result === "none" && found.nearest?.length
          ? html`<p class="help">${t("Nearest:")} ${found.nearest.map((page) => page.label).join(", ")}</p>`
          : nothing
      }
      ${pages.map((page) => html`<a class="bl-link ${page.checked ? "" : "unchecked"}" title=${page.checked ? nothing : t("not yet checked against the paper file")} href="/cases/${this.sync.about.case}/pages/${page.document}/${page.page}" @click=${(event) => this.page(event, page)}>${t("BL {label}", { label: page.label })}${page.volume ? ` (T${page.volume})` : ""}</a>`)}
      ${many}${pages.map((page) => this.keptOn(page))}
    </div>`
  }

  /** The excerpts that are kept on a page of the node. */
  keptOn(page) {
    return (this.excerpts[nameOf(page)] ?? []).map(
      (each) =>
        html`<button type="button" class="bl-link" @click=${(event) => this.page(event, { ...page, excerpt: each.id })}>${icon("scan")}${each.name || t("BL {label}", { label: page.label })}</button>`,
    )
  }

  page(event, page) {
    event.preventDefault()
    this.dispatchEvent(new CustomEvent("page", { detail: page, bubbles: true }))
  }

  sums(each) {
    if (!each.sums?.length && each.amount === undefined) return nothing
    const nodes = this.sync.map.nodes
    return html`<fieldset class="map-sums"><legend>${t("Sums that must agree")}</legend>
      ${(each.sums || []).map((parts, n) => {
        const total = parts.reduce((sum, part) => sum + part.sign * (nodes[part.node]?.amount || 0), 0)
        const agrees = total === each.amount && parts.every((part) => nodes[part.node]?.amount !== undefined)
        return html`<div class="map-sum ${agrees ? "good" : "bad"}">${icon(agrees ? "circle-check" : "circle-alert")}
          <span class="grow">${parts.map((part, m) => html`${m || part.sign < 0 ? ` ${part.sign < 0 ? "−" : "+"} ` : ""}<span title=${nodes[part.node]?.text || ""}>${nodes[part.node]?.amount === undefined ? "?" : spelled(nodes[part.node].amount)}</span>`)} = <b>${spelled(total)}</b></span>
          ${this.edits ? html`<button class="button quiet icon-only" type="button" aria-label=${t("Remove this sum")} @click=${() => this.put({ sums: each.sums.filter((_, m) => m !== n) })}>${icon("x")}</button>` : nothing}</div>`
      })}
      ${this.edits ? html`<button class="button quiet" type="button" @click=${() => this.addSum(each)}>${icon("plus")}${t("Add a sum")}</button>` : nothing}
    </fieldset>`
  }

  async addSum(each) {
    const nodes = Object.entries(this.sync.map.nodes).filter(
      ([key, other]) => other.amount !== undefined && key !== this.node,
    )
    if (!nodes.length) return toast(t("No other node has an amount yet."), { kind: "info" })
    const signs = new Map()
    const parts = await show(
      (
        close,
      ) => html`<div class="dialog-body"><h2>${t("Which amounts make up {amount}?", { amount: spelled(each.amount ?? 0) })}</h2>
        <div class="map-parts">${nodes.map(
          ([
            key,
            other,
          ]) => html`<div class="map-part"><span class="grow">${other.text} <b>${spelled(other.amount)}</b></span>
            <select class="input" aria-label=${other.text} @change=${(event) => signs.set(key, Number(event.target.value))}>
              <option value="0">–</option><option value="1">+</option><option value="-1">−</option></select></div>`,
        )}</div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button>
        <button class="button primary" type="button" @click=${() => close([...signs].filter(([, sign]) => sign).map(([node, sign]) => ({ node, sign })))}>${t("Add")}</button></div>`,
      { wide: true, label: t("Sums that must agree") },
    )
    if (parts?.length) this.put({ sums: [...(each.sums || []), parts] })
  }

  colours(each) {
    if (!this.edits) return nothing
    return html`<fieldset class="map-colours"><legend>${t("Colour")}</legend>
      ${COLOURS.map((colour, n) => html`<button type="button" class="map-colour c${n}" aria-pressed=${(each.colour || "") === colour} aria-label=${colour ? t("Colour {n}", { n }) : t("By its kind")} @click=${() => this.put({ colour })}></button>`)}
    </fieldset>`
  }

  picture(each) {
    const at = `${this.sync.address}/files/`
    return html`
      ${each.picture ? html`<figure class="map-picture"><img src="${at}${each.picture.sha}" alt=${each.text} loading="lazy">${this.edits ? html`<button class="button quiet" type="button" @click=${() => this.put({ picture: null })}>${icon("trash-2")}${t("Remove the picture")}</button>` : nothing}</figure>` : nothing}
      ${each.file ? html`<p><a href="${at}${each.file.sha}" download>${icon("paperclip")}${each.file.name}</a></p>` : nothing}
      ${each.link ? html`<p class="help map-address">${icon("link")}${each.link}</p>` : nothing}
      ${!each.picture && this.edits ? html`<label class="button quiet map-upload">${icon("image")}${t("Add a picture")}<input class="visually-hidden" type="file" accept="image/png,image/jpeg,image/webp" @change=${(event) => this.upload(event.target)}></label>` : nothing}`
  }

  async upload(field) {
    const form = new FormData()
    form.append("file", field.files[0])
    field.value = ""
    const answer = await ask(`${this.sync.address}/files`, { method: "POST", form })
    if (!answer.ok)
      return toast(answer.body?.error?.message || t("No connection. Try again in a moment."), { kind: "bad" })
    const { sha, type, width, height } = answer.body
    this.put({ picture: { sha, type, width, height } })
  }

  links() {
    const { links, nodes } = this.sync.map
    const mine = Object.entries(links).filter(([, link]) => link.from === this.node || link.to === this.node)
    return html`<fieldset class="map-links"><legend>${t("Links to other nodes")}</legend>
      ${repeat(
        mine,
        ([key]) => key,
        ([key, link]) => {
          const other = link.from === this.node ? link.to : link.from
          return html`<div class="map-link ${link.kind}"><button class="link grow" type="button" @click=${() => this.dispatchEvent(new CustomEvent("node", { detail: { node: other, centre: true }, bubbles: true }))}>
          ${link.from === this.node ? "→" : "←"} ${[this.words.links[link.kind], link.text].filter(Boolean).join(": ")} <b>${nodes[other]?.text}</b></button>
          ${this.edits ? html`<button class="button quiet icon-only" type="button" aria-label=${t("Remove the link")} @click=${() => this.done(this.sync.send({ unlink: { id: key } }))}>${icon("x")}</button>` : nothing}</div>`
        },
      )}
      ${this.edits ? html`<button class="button quiet" type="button" @click=${() => this.addLink()}>${icon("link")}${t("Link to …")}</button>` : nothing}
    </fieldset>`
  }

  async addLink() {
    const { nodes } = this.sync.map
    const choice = { to: "", kind: "contradicts", text: "" }
    const others = Object.entries(nodes).filter(([key]) => key !== this.node)
    const wish = await show(
      (close) => html`<div class="dialog-body"><h2>${t("Link to …")}</h2>
        <div class="field"><label for="link-kind">${t("This node")}</label><select class="input" id="link-kind" @change=${(event) => (choice.kind = event.target.value)}>
          ${Object.entries({ ...this.words.links, "": t("belongs to") }).map(([key, words]) => html`<option value=${key} ?selected=${key === choice.kind}>${words}</option>`)}</select></div>
        <div class="field"><label for="link-to">${t("Other node")}</label><select class="input" id="link-to" @change=${(event) => (choice.to = event.target.value)}>
          <option value=""></option>${others.map(([key, each]) => html`<option value=${key}>${each.text.slice(0, 120)}</option>`)}</select></div>
        <div class="field"><label for="link-text">${t("In words")}</label><input class="input" id="link-text" maxlength="300" @input=${(event) => (choice.text = event.target.value)}></div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close()}>${t("Cancel")}</button>
        <button class="button primary" type="button" @click=${() => close(choice.to ? choice : null)}>${t("Link")}</button></div>`,
      { label: t("Link to …") },
    )
    if (wish) this.done(this.sync.send({ link: { id: uid(), from: this.node, ...wish } }))
  }

  typed(field, value) {
    const draft = this.drafts.get(field)
    this.drafts.set(field, { value, rev: draft?.rev ?? this.sync.map.rev, wrong: "" })
    clearTimeout(this.timers.get(field))
    // Of a date or an amount half of it is none: they are read when the field is left.
    if (field === "text" || field === "note")
      this.timers.set(
        field,
        setTimeout(() => this.save(field), PAUSE),
      )
  }

  saveAll() {
    for (const field of [...this.drafts.keys()]) this.save(field)
  }

  save(field) {
    clearTimeout(this.timers.get(field))
    const draft = this.drafts.get(field)
    if (!draft || draft.wrong || draft.sending) return
    const node = this.node
    let value = draft.value
    if (field === "when" || field === "amount") {
      value = (field === "when" ? whenOf : amountOf)(value)
      if (value === null) {
        draft.wrong =
          field === "when"
            ? t("Please write a date as 12/11/2025, a month as 01/2025 or a year.")
            : t("Please write an amount as 600 tr or 600.000.000.")
        return this.draw()
      }
      value ??= null
    }
    draft.sending = true
    this.sync.send({ edit: { node, set: { [field]: value } } }, draft.rev).then((answer) => {
      const now = this.drafts.get(field)
      if (now === draft && !answer.ok && !KEPT_THERE.includes(answer.error.code)) {
        // Signed out, the case closed, no right any more: what was typed stands where it was typed.
        Object.assign(draft, { sending: false, wrong: answer.error.message })
        this.dispatchEvent(new CustomEvent("unsaved", { bubbles: true }))
      } else if (now === draft) this.drafts.delete(field)
      else if (now && answer.ok) now.rev = answer.rev // more was typed meanwhile, knowing this
      if (!answer.ok) this.refused(node, field, value, answer.error)
      if (this.node === node) this.draw()
      if (now !== draft && this.node === node) this.save(field)
    })
  }

  /** Two texts beside each other: one's own is never thrown away by a machine. */
  async refused(node, field, value, error) {
    if (error.code !== "changed" || typeof value !== "string") {
      return toast(error.message, { kind: "bad" })
    }
    const theirs = error.conflicts[field].theirs || ""
    const both = `${theirs}\n${value}`
    const kept = await show(
      (close) => html`<div class="dialog-body"><h2>${t("Somebody else has changed this too")}</h2>
        <div class="map-two"><section><h3>${t("Yours")}</h3><p>${value}</p><button class="button" type="button" @click=${() => close(value)}>${t("Keep mine")}</button></section>
        <section><h3>${t("Theirs")}</h3><p>${theirs}</p><button class="button" type="button" @click=${() => close(theirs)}>${t("Keep theirs")}</button></section></div>
        </div><div class="dialog-actions"><button class="button" type="button" @click=${() => close(both)}>${t("Keep both, one below the other")}</button></div>`,
      { wide: true, label: t("Somebody else has changed this too") },
    )
    if (kept === null) {
      toast(t("Your text is kept in your tray."), { kind: "info" })
      return this.dispatchEvent(new CustomEvent("tray", { bubbles: true }))
    }
    const answer =
      kept === theirs
        ? { ok: true, error: null }
        : await this.sync.send({ edit: { node, set: { [field]: kept } } }, error.rev)
    if (!answer.ok) toast(answer.error.message, { kind: "bad" })
    this.dispatchEvent(new CustomEvent("settled", { detail: { node, field }, bubbles: true }))
  }

  put(set) {
    return this.done(this.sync.send({ edit: { node: this.node, set } }))
  }

  async done(sent) {
    const answer = await sent
    if (!answer.ok) toast(answer.error.message, { kind: "bad" })
    this.draw()
  }

  /** @param {string} text that was typed before this node was there */
  begin(text) {
    this.typed("text", text)
    this.draw()
    const field = this.querySelector("textarea")
    field?.setSelectionRange(text.length, text.length)
  }

  write() {
    const field = this.querySelector("textarea")
    field?.focus()
    field?.select()
  }
}

const said = (words) => Object.fromEntries(Object.entries(words).map(([key, text]) => [key, t(text)]))

customElements.define("case-map-panel", CaseMapPanel)
