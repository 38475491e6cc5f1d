/**
 * <case-arrivals>: files come into the case in pieces (tus), a cut line goes on where it was; what their names say stands
 * in a table, which a person confirms before anything is made of them.
 */

import { caseData, boot } from "../../case/case-data.js"
import { endsAlike } from "../../case/cut-uploads.js"
import { pagesTogether } from "../../case/joined-pictures.js"
import { api, NOTHING } from "../../lib/api.js"
import { html, nothing, render, repeat } from "../../lib/html.js"
import { icon } from "../../lib/icon.js"
import { prompt } from "../../lib/dialog.js"
import { dayInput } from "../../lib/day-input.js"
import { keepFocus } from "../../lib/focus.js"
import { belongsTo } from "../../lib/page-owner.js"
import { shaped } from "../../lib/proof.js"
import { t, tn } from "../../lib/t.js"
import { size, whole } from "../../lib/time.js"
import { toast } from "../../lib/toast.js"
import { uid } from "../../lib/uid.js"
import tus from "../../../vendor/tus/tus.js"

const PIECE = 16 * 1024 * 1024
const AT_ONCE = 2
const DELAYS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000, 60000, 60000]
const BUSY = 1200
/** A folder names its files in any order: page 2 comes before page 10. */
const counted = new Intl.Collator("vi", { numeric: true })
const isListing = shaped({ uploads: "list", kinds: "list" })

class CaseArrivals extends HTMLElement {
  sending = []
  uploads = []
  said = new Map()
  kinds = []
  #timer
  #busy = false

  connectedCallback() {
    this.data = caseData()
    window.addEventListener("beforeunload", (event) => {
      if (this.sending.some((one) => !one.problem)) event.preventDefault()
    })
    this.#refresh()
    this.#draw()
  }

  async #refresh() {
    clearTimeout(this.#timer)
    const found = await api("GET", `${this.data.path}/uploads`, undefined, isListing).catch(() => null)
    if (found) {
      this.uploads = found.uploads
      this.kinds = found.kinds
      this.worker = found.worker
      for (const one of this.uploads) this.#propose(one)
      this.#draw()
    }
    if (this.uploads.some(({ state }) => state === "checking" || state === "joining"))
      this.#timer = setTimeout(() => this.#refresh(), BUSY)
  }

