/** Citations of a case file in texts of a meeting as links, for whoever may see the pages: the server says which. */

import { api } from "../lib/api.js"
import { shaped } from "../lib/proof.js"
import { t } from "../lib/t.js"
import { date } from "../lib/time.js"

const PERHAPS = /(?:b\.?\s?l|b[úu]t\s+l[ụu]c)[^a-z]*\d/i

/** Asks for texts as they come, once each; event `change` when more is known. */
export class BlLinks extends EventTarget {
  #meeting
  #known = new Map()
  #wanted = new Set()

  constructor(meeting) {
    super()
    this.#meeting = meeting
  }

  /** @param {string} text @returns {(string | HTMLAnchorElement)[]} its pieces in order */
  linked(text) {
    if (!PERHAPS.test(text)) return [text]
    const found = this.#known.get(text)
    if (!found) this.#want(text)
    const pieces = []
    let from = 0
    for (const each of found ?? []) {
      pieces.push(text.slice(from, each.start), linkTo(each))
      from = each.end
    }
    return [...pieces, text.slice(from)]
  }

  /** The same in a fragment that nobody else draws. @param {DocumentFragment | Element} place */
  linkIn(place) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode))
    for (const node of texts) {
      const pieces = this.linked(node.data)
      if (pieces.length > 1) node.replaceWith(...pieces)
    }
    return place
  }

  #want(text) {
    if (!this.#wanted.size) setTimeout(() => this.#ask())
    this.#wanted.add(text)
  }

  async #ask() {
    const texts = [...this.#wanted].slice(0, 500)
    this.#wanted.clear()
    // What fails stays text: the minutes are whole without their links.
    const answer = await api(
      "POST",
      `/api/meetings/${encodeURIComponent(this.#meeting)}/citations`,
      { texts },
      shaped({ answers: "list" }),
    ).catch(() => undefined)
    for (const [n, text] of texts.entries()) this.#known.set(text, answer?.answers[n] ?? [])
    if (answer?.answers.some((each) => each.length)) this.dispatchEvent(new Event("change"))
  }
}

function linkTo({ text, href, result, several, now, until }) {
  const link = document.createElement("a")
  link.className = result === "several" ? "link bl-unclear" : "link"
  link.href = several ? `${href}?cite=${encodeURIComponent(text)}` : href
  link.target = "_blank"
  link.rel = "noopener"
  link.textContent = text
  if (until) link.title = t("BL {label} now; “{text}” until {day}", { label: now || "–", text, day: date(until) })
  return link
}
