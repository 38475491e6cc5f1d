/** Whether this screen follows the chair or browses on its own. Only this screen's business: nothing is sent. */

import { session } from "../lib/storage.js"
import { entered } from "./meeting.js"

/**
 * `place` is {paper, page} while I browse, undefined while I follow; `mine` is where I read last. `called` is {page, back} for a while after the
 * chair has called everybody back; `back` is where I was. Events `change`,
 * `call` (the chair has called, and this screen was with the chair already). Kept over a reload of the page.
 */
export class Following extends EventTarget {
  place = undefined
  mine = undefined
  called = undefined

  #meeting
  #store
  #calls

  constructor(meeting, store = session) {
    super()
    this.#meeting = meeting
    this.#store = store
    const kept = this.#read()
    this.place = kept.place
    this.mine = kept.mine
    this.#calls = kept.calls
    meeting.watch(["stage", "papers"], (view) => this.#look(view))
  }

  /** "follow", "browse", or "called": following because the chair said so. */
  get mode() {
    return this.place ? "browse" : this.called ? "called" : "follow"
  }

  /** Nobody reads on their own what is to be seen on the stage alone. Who reads a paper stays with its version. */
  browse(paper, page = 1, version = 0) {
    if (!this.#readable(paper)) return this.follow()
    this.#become({ paper, page, version: version || this.#versionOf(paper) }, undefined)
  }

  follow() {
    this.#become(undefined, undefined)
  }

  /** On my own: where I read last, if that paper is still there, otherwise from this place on. */
  goOn(paper, page) {
    if (this.mine && this.#readable(this.mine.paper)) this.#become(this.mine, undefined)
    else this.browse(paper, page)
  }

  /** Back to the page I was reading when the chair called. */
  goBack() {
    if (this.called?.back && this.#readable(this.called.back.paper)) this.#become(this.called.back, undefined)
  }

  #look({ stage, papers }) {
    const { n = 0, site } = stage.call || {}
    const first = this.#calls === undefined
    if (first || n !== this.#calls) {
      this.#calls = n
      const meant = !site || site === this.#meeting.me.site
      if (!first && meant && this.place) return this.#become(undefined, { page: stage.page, back: this.place })
      this.#write()
      if (!first && meant) this.dispatchEvent(new CustomEvent("call"))
    }
    // A paper that was withdrawn cannot be read any more; a holder is where everybody is.
    const gone = this.place && (!papers?.[this.place.paper] || papers[this.place.paper].limited)
    if (this.place && (gone || this.#meeting.holding)) this.#become(undefined, undefined)
  }

  /** The version that is read already; of another paper the newest. */
  #versionOf(paper) {
    const read = this.place ?? this.mine
    return (read?.paper === paper && read.version) || this.#meeting.view.papers[paper].version || 1
  }

  #readable(paper) {
    const found = this.#meeting.view.papers?.[paper]
    return Boolean(found) && !found.limited
  }

  #become(place, called) {
    // Neither place is lost: the chair's stands in the view, mine here.
    this.mine = place || this.place || this.mine
    this.place = place
    this.called = called
    this.#write()
    this.dispatchEvent(new CustomEvent("change"))
  }

  get #key() {
    return `following/${this.#meeting.id}/${this.#meeting.me.id || ""}`
  }

  #read() {
    return this.#store.read(this.#key) ?? {}
  }

  #write() {
    this.#store.write(this.#key, { place: this.place, mine: this.mine, calls: this.#calls })
  }
}

/** The one of this screen, once its meeting is known. */
export const following = entered.then((meeting) => new Following(meeting))
