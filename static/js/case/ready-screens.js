/** Which screens have what is on the stage, for who is about to play it: all begin together, or after three seconds. */

const LONGEST = 3000

/** Event `change`; `counts` {shown, all} of the screens of the room, big ones among them, for the place on the stage. */
export class ReadyScreens extends EventTarget {
  #meeting
  #presence

  constructor(meeting) {
    super()
    this.#meeting = meeting
    meeting.addEventListener("presence", ({ detail }) => {
      this.#presence = detail
      this.dispatchEvent(new CustomEvent("change"))
    })
  }

  get counts() {
    const { key, screens = 0, on_page: shown = 0, projectors = [] } = this.#presence ?? {}
    if (!key || key !== this.#meeting.view.stage.key) return undefined
    const walls = projectors.filter(({ state }) => state !== "lost")
    return {
      shown: shown + walls.filter(({ state }) => state === "shown").length,
      all: screens + walls.length,
      silent: walls.filter(({ silent }) => silent).map(({ name }) => name),
    }
  }

  /** Has each screen that is there and follows the stage what is on it? */
  get all() {
    const { key, loading = 0, projectors = [] } = this.#presence ?? {}
    return key === this.#meeting.view.stage.key && !loading && projectors.every(({ state }) => state !== "loading")
  }

  /** Resolves as soon as all have it, or three seconds later. */
  wait(longest = LONGEST) {
    if (this.all) return Promise.resolve()
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        this.removeEventListener("change", look)
        done(undefined)
      }
      const look = () => this.all && end()
      const timer = setTimeout(end, longest)
      this.addEventListener("change", look)
    })
  }
}

const known = new WeakMap()

export function readyScreensOf(meeting) {
  if (!known.has(meeting)) known.set(meeting, new ReadyScreens(meeting))
  return known.get(meeting)
}
