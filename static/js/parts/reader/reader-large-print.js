/** "Chữ lớn": the text of the paper alone, as an article in large letters. Pages come as one reads on. */

import { element } from "../../lib/element.js"
import { ask } from "../../lib/ask.js"
import { shaped } from "../../lib/proof.js"
import { t } from "../../lib/t.js"
import { wordsUrl } from "../../pages/page-words.js"
import { nameOfPage } from "../../reader/layout.js"
import { writeLook } from "../../reader/places.js"
import { isHard } from "../../reader/recognised.js"
import { linesOf, paragraphsOf } from "../../reader/text-lines.js"

const SIZES = 4

export class LargePrint {
  on = false

  #reader
  #next = 1
  #loading = false
  #run = 0
  #seen

  constructor(reader) {
    this.#reader = reader
    this.#place.addEventListener("scroll", () => this.#scrolled(), { signal: reader.signal, passive: true })
  }

  get #place() {
    return /** @type {HTMLElement} */ (this.#reader.querySelector("[data-large]"))
  }

  async show(page) {
    const run = ++this.#run
    this.on = true
    const place = this.#place
    place.replaceChildren()
    place.hidden = false
    this.#size()
    place.setAttribute("aria-label", t("Large print"))
    place.focus({ preventScroll: true })
    this.#next = page
    this.#loading = false
    await this.#more(run)
    if (run === this.#run) place.scrollTop = 0
  }

  hide() {
    this.#run += 1
    this.on = false
    const { page } = this.#reader
    this.#place.hidden = true
    this.#place.replaceChildren()
    this.#reader.go(page)
  }

  /** Larger or smaller letters. */
  step(by) {
    const { look } = this.#reader
    look.size = Math.min(SIZES - 1, Math.max(0, look.size + by))
    writeLook(look)
    this.#size()
  }

  #size() {
    this.#place.dataset.size = String(this.#reader.look.size)
  }

  /** Enough pages for a window and a half. */
  async #more(run) {
    if (this.#loading) return
    this.#loading = true
    const place = this.#place
    while (run === this.#run && this.#next <= this.#reader.paper.pages) {
      if (place.scrollHeight > place.scrollTop + 2.5 * place.clientHeight) break
      const n = this.#next++
      place.append(await this.#section(n))
    }
    if (run === this.#run) this.#loading = false
  }

  async #section(n) {
    const { paper, outline } = this.#reader
    const section = element("section", "reader-large-page")
    section.dataset.page = String(n)
    section.append(element("h3", "", t("Page {page}", { page: nameOfPage(n, outline.labels) })))
    const { ok, body } = await ask(wordsUrl(paper.document, n, paper.t), {
      proof: shaped({ words: "list" }),
      cache: "default",
    })
    if (!ok) section.append(element("p", "quiet-text", t("The text of this page cannot be had now.")))
    else if (!body.words.length) section.append(element("p", "quiet-text", t("This page has no text.")))
    if (ok && body.source === "ocr") {
      const words = isHard(body.conf)
        ? t("Recognised text, hard to read: it may well be wrong.")
        : t("Recognised text: it may be wrong.")
      section.append(element("p", "reader-recognised", words))
    }
    const lines = ok ? paragraphsOf(linesOf(body.words)) : []
    for (const each of lines) section.append(element("p", "", each.map(({ text }) => text).join(" ")))
    return section
  }

  #scrolled() {
    this.#more(this.#run)
    if (this.#seen) return
    this.#seen = requestAnimationFrame(() => {
      this.#seen = undefined
      const place = this.#place
      if (!this.on || !place) return
      const line = place.getBoundingClientRect().top + place.clientHeight / 4
      const sections = [...place.querySelectorAll("section")]
      const here = sections.filter((one) => one.getBoundingClientRect().top <= line)
      const page = Number((here[here.length - 1] ?? sections[0])?.dataset.page)
      if (page && page !== this.#reader.page) this.#reader.sheets.go(page)
    })
  }
}
