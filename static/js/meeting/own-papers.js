/** The papers that this person may read and not all members may: asked for, since no room is sent their titles. */

import { ask } from "../lib/ask.js"
import { shaped } from "../lib/proof.js"

const SPREAD = 1500
const AGAIN = 4000

/** Keeps the meeting's own papers in step; the first answer comes at once, later ones not from all tablets together. */
export class OwnPapers {
  #meeting
  #known = ""
  #timer

  constructor(meeting) {
    this.#meeting = meeting
    meeting.watch(["papers", "roll", "meeting"], () => this.#look())
    meeting.addEventListener("lamp", () => meeting.lamp.state === "live" && this.#look())
  }

  #look() {
    const { limited, me, view } = this.#meeting
    const wanted = JSON.stringify([limited, me.role, view.meeting.status])
    if (wanted === this.#known) return
    const first = !this.#known
    this.#known = wanted
    this.#soon(first ? 0 : Math.random() * SPREAD, wanted)
  }

  #soon(delay, wanted) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(wanted), delay)
  }

  async #ask(wanted) {
    const { ok, body } = await ask(`/api/meetings/${encodeURIComponent(this.#meeting.id)}/me`, {
      proof: shaped({ papers: "object" }),
    })
    if (wanted !== this.#known) return
    if (ok) this.#meeting.readsAlso(body.papers)
    else this.#soon(AGAIN, wanted)
  }
}