  /** What its name says. Another that is called alike may come later: its title says then where it lay, unless somebody
   * has written another one. */
  #propose(one) {
    const said = this.said.get(one.id)
    const { title } = one.guess
    if (!said) this.said.set(one.id, { ...one.guess, proposed: title, as: firstAs(one), bl: spanOf(one.guess) })
    else if (said.title === said.proposed) Object.assign(said, { title, proposed: title })
  }

  /** A row that goes, or a button that waits, takes nobody's focus along. */
  #draw() {
    keepFocus(this, () => this.#drawn())
  }

  #drawn() {
    const { arrived, failed, checking, joining, cut } = this.#sorted()
    render(
      html`<section class="card arrivals ${this.over ? "over" : ""}" @dragover=${(event) => this.#drag(event, true)} @dragleave=${(event) => this.#drag(event, false)} @drop=${(event) => this.#drop(event)}>
      <div class="row wrap"><div class="grow"><h3>${boot.media ? t("Bring photos, audio and video into the case") : t("Bring documents into the case")}</h3>
        <p class="help">${boot.media ? t("MP4, MOV, AVI, M4A, MP3, WAV, AMR, JPEG, HEIC and the like, up to {size} a file. An upload that is cut goes on where it stopped.", { size: size(boot.limit) }) : t("PDF, pictures or a ZIP, up to {size} and {pages} pages a file. An upload that is cut goes on where it stopped.", { size: size(boot.limit), pages: whole(boot.pages) })}</p></div>
        <label class="button primary">${icon("upload")}${t("Choose files")}<input class="visually-hidden" type="file" multiple @change=${(event) => this.#chosen(event)}></label>
        <label class="button">${icon("folder-open")}${t("Choose a folder")}<input class="visually-hidden" type="file" webkitdirectory @change=${(event) => this.#chosen(event)}></label></div>
      ${this.worker === false ? html`<p class="notice warn">${icon("triangle-alert")}<span>${t("Files are taken, but nothing is drawn at the moment. Please tell the administrator.")}</span></p>` : nothing}
      ${
        this.sending.length
          ? html`<ul class="rows plain">${repeat(
              this.sending,
              (one) => one.key,
              (one) => this.#sendingRow(one),
            )}</ul>`
          : nothing
      }
      ${
        cut.length
          ? html`<p class="notice info wrap">${icon("info")}<span class="grow">${tn("{n} file was not sent to its end. Choose it again and it goes on where it was.", "{n} files were not sent to their end. Choose them again and they go on where they were.", cut.length)} ${cut.map((one) => one.filename).join(", ")}</span>
        <button class="button compact" type="button" @click=${() => this.#forget(cut)}>${t("Forget them")}</button></p>`
          : nothing
      }
      ${checking ? html`<p class="help" role="status">${tn("{n} file is being looked at…", "{n} files are being looked at…", checking)}</p>` : nothing}
      ${joining.map((one) => html`<p class="help" role="status">${t("The document “{name}” is being made of its pictures…", { name: one.filename })}${one.offset ? ` ${Math.floor((one.offset / one.length) * 100)} %` : ""}</p>`)}
      ${failed.length ? html`<ul class="rows plain">${failed.map((one) => html`<li><div class="grow"><b>${one.filename}</b><span class="error">${icon("circle-alert")}<span>${one.error.message}</span></span></div><button class="button quiet icon-only" type="button" aria-label=${t("Remove {name}", { name: one.filename })} @click=${() => this.#forget([one])}>${icon("x")}</button></li>`)}</ul>` : nothing}
      ${arrived.length ? this.#table(arrived) : nothing}
    </section>`,
      this,
    )
  }

  #sorted() {
    const mine = new Set(this.sending.map((one) => one.id))
    const of = (state) => this.uploads.filter((one) => one.state === state)
    return {
      arrived: of("arrived"),
      failed: of("failed"),
      checking: of("checking").length,
      joining: of("joining"),
      cut: of("arriving").filter((one) => !mine.has(one.id)),
    }
  }

  #sendingRow(one) {
    return html`<li><div class="grow"><b>${one.name}</b>
      ${one.problem ? html`<span class="error">${icon("circle-alert")}<span>${one.problem}</span></span>` : html`<progress max="1" .value=${one.sent} aria-label=${t("Sent of {name}", one)}></progress><span class="help">${one.waiting ? t("waiting") : one.cut ? t("no connection; it goes on by itself") : `${Math.floor(one.sent * 100)} %`}</span>`}</div>
      ${one.stamped ? html`<button class="button compact" type="button" @click=${() => this.#override(one)}>${t("It is no state secret…")}</button>` : nothing}
      <button class="button quiet icon-only" type="button" aria-label=${t("Remove {name}", one)} @click=${() => this.#stop(one)}>${icon("x")}</button></li>`
  }

  #table(rows) {
    return html`<h3>${t("What the names say: please look it over and confirm")}</h3>
      ${this.#together(rows)}
      <div class="arrival-rows">${repeat(
        rows,
        (one) => one.id,
        (
          one,
        ) => html`<fieldset class="arrival"><legend>${one.filename} <span class="help">${size(one.length)}${one.joined ? html` · ${tn("made of {n} picture", "made of {n} pictures", one.joined)}` : nothing}${one.pages && one.pages !== one.joined ? html` · ${tn("{n} page", "{n} pages", one.pages)}` : nothing}</span></legend>
        ${this.#choice(one)}${this.#fieldsOf(one)}
        ${
          one.joined
            ? html`<button class="button compact" type="button" @click=${() => this.#forget([one])}>${icon("undo-2")}${t("Take it apart")}</button>`
            : html`<button class="button quiet icon-only" type="button" aria-label=${t("Remove {name}", { name: one.filename })} @click=${() => this.#forget([one])}>${icon("trash-2")}</button>`
        }</fieldset>`,
      )}</div>
      <p class="buttons"><button class="button primary" type="button" ?disabled=${this.#busy} @click=${() => this.#confirm(rows)}>${icon("check")}${this.#confirmWord(rows)}</button></p>`
  }

  /** A scanner makes a picture of every sheet: those of a folder are the pages of one document, as a rule. */
  #together(rows) {
    return pagesTogether(rows, (id) => this.said.get(id).as).map(
      ({ folder, ids, pages }) =>
        html`<p class="notice info wrap">${icon("info")}<span class="grow">${
          folder
            ? tn(
                "{n} picture lies in “{folder}”. Is it a page of one document?",
                "{n} pictures lie in “{folder}”. Are they the pages of one document?",
                ids.length,
                { folder },
              )
            : tn(
                "{n} picture came by itself. Is it a page of one document?",
                "{n} pictures came by themselves. Are they the pages of one document?",
                ids.length,
              )
        }${pages > ids.length ? ` ${tn("Together they have {n} page.", "Together they have {n} pages.", pages)}` : ""}</span><button class="button compact" type="button" ?disabled=${this.#busy} @click=${() => this.#join(ids)}>${icon("book-open")}${t("Make one document of them")}</button></p>`,
    )
  }

  async #join(ids) {
    this.#busy = true
    this.#draw()
    await api("POST", `${this.data.path}/uploads/join`, { uploads: ids }).catch((problem) =>
      toast(problem.message, { kind: "bad" }),
    )
    this.#busy = false
    await this.#refresh()
    this.#draw()
  }

  #confirmWord(rows) {
    const others = rows.some(({ id }) => this.said.get(id).as === "medium")
    return others
      ? tn("Confirm {n} file", "Confirm {n} files", rows.length)
      : tn("Confirm {n} document", "Confirm {n} documents", rows.length)
  }

  /** A picture may be a page of the file, or what was photographed. */
  #choice(one) {
    if (one.medium !== "possible") return nothing
    const said = this.said.get(one.id)
    return html`<label class="arrival-as"><span>${t("Comes in as")}</span><select class="input" name="as" @change=${(
      event,
    ) => {
      said.as = event.target.value
      this.#draw()
    }}><option value="document" ?selected=${said.as === "document"}>${t("a page")}</option><option value="medium" ?selected=${said.as === "medium"}>${t("a photo")}</option></select></label>`
  }

  #fieldsOf(one) {
    if (this.said.get(one.id).as === "medium")
      return html`${this.#field(one, "title", t("Title"))}${this.#field(one, "bl", t("File page numbers (BL)"))}`
    return html`${this.#field(one, "volume", t("Volume"), "number")}${this.#field(one, "title", t("Title"))}
        ${this.#field(one, "bl_from", t("From BL"))}${this.#field(one, "bl_to", t("To BL"))}${this.#day(one)}`
  }

  #day(one) {
    const said = this.said.get(one.id)
    const typed = (event) => {
      said.date = event.target.value
    }
    return html`<label class="arrival-date"><span>${t("Date")}</span>${dayInput({ name: "date", value: said.date, typed })}</label>`
  }

  #field(one, name, label, type = "text") {
    const said = this.said.get(one.id)
    return html`<label class="arrival-${name}"><span>${label}</span><input class="input" name=${name} type=${type} min=${type === "number" ? 1 : nothing} .value=${String(said[name] || (name === "volume" ? 1 : ""))} @input=${(
      event,
    ) => {
      said[name] = event.target.value
    }}></label>`
  }

  /** One that was cut, here or on another device: of the same name and length, and the same bytes where it ended. */
  async #cutOf(one) {
    for (const each of this.#sorted().cut) {
      if (each.filename !== one.name || each.length !== one.file.size || this.sending.some(({ id }) => id === each.id))
        continue
      if (await endsAlike(one.file, each).catch(() => false)) return each
    }
  }

  async #confirm(rows) {
    this.#busy = true
    this.#draw()
    const wanted = rows.map((one) => {
      const said = this.said.get(one.id)
      if (said.as === "medium") return { upload: one.id, as: "medium", title: said.title, bl: said.bl }
      const { bl, ...document } = said
      return { ...document, upload: one.id, volume: Number(said.volume) || 1 }
    })
    try {
      const { documents } = await api("POST", `${this.data.path}/import`, { rows: wanted })
      const other = documents
        .filter(({ differs }) => differs)
        .map(({ upload }) => wanted.find((one) => one.upload === upload))
      if (other.length)
        toast(
          t("Somebody else had confirmed this before, and what they said stands: {titles}. Change it in its volume.", {
            titles: other
              .map(({ title, bl_from, bl_to }) =>
                [title, bl_from && `BL ${bl_from}${bl_to ? `–${bl_to}` : ""}`].filter(Boolean).join(", "),
              )
              .join("; "),
          }),
          { kind: "warn" },
        )
      else toast(wordsOfTaken(wanted))
    } catch (problem) {
      toast(problem.message, { kind: "bad" })
    }
    this.#busy = false
    await this.#refresh()
    this.#draw()
    this.data.refresh()
  }

  #drag(event, over) {
    if (![...event.dataTransfer.types].includes("Files")) return
    event.preventDefault()
    if (this.over === over) return
    this.over = over
    this.#draw()
  }

  async #drop(event) {
    if (!event.dataTransfer.files.length) return
    event.preventDefault()
    this.over = false
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
    this.#add(
      entries.length
        ? (await Promise.all(entries.map((entry) => filesIn(entry)))).flat()
        : [...event.dataTransfer.files].map((file) => ({ file, path: file.name })),
    )
  }

  #chosen({ target }) {
    this.#add([...target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })))
    target.value = ""
  }

  /** Those of a folder that cannot become pages (Thumbs.db, .DS_Store) are left where they are. */
  #add(found) {
    const usable = found.filter(({ path }) => !/(^|\/)(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(path))
    usable.sort((one, other) => counted.compare(one.path, other.path))
    for (const { file, path } of usable) this.sending.push({ key: uid(), name: path, file, sent: 0, waiting: true })
    this.#draw()
    this.#next()
  }

  #next() {
    const running = this.sending.filter((one) => !one.waiting && !one.problem).length
    for (const one of this.sending.filter((each) => each.waiting).slice(0, Math.max(0, AT_ONCE - running)))
      this.#send(one)
  }

  async #send(one) {
    one.waiting = false
    if (boot.limit && one.file.size > boot.limit)
      return this.#fail(one, t("The file is larger than {size}.", { size: size(boot.limit) }))
    const cut = await this.#cutOf(one)
    if (!this.sending.includes(one)) return
    one.id = cut?.id
    one.sending = new tus.Upload(one.file, {
      endpoint: `${this.data.path}/uploads`,
      uploadUrl: cut ? `${this.data.path}/uploads/${cut.id}` : null,
      chunkSize: PIECE,
      retryDelays: DELAYS,
      // Nothing of the names of a case stays in the browser: the server knows what was cut.
      storeFingerprintForResuming: false,
      headers: { "X-Meetingroom": "1", ...(belongsTo() && { "X-Meetingroom-As": belongsTo() }) },
      metadata: { filename: one.file.name, path: one.name, ...(one.reason && { override_reason: one.reason }) },
      onUploadUrlAvailable: () => {
        one.id = one.sending.url?.split("/").pop()
      },
      onProgress: (sent, all) => {
        one.cut = false
        one.sent = all ? sent / all : 0
        this.#draw()
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0
        one.cut = status === 0
        this.#draw()
        return status === 0 || status === 409 || status === 423 || status >= 500
      },
      onError: (error) => {
        one.stamped = isStamped(error)
        this.#fail(one, wordsOf(error))
      },
      onSuccess: () => {
        this.sending = this.sending.filter((each) => each !== one)
        this.#next()
        this.#refresh()
      },
    })
    one.sending.start()
    this.#draw()
  }

  /** Its name only looks like the stamp of a state secret: who sends it says why, which is kept. */
  async #override(one) {
    const reason = await prompt({
      title: t("Why is “{name}” no state secret?", { name: one.name }),
      help: t("Ten letters at least. It stands in the log of the case."),
      multiline: true,
      yes: t("Send it"),
    })
    if (!reason || !this.sending.includes(one)) return
    Object.assign(one, { reason, stamped: false, problem: "", waiting: true, sent: 0 })
    this.#draw()
    this.#next()
  }

  #fail(one, words) {
    one.problem = words
    this.#draw()
    this.#next()
  }

  async #stop(one) {
    this.sending = this.sending.filter((each) => each !== one)
    await one.sending?.abort(true).catch(() => {})
    this.#draw()
    this.#next()
  }

  async #forget(rows) {
    for (const one of rows)
      await api("DELETE", `${this.data.path}/uploads/${one.id}`, undefined, NOTHING).catch((problem) =>
        toast(problem.message, { kind: "bad" }),
      )
    this.#refresh()
  }
}

