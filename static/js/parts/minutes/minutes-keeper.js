/** One field of the head of the minutes on its way to the log: nothing typed is lost, nothing of others goes unseen. */

import { local } from "../../lib/storage.js"
import { TextKeeper } from "./text-keeper.js"

export class FieldKeeper extends TextKeeper {
  #meeting
  #field
  #base

  constructor(meeting, field) {
    super()
    this.#meeting = meeting
    this.#field = field
    this.text = this.#base = this.remote
    const kept = local.read(this.#key)
    if (kept && kept.text !== this.text) {
      this.text = kept.text
      this.#base = kept.base
      this.become("typing")
      this.saveIn(0)
    } else if (kept) local.remove(this.#key)
  }

  /** What the meeting has. */
  get remote() {
    return this.#meeting.view.record?.fields?.[this.#field] ?? ""
  }

  get dirty() {
    return this.text !== this.#base
  }

  edit(text) {
    this.text = text
    this.keptHere = local.write(this.#key, { text, base: this.#base })
    this.typing()
  }

  heard() {
    if (this.remote === this.#base || this.state === "saving") return
    if (this.dirty && this.remote !== this.text) return
    this.dispatchEvent(new CustomEvent("theirs"))
  }

  takeTheirs() {
    this.text = this.#base = this.remote
    local.remove(this.#key)
    this.become("saved")
  }

  keep(text) {
    this.#base = this.remote
    this.state = "typing"
    this.edit(text)
    return this.save()
  }

  async save() {
    this.stopWaiting()
    if (this.state === "saving" || this.state === "conflict") return
    if (!this.dirty) {
      if (this.state === "typing") this.#done()
      return
    }
    if (this.remote !== this.#base && this.remote !== this.text.trim()) return this.become("conflict")
    const sent = this.text
    this.become("saving")
    try {
      await this.#meeting.send("edit_minutes", { [this.#field]: sent })
      this.#base = sent
      this.savedAt = this.#meeting.now()
      this.state = "saved"
      if (this.dirty) return this.edit(this.text)
      this.#done()
    } catch (problem) {
      this.failed(problem)
    }
  }

  #done() {
    local.remove(this.#key)
    this.become("saved")
  }

  get #key() {
    return `minutes/${this.#meeting.id}/${this.#meeting.me.id}/${this.#field}`
  }
}
