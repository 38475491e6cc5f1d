/** Which big screen of a site is heard: the server names one, and whoever stands before a screen may say otherwise. */

/** Event `change`; `wanted`: recordings are to be heard from this screen. */
export class Sound extends EventTarget {
  #here = false
  #own = undefined

  constructor(meeting) {
    super()
    meeting.addEventListener("signal", ({ detail }) => {
      if (detail.kind !== "sound") return
      this.#here = Boolean(detail.here)
      this.#tell()
    })
  }

  get wanted() {
    return this.#own ?? this.#here
  }

  /** Here, or not here, whatever the server thinks. */
  choose(wanted) {
    this.#own = wanted
    this.#tell()
  }

  #tell() {
    this.dispatchEvent(new CustomEvent("change"))
  }
}

const known = new WeakMap()

/** That of a meeting; made early, since the server says it once. */
export function soundOf(meeting) {
  if (!known.has(meeting)) known.set(meeting, new Sound(meeting))
  return known.get(meeting)
}
