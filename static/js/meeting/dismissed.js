/** What this person has put away on this device (a result they have read, a notice): it does not come forward again. */

const KEPT = 200

export class Dismissed {
  #name
  #all

  /** `what` names the kind of thing; kept by meeting and person. */
  constructor(what, meeting) {
    this.#name = `${what}/${meeting.id}/${meeting.me.id || ""}`
    try {
      this.#all = JSON.parse(localStorage.getItem(this.#name)) || []
    } catch {
      this.#all = []
    }
  }

  has(id) {
    return this.#all.includes(id)
  }

  add(id) {
    if (this.has(id)) return
    this.#all = [...this.#all, id].slice(-KEPT)
    try {
      localStorage.setItem(this.#name, JSON.stringify(this.#all))
    } catch {
      /* private browsing: until the page is left */
    }
  }
}
