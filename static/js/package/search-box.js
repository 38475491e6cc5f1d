/** The box for numbers of the file and words of nodes. One page opens, several are listed; none says so. */

import { inOrder } from "../case/map-tree.js"
import { t } from "../lib/t.js"
import { aboutPage, fileOf, labels, maps, nameOfPage, placeOf } from "./data.js"
import { el, icon } from "./el.js"
import { nodesFor, pagesFor, readBl } from "./find.js"

const MOST = 60

export class SearchBox {
  element = el("div", { class: "search" })
  #acts
  #input
  #found = el("div", { class: "found", hidden: true })

  /** `acts` {page(place), node(map, id)} */
  constructor(acts) {
    this.#acts = acts
    this.draw()
    document.addEventListener("pointerdown", (event) => {
      if (!this.element.contains(/** @type {Node} */ (event.target))) this.#found.hidden = true
    })
  }

  draw() {
    const typed = this.#input?.value ?? ""
    this.#input = el("input", {
      type: "search",
      autocomplete: "off",
      enterkeyhint: "go",
      maxlength: 120,
      placeholder: "BL 84",
      "aria-label": t("Number in the file (BL), or words of the map"),
      oninput: () => this.#look(false),
    })
    this.#input.value = typed
    const form = el(
      "form",
      {
        role: "search",
        onsubmit: (event) => {
          event.preventDefault()
          this.#look(true)
        },
      },
      [icon("search"), this.#input],
    )
    this.#found.setAttribute("role", "status")
    this.element.replaceChildren(form, this.#found)
    this.element.onkeydown = (event) => {
      if (event.key !== "Escape") return
      event.stopPropagation()
      this.#close()
    }
  }

  focus() {
    this.#input.focus()
    this.#input.select()
  }

  #close() {
    this.#found.hidden = true
    this.#input.blur()
  }

  #look(asked) {
    const text = this.#input.value.trim()
    this.#found.hidden = !text
    if (!text) return
    const wanted = readBl(text)
    const pages = wanted ? pagesFor(labels, wanted).map(placeOf) : []
    if (asked && pages.length === 1) return this.#open(() => this.#acts.page(pages[0]))
    const nodes = wanted
      ? []
      : maps.flatMap((map, n) =>
          nodesFor(map, inOrder(map), text).map((id) => ({ map: n, id, text: map.nodes[id].text })),
        )
    if (asked && !wanted && nodes.length === 1) return this.#open(() => this.#acts.node(nodes[0].map, nodes[0].id))
    const words =
      pages.length > 1 && !wanted?.to
        ? t("“{text}” fits several pages. Please choose one.", { text })
        : wanted && !pages.length
          ? t("“{text}” is not in this package.", { text })
          : !wanted && !nodes.length
            ? t("Nothing is found for “{text}”.", { text })
            : ""
    this.#found.replaceChildren(
      ...[words && el("p", { class: "found-said" }, words)].filter(Boolean),
      ...pages
        .slice(0, MOST)
        .map((page) =>
          this.#row(
            () => this.#acts.page(page),
            [
              el("img", { src: fileOf(page), alt: "", loading: "lazy" }),
              el("span", {}, [el("b", {}, nameOfPage(page)), el("small", {}, aboutPage(page))]),
            ],
          ),
        ),
      ...nodes
        .slice(0, MOST)
        .map((node) =>
          this.#row(() => this.#acts.node(node.map, node.id), [icon("workflow"), el("span", {}, node.text)]),
        ),
    )
    return undefined
  }

  #row(act, parts) {
    return el("button", { type: "button", class: "found-row", onclick: () => this.#open(act) }, parts)
  }

  #open(act) {
    this.#close()
    act()
  }
}
