/** Which screens have what is on the stage, for who is about to play it: all begin together, or after three seconds. */

const LONGEST = 3000

/**
 * What of the room's presence is about the place on the stage: {shown, all} of its screens, big ones among them, `big`
 * {shown, all} of these alone, `silent` the names of those nobody hears. Undefined where it is about another place, or
 * says nothing of big screens (to a technician). A big screen that is kept for something else is waited for by nobody.
 */
export function countsOf(presence, key) {
  const { screens = 0, on_page: shown = 0, projectors } = presence ?? {}
  if (!key || presence?.key !== key || !projectors) return undefined
  const walls = projectors.filter(({ state }) => state === "shown" || state === "loading")
  const big = { shown: walls.filter(({ state }) => state === "shown").length, all: walls.length }
  const silent = walls.filter(({ silent }) => silent).map(({ name }) => name)
  return { shown: shown + big.shown, all: screens + big.all, big, silent }
}

/** Does it run before nobody's eyes: on no big screen, and not on every device either? @param {any} media */
export const playsNowhere = (counts, media) =>
  Boolean(counts) && media.kind !== "photo" && !(media.everywhere ? counts.shown : counts.big.shown)

/** Event `change`; `counts` for the place on the stage. */
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
    return countsOf(this.#presence, this.#meeting.view.stage.key)
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
