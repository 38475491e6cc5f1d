/**
 * The links that stand in the PDF of a page of a case: one to a page of the same document turns to it, one to elsewhere
 * shows its address and is never opened by itself.
 */

import { ask } from "../../lib/ask.js"
import { t } from "../../lib/t.js"
import { outlineIn } from "../../reader/outline.js"
import { showAddress } from "../reader/reader-links.js"

const AGAIN = 3000
// Of a document; how many it has stands in the strip of its volume, which comes later.
const MOST_PAGES = 100_000
/** @type {Map<string, Promise<any[]>>} */
const known = new Map()

/** All of a document, asked for once. @param {string} id @returns {Promise<any[]>} */
function linksOf(id) {
  let found = known.get(id)
  if (!found) {
    found = read(id)
    known.set(id, found)
  }
  return found
}

/** Where they have not been read from the file yet, once more in a moment. */
async function read(id, again = true) {
  const { ok, body } = await ask(`/documents/${encodeURIComponent(id)}/outline.json`)
  if (ok && body.ready) return outlineIn(body, MOST_PAGES).links
  known.delete(id)
  if (!ok || !again) return []
  await new Promise((resolve) => setTimeout(resolve, AGAIN))
  return read(id, false)
}

/** Lies over the picture of a page, wherever that lies. */
export class CaseLinks {
  #layer = document.createElement("div")
  #picture
  #place = ""
  #resized = new ResizeObserver(() => this.#fit())

  constructor() {
    this.#layer.className = "case-links"
  }

  /** @param {HTMLImageElement} picture @param {{ document: string, page: number, turn: (page: number) => void }} how */
  async show(picture, { document: id, page, turn }) {
    if (this.#picture !== picture) {
      this.#resized.disconnect()
      this.#picture = picture
      picture.addEventListener("load", () => this.#fit())
      this.#resized.observe(picture)
    }
    if (picture.nextElementSibling !== this.#layer) picture.after(this.#layer)
    const place = `${id}/${page}`
    if (this.#place === place) return
    this.#place = place
    this.#layer.replaceChildren()
    const found = await linksOf(id)
    if (this.#place !== place) return
    this.#layer.replaceChildren(...found.filter((link) => link.page === page).map((link) => button(link, turn)))
    this.#fit()
  }

  #fit() {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#picture
    Object.assign(this.#layer.style, {
      left: `${offsetLeft}px`,
      top: `${offsetTop}px`,
      width: `${offsetWidth}px`,
      height: `${offsetHeight}px`,
    })
  }
}

function button({ box: [x, y, w, h], to, href }, turn) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "reader-link"
  made.setAttribute("aria-label", to ? t("To page {page}", { page: to }) : t("Link: {address}", { address: href }))
  Object.assign(made.style, { left: `${x * 100}%`, top: `${y * 100}%`, width: `${w * 100}%`, height: `${h * 100}%` })
  made.onclick = () => (to ? turn(to) : showAddress(href))
  return made
}
