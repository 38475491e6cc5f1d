/** What this person has put away on this device (a result they have read, a notice): it does not come forward again. */

import { local } from "../lib/storage.js"

const KEPT = 200

export class Dismissed {
  #name
  #all

  /** `what` names the kind of thing; kept by meeting and person. */
  constructor(what, meeting) {
    this.#name = `${what}/${meeting.id}/${meeting.me.id || ""}`
    const all = local.read(this.#name)
    this.#all = Array.isArray(all) ? all : []
  }

  has(id) {
    return this.#all.includes(id)
  }

  add(id) {
    if (this.has(id)) return
    this.#all = [...this.#all, id].slice(-KEPT)
    local.write(this.#name, this.#all)
  }
}
