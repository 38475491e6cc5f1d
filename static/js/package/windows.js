/** The two windows: who presents tells the audience's window what is shown, which says when it is there. */

import { about } from "./data.js"

const NAME = "meetingroom-package"
const AGAIN = 1500 // ms between two signs of life

export const isAudience = location.hash === "#screen"

const ours = ({ data }) => (data && typeof data === "object" && data.package === about.serial ? data : undefined)

/** For who presents. */
export class ToAudience {
  #window
  #seen = 0

  /** `changed(there)` when the window comes or goes; `wanted()` is what it is to show; `key(name)` was pressed in it. */
  constructor({ changed, wanted, key }) {
    window.addEventListener("message", (event) => {
      const message = ours(event)
      if (!message || !event.source || message.say === "show") return
      const isNew = this.#window !== event.source || !this.#seen
      this.#window = event.source
      this.#seen = Date.now()
      if (message.say === "key") key(message.key)
      if (isNew || message.say === "hello") this.tell(wanted())
      if (isNew) changed(true)
    })
    setInterval(() => {
      if (this.#seen && (this.#window?.closed || Date.now() - this.#seen > 4 * AGAIN)) {
        this.#seen = 0
        changed(false)
      }
    }, AGAIN)
  }

  get isThere() {
    return this.#seen > 0
  }

  open() {
    const address = `${location.href.split("#")[0]}#screen`
    this.#window = window.open(address, NAME, "popup,width=1280,height=720")
    return Boolean(this.#window)
  }

  tell(state) {
    this.#window?.postMessage({ package: about.serial, say: "show", state }, "*")
  }
}

/** For the audience's window. `show(state)`; returns `press(key)`, which passes a key on. */
export function fromPresenter(show) {
  const presenter = window.opener
  const say = (word, more = {}) => presenter?.postMessage({ package: about.serial, say: word, ...more }, "*")
  window.addEventListener("message", (event) => {
    const message = ours(event)
    if (message?.say === "show" && event.source === presenter) show(message.state)
  })
  say("hello")
  setInterval(() => say("here"), AGAIN)
  return (key) => say("key", { key })
}
