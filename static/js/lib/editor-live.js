/** A frame for what the log tells: grey, and nobody types in it. */

import { element } from "./element.js"

export class LiveFrame {
  dom = document.createElement("div")
  #node
  #how
  #acts

  constructor(node, how, acts) {
    this.#node = node
    this.#how = how
    this.#acts = acts
    this.dom.className = "note-live"
    this.dom.contentEditable = "false"
    this.draw()
  }

  draw() {
    const { label, texts } = this.#how.live(this.#node.attrs.kind, this.#node.attrs.ref)
    const acts = element("span", "note-live-acts")
    acts.append(
      this.#button(this.#how.words.asText, texts.length > 0, this.#acts.asText),
      this.#button(this.#how.words.remove, true, this.#acts.remove),
    )
    const head = element("span", "note-live-head", label)
    const lines = texts.length ? texts : [this.#how.words.nothing].filter(Boolean)
    this.dom.replaceChildren(head, acts, ...lines.map((text) => element("p", "", text)))
  }

  #button(words, enabled, act) {
    const button = element("button", "button", words)
    Object.assign(button, { type: "button", disabled: !enabled })
    button.addEventListener("click", () => this.#acts.editable() && act())
    return button
  }

  stopEvent(event) {
    return event.target instanceof Element && Boolean(event.target.closest("button"))
  }

  destroy() {
    this.#acts.gone()
  }

  ignoreMutation() {
    return true
  }
}