/** Where one brings photos and recordings, a picture is one. */
const firstAs = (one) => (one.medium === "always" || (one.medium && boot.media) ? "medium" : "document")

function wordsOfTaken(wanted) {
  if (wanted.every((one) => one.as === "medium"))
    return tn(
      "{n} photo or recording is in the case; it is being prepared.",
      "{n} photos or recordings are in the case; they are being prepared.",
      wanted.length,
    )
  return tn(
    "{n} document is in the case; its pages are being drawn.",
    "{n} documents are in the case; their pages are being drawn.",
    wanted.length,
  )
}

const spanOf = ({ bl_from: first, bl_to: last }) => (first && last && first !== last ? `${first}-${last}` : first)

const isStamped = (error) => error.originalResponse?.getBody().includes('"secret_stamp"')

/** What the server said about it, in the reader's language. */
function wordsOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).error.message
  } catch {
    return t("The file could not be sent. Please check the connection and choose it again.")
  }
}

/** Every file below what was dropped: [{file, path}]. @returns {Promise<{ file: File, path: string }[]>} */
async function filesIn(entry) {
  if (entry.isFile)
    return [
      { file: await new Promise((take, refuse) => entry.file(take, refuse)), path: entry.fullPath.replace(/^\//, "") },
    ]
  const reader = entry.createReader()
  const found = []
  for (;;) {
    const some = await new Promise((take, refuse) => reader.readEntries(take, refuse))
    if (!some.length) break
    for (const one of some) found.push(...(await filesIn(one)))
  }
  return found
}

customElements.define("case-arrivals", CaseArrivals)
