/** Everything on this page that is on its way to the server, as one sentence. */

import { t } from "../../lib/t.js"
import { second } from "../../lib/time.js"
import { waitingWords } from "./saving-words.js"

const WORST_FIRST = ["conflict", "failed", "waiting", "saving", "typing"]

/** Keepers (NoteKeeper, FieldKeeper) are added once; event `state` when the sentence may have changed. */
export class Saving extends EventTarget {
  /** Nobody answers at the moment: what is being sent will have to wait. */
  offline = false

  #keepers = new Set()

  add(keeper) {
    this.#keepers.add(keeper)
    keeper.addEventListener("state", () => this.dispatchEvent(new CustomEvent("state")))
    this.dispatchEvent(new CustomEvent("state"))
    return keeper
  }

  get state() {
    const states = [...this.#keepers].map((keeper) => keeper.state)
    const worst = WORST_FIRST.find((state) => states.includes(state)) || "saved"
    return this.offline && (worst === "saving" || worst === "typing") ? "waiting" : worst
  }

  get words() {
    const failed = [...this.#keepers].find((keeper) => keeper.state === "failed")
    switch (this.state) {
      case "conflict":
        return t("Two versions: please choose one.")
      case "failed":
        return t("Not saved: {why}", { why: failed.problem })
      case "waiting":
        return waitingWords({ keptHere: [...this.#keepers].every(({ keptHere }) => keptHere) })
      case "saving":
        return t("Saving…")
      case "typing":
        return t("Saving…")
      default:
        return this.#savedAt ? t("Saved {time}", { time: second(this.#savedAt) }) : t("Nothing written yet")
    }
  }

  save() {
    return Promise.all([...this.#keepers].map((keeper) => keeper.save()))
  }

  retry() {
    for (const keeper of this.#keepers) keeper.retry()
  }

  get #savedAt() {
    return Math.max(0, ...[...this.#keepers].map((keeper) => keeper.savedAt))
  }
}

/** The one of this page. */
export const saving = new Saving()
