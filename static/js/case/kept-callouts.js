/** The excerpts that are kept on the page of a case that is on the stage: offered, kept, and the words that frames fit. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"
import { uid } from "../lib/uid.js"
import { wordsUrl } from "../pages/page-words.js"
import { isMine } from "./my-cases.js"
import { snapped } from "./snap.js"

const PATIENCE = 1500

/** Event `change`. */
export class KeptCallouts extends EventTarget {
  #place = ""
  #address = ""
  /** @type {any} */
  #page
  /** @type {Promise<any[]>} */
  #words = Promise.resolve([])
  /** @type {any[]} */
  list = []
  mayEdit = false
  #begun = { what: "", id: "" }

  /** Of a page {case, document, page}; of none, where the stage shows something else. */
  show(page) {
    const place = page ? `${page.case}/${page.document}/${page.page}` : ""
    if (place === this.#place) return
    this.#place = place
    this.#page = page
    this.list = []
    this.mayEdit = false
    if (page) {
      this.#address = `/api/cases/${encodeURIComponent(page.case)}/callouts`
      this.read()
    }
  }

  async read() {
    const place = this.#place
    const { case: case_, document, page } = this.#page
    // Who is not on the list of the case has none.
    if (!(await isMine(case_)) || place !== this.#place) return
    const { ok, body } = await ask(`${this.#address}?document=${encodeURIComponent(document)}&page=${page}`, {
      proof: shaped({ callouts: "list" }),
    })
    if (!ok || place !== this.#place) return
    this.list = body.callouts
    this.mayEdit = body.may_edit
    this.dispatchEvent(new CustomEvent("change"))
  }

  /** Asks for the words of the page, so that they are here when the frame is drawn. @param {number} patience ms */
  prepare(patience = PATIENCE) {
    const { document, page } = this.#page
    this.#words = ask(wordsUrl(document, page), { proof: shaped({ words: "list" }), patience }).then(({ ok, body }) =>
      ok ? body.words : [],
    )
  }

  /** @param {number[]} rect */
  async fitted(rect) {
    return snapped(rect, await this.#words)
  }

  /** The words of the page that `prepare` asked for. */
  get words() {
    return this.#words
  }

  /** These excerpts, where they are kept already. */
  find(rects) {
    return this.list.find((each) => same(each.rects, rects))
  }

  async keep(rects, name, marks = []) {
    const { document, page } = this.#page
    const answer = await ask(this.#address, {
      method: "POST",
      json: { id: this.#idFor(rects), document, page, rects, marks, name },
    })
    // Where no answer came it may be kept all the same.
    if (answer.ok || !answer.status) await this.read()
    return answer
  }

  /** What is sent again after a lost answer is the same excerpt. */
  #idFor(rects) {
    const what = JSON.stringify([this.#place, rects])
    if (this.#begun.what !== what) this.#begun = { what, id: `k${uid(11)}` }
    return this.#begun.id
  }

  async change(id, json) {
    const answer = await ask(`${this.#address}/${encodeURIComponent(id)}`, { method: "PATCH", json })
    if (answer.ok || answer.status === 409) await this.read()
    return answer
  }
}

const same = (a, b) =>
  a.length === b.length && a.every((rect, n) => rect.every((value, i) => Math.abs(value - b[n][i]) < 0.002))
