/** What others ask the presenter to show (Xin chiếu): heard by who holds the stage, kept while this page lives. */

const MOST = 20

/** Event `change`; `list` is [{by, case, document?, page?, map?, node?, media?, title, at}], the newest first. */
export class Requests extends EventTarget {
  /** @type {any[]} */
  list = []

  constructor(meeting) {
    super()
    meeting.addEventListener("signal", ({ detail }) => {
      if (detail.kind === "request") this.#take({ ...detail, at: meeting.now() })
    })
  }

  #take(asked) {
    const same = (one) => ["by", "document", "page", "node", "media"].every((name) => one[name] === asked[name])
    this.list = [asked, ...this.list.filter((one) => !same(one))].slice(0, MOST)
    this.dispatchEvent(new CustomEvent("change"))
  }

  done(asked) {
    this.list = this.list.filter((one) => one !== asked)
    this.dispatchEvent(new CustomEvent("change"))
  }
}

const known = new WeakMap()

/** Those of a meeting. */
export function requestsOf(meeting) {
  if (!known.has(meeting)) known.set(meeting, new Requests(meeting))
  return known.get(meeting)
}
