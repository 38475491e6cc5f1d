/** What is mine in this meeting: may I vote and if not exactly why, what I voted in the open, whether I voted in secret. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"
import { entered } from "./meeting.js"
import { isTechnician } from "./rights.js"

const SPREAD = 400

/**
 * `ballots` is {id: {may_vote, voted, why?, words?, choices?, text?}} as the server tells this person; event `change`.
 * `words` is {id of a notice or a service call: text}: those that are meant for me and stand in no view.
 * Asked for when something changed that could change my answer, not at every vote of somebody else.
 */
export class MyStatus extends EventTarget {
  ballots = {}
  words = {}

  #meeting
  #asked
  #known
  #timer
  #votes = 0

  constructor(meeting) {
    super()
    this.#meeting = meeting
    meeting.watch(["meeting", "ballots", "roll", "notices"], (view) => this.#look(view))
    meeting.addEventListener("lamp", () => {
      if (meeting.lamp.state === "live" && this.#known !== this.#asked) this.ask()
    })
    meeting.addEventListener("outcome", () => this.ask())
  }

  /** My vote has just been taken: known here at once, without asking. */
  voted(ballot, vote) {
    this.#votes++
    this.#set({ ...this.ballots, [ballot]: { may_vote: !vote.secret, voted: true, ...(vote.secret ? {} : vote) } })
  }

  async ask() {
    clearTimeout(this.#timer)
    const [asked, votes] = [this.#asked, this.#votes]
    const { ok, body } = await ask(`/api/meetings/${encodeURIComponent(this.#meeting.id)}/me`, {
      proof: shaped({ ballots: "object" }),
    })
    // No line: asked again when it is back.
    if (!ok) return undefined
    this.words = body.words || {}
    // An answer from before my vote does not know of it.
    if (votes !== this.#votes) return this.ask()
    this.#known = asked
    return this.#set(body.ballots)
  }

  #look({ meeting, ballots, roll, notices }) {
    const { id, site, role } = this.#meeting.me
    const { state, consent } = roll?.people?.[id] || {}
    const each = (ballots?.order || []).map((key) => {
      const { state: stands, roll: voters, recused } = ballots.items[key]
      return [key, stands, voters.includes(id), recused?.includes(id)]
    })
    const said = unsaid(
      notices,
      (person) => person === id || (isTechnician({ role }) && (!site || roll?.people?.[person]?.site === site)),
    )
    const asked = JSON.stringify([meeting.status, state, consent, each, said])
    if (asked === this.#asked || !(each.length || said.length)) return
    const first = this.#asked === undefined
    this.#asked = asked
    clearTimeout(this.#timer)
    // Three hundred tablets see the opening in the same moment; they need not all ask in it.
    this.#timer = setTimeout(() => this.ask(), first ? 0 : Math.random() * SPREAD)
  }

  #set(ballots) {
    this.ballots = ballots
    this.dispatchEvent(new CustomEvent("change"))
  }
}

/** The notices and calls for help whose words the view does not hold, of which some may be mine. */
function unsaid({ order = [], notices = {}, calls = {} } = {}, myStatus) {
  return [
    ...order.filter((key) => !notices[key].text && myStatus(notices[key].to)),
    ...Object.keys(calls).filter(
      (key) => calls[key].kind === "help" && !calls[key].text && myStatus(calls[key].person),
    ),
  ]
}

/** The one of this screen, once its meeting is known. */
export const myStatus = entered.then((meeting) => new MyStatus(meeting))
