/** What every text on its way to the log has in common: the state it is in, a try after a pause, and another when a line comes. */

const QUIET = 2000
const AGAIN = 5000

/**
 * `text` is what stands in the editor; `state` is saved | typing | saving | waiting (no line) | failed | conflict.
 * Event `state` when that changes; event `theirs` when a newer text from elsewhere has come and nothing of ours is unsaved.
 */
export class TextKeeper extends EventTarget {
  state = "saved"
  /** When the text was last saved, server's ms; 0 when it never was. */
  savedAt = 0
  /** Why it could not be saved, in words, when `state` is failed. */
  problem = ""
  text = ""
  /** This device keeps what is not sent; false when its browser has no room, or forbids it. */
  keptHere = true

  #timer

  /** Override: send what is unsaved. */
  async save() {}

  /** The line is back. */
  retry() {
    if (this.state === "waiting" || this.state === "failed") this.save()
  }

  /** Something was typed: it is saved when nothing more comes for a moment. */
  typing() {
    if (this.state === "conflict") return
    this.become("typing")
    this.saveIn(QUIET)
  }

  /** Saving begins now; no other try is due any more. */
  stopWaiting() {
    clearTimeout(this.#timer)
  }

  saveIn(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.save(), milliseconds)
  }

  /** It was not saved: without a line it is tried again, what was refused is not. */
  failed(problem) {
    this.problem = problem.message
    const waits = problem.name === "Unanswered"
    this.become(waits ? "waiting" : "failed")
    if (waits) this.saveIn(AGAIN)
  }

  become(state) {
    this.state = state
    this.dispatchEvent(new CustomEvent("state"))
  }
}
