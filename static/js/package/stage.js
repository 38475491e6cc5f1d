/**
 * What is shown, the same in both windows:
 * `{kind: "map", map, node, open, shut, levels}` · `{kind: "page", page, rect, callouts, marks}` · `{kind: "pair", pair, line, text}`
 * · `{kind: "media", medium, from, to, showing, play}`, each with the map and node where one came from; `covered`.
 */

import { about, maps } from "./data.js"
import { el } from "./el.js"
import { MediaView } from "./media-view.js"
import { PageView } from "./page-view.js"
import { TreeView } from "./tree-view.js"

export class Stage {
  element = el("div", { class: "stage" })
  tree
  pages = new PageView()
  media
  #treeHost = el("div", { class: "tree" })
  #cover = el("div", { class: "cover" }, el("p", {}, about.code))

  constructor({ acts, played } = /** @type {any} */ ({})) {
    this.tree = new TreeView(this.#treeHost, acts)
    this.media = new MediaView(played)
    this.element.append(this.#treeHost, this.pages.element, this.media.element, this.#cover)
  }

  show(state, visited) {
    const { kind } = state
    const isPages = kind === "page" || kind === "pair"
    this.#treeHost.hidden = kind !== "map"
    this.pages.element.hidden = !isPages
    this.media.element.hidden = kind !== "media"
    this.#cover.hidden = !state.covered
    this.element.dataset.kind = kind
    if (kind === "map") this.tree.show(maps[state.map], { ...state, visited })
    if (isPages) this.pages.show(state)
    if (kind === "media") this.media.show(state)
    else this.media.stop()
  }
}
