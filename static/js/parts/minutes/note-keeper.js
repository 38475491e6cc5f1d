/** The secretary's text on one item on its way to the log: nothing typed is lost, nothing of others is overwritten unseen. */

import { local } from "../../lib/storage.js"
import { uid } from "../../lib/uid.js"
import { TextKeeper } from "./text-keeper.js"

// Two windows of the same secretary must not overwrite each other; a copy of a tab gets another id, too.
const WINDOW = uid(12)

export class NoteKeeper extends TextKeeper {
  #meeting
  #item
  #base = 0
  #saved = ""
  #sending = false

  constructor(meeting, item) {
    super()
    this.#meeting = meeting
    this.#item = item
    this.#take(this.told)
    const kept = local.read(this.#key)
    if (kept && kept.text !== this.text) {
      this.text = kept.text
      // What the window that kept it had saved before is known to it, whether or not it heard the answer.
      if (!kept.window || kept.window !== this.told?.window) this.#base = kept.base
      this.become("typing")
      this.saveIn(0)
    } else if (kept) local.remove(this.#key)
  }

  /** The text that the meeting has: {text, by, at, seq} or nothing. */
  get told() {
    return this.#meeting.view.record?.notes?.[this.#item]
  }

  /** Have I written what the meeting has, in another window? */
  get mineElsewhere() {
    return this.told?.by === this.#meeting.me.id
  }

  get dirty() {
    return this.text !== this.#saved
  }

  edit(text) {
    this.text = text
    local.write(this.#key, { text, base: this.#base, window: WINDOW })
    this.typing()
  }

  /** Somebody's text has come with the view: ours is kept while it is unsaved, otherwise theirs is taken. */
  heard() {
    const told = this.told
    if (!told || told.seq <= this.#base || this.#sending) return
    if (told.text === this.text) return this.takeTheirs()
    if (this.dirty) return
    this.dispatchEvent(new CustomEvent("theirs"))
  }

  /** Show what the meeting has now. */
  takeTheirs() {
    this.#take(this.told)
    this.#settled()
  }

  /** Ours stands (perhaps joined with theirs), knowing of theirs. */
  keep(text) {
    this.#base = this.told?.seq ?? this.#base
    this.state = "typing"
    this.edit(text)
    return this.save()
  }

  async save() {
    this.stopWaiting()
    if (this.#sending || this.state === "conflict") return
    if (!this.dirty) return this.#settled()
    const told = this.told
    const unseen = told && told.seq > this.#base && told.window !== WINDOW
    if (unseen && told.text !== this.text) return this.become("conflict")
    this.#sending = true
    this.become("saving")
    const sent = this.text
    try {
      const args = { item: this.#item, text: sent, base: this.#base, window: WINDOW }
      const { seq } = await this.#meeting.send("record_note", args)
      this.#sending = false
      this.#base = Math.max(seq ?? 0, this.#base)
      this.#saved = sent
      this.savedAt = this.#meeting.now()
      if (this.dirty) return this.edit(this.text)
      this.#settled()
    } catch (problem) {
      this.#sending = false
      this.#refused(problem)
    }
  }

  #refused(problem) {
    if (problem.code !== "note_changed") return this.failed(problem)
    this.problem = problem.message
    this.become("conflict")
  }

  #take(note) {
    this.text = note?.text ?? ""
    this.#saved = this.text
    this.#base = note?.seq ?? 0
    this.savedAt = note?.at ?? 0
  }

  #settled() {
    const kept = local.read(this.#key)
    // Another window of ours may keep its own unsaved text there.
    if (kept && (kept.window === WINDOW || kept.text === this.text)) local.remove(this.#key)
    if (this.state !== "saved") this.become("saved")
  }

  get #key() {
    return keyOf(this.#meeting, this.#item)
  }
}

const keyOf = (meeting, item) => `note/${meeting.id}/${meeting.me.id}/${item}`

/** Is there a text of this item on this device that the meeting has not got yet? */
export const hasDraft = (meeting, item) => Boolean(local.read(keyOf(meeting, item)))
