/** What the big screen shows at this moment: the page, a ballot, the speaker, the board before the opening, or the card. */

import { isShowing } from "../../meeting/on-stage.js"
import { local } from "../../lib/storage.js"
import { ended, latest } from "../ballots/ballot-last.js"

export const SHOWS = ["auto", "page", "floor", "ballot"]
const KEY = "projector-shows"

/** `?show=page` decides for this screen and is remembered; two screens of one meeting may show different things. */
export function chosen(search = location.search, store = local) {
  const asked = new URLSearchParams(search).get("show")
  if (!SHOWS.includes(asked)) return store.get(KEY) || "auto"
  store.set(KEY, asked)
  return asked
}

/** Remembers what is news, so that a result does not come back once something else has been shown. */
export class Wall {
  #show
  #at = ""
  #since = 0
  #over = ""

  constructor(show = "auto") {
    this.#show = show
  }

  /** {shows: "page" | "cover" | "ballot" | "speech" | "board" | "card", ballot?: id, strip?: true (the speaker, beside the page or the list)}. */
  now(view, time) {
    const {
      meeting: { status },
      stage,
      floor,
      ballots,
    } = view
    const page = status === "live" && isShowing(stage)
    const rest = { shows: page ? (stage.covered ? "cover" : "page") : status === "published" ? "board" : "card" }
    if (status !== "live" || this.#show === "page") return rest
    if (this.#show === "floor") return { shows: "speech" }
    if (this.#show === "ballot") return { shows: "ballot", ballot: ballots?.open || latest(ballots || {}) }
    const ballot = ballots?.open || this.#news(view, time)
    if (ballot) return { shows: "ballot", ballot }
    // Who covers a page wants the wall dark: no clock beside it either.
    if (floor?.speech && rest.shows !== "cover")
      return page || stage.followup ? { ...rest, strip: true } : { shows: "speech" }
    return rest
  }

  /** A ballot that is over stays until the chair does something else: a page, a speaker, another item. */
  #news({ stage, floor, agenda, ballots }, time) {
    const id = latest(ballots || {})
    if (!id) return undefined
    const at = `${id}/${ballots.items[id].state}`
    if (at !== this.#at) {
      this.#since = this.#at ? time : ended(ballots.items[id])
      this.#at = at
    }
    const item = agenda?.items?.[agenda.current]
    const newer = Math.max(stage.since || 0, floor?.speech?.started_at || 0, item?.started_at || 0)
    if (newer > this.#since) this.#over = at
    return this.#over === at ? undefined : id
  }
}
