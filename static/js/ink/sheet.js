/** The strokes of one page as they are seen: what is kept, and what this hand has done since. Pure. */

import { Stroke } from "./strokes.js"

/**
 * An operation is {draw?: [stroke], erase?: [id], clear?: true, restore?: true}; a cut has draw and erase. Event `change`
 * {added, removed}: the strokes that are seen now and were not, and the other way round.
 */
export class Sheet extends EventTarget {
  /** The revision of what is kept; -1 as long as nobody knows. */
  rev = -1
  /** @type {Map<string, Stroke>} */
  strokes = new Map()

  #kept = new Map()
  #pending = []
  #cleared = new Map()

  /** Is there anything that nobody has confirmed yet? */
  get waits() {
    return this.#pending.length > 0
  }

  /** The page in one piece. */
  take(rev, strokes) {
    if (rev < this.rev) return
    this.rev = rev
    this.#kept = new Map(strokes.map((sent) => [sent.id, this.#same(sent)]))
    this.#show()
  }

  /** Nobody knows any more what is kept. */
  forget() {
    this.rev = -1
    this.#kept = new Map()
    this.#show()
  }

  /**
   * The next operation; false if it is not the next one.
   * @param {number} rev
   * @param {{ draw?: any[], erase?: string[], clear?: boolean, by?: string, at?: number }} operation
   */
  apply(rev, { draw, erase, clear, by, at }) {
    if (rev <= this.rev) return true
    if (rev !== this.rev + 1) return false
    this.rev = rev
    if (clear) this.#clear(this.#kept)
    for (const id of erase ?? []) this.#kept.delete(id)
    for (const sent of draw ?? []) this.#kept.set(sent.id, this.#same({ ...sent, by, at }))
    this.#show()
    return true
  }

  /** What this hand does, seen at once; `settle` takes it off when it is kept, or refused. */
  add(operation) {
    if (operation.clear) this.#cleared = new Map(this.strokes)
    this.#pending.push(operation)
    this.#show()
    return operation
  }

  settle(operation) {
    this.#pending = this.#pending.filter((one) => one !== operation)
    this.#show()
  }

  /** A stroke that is seen already stays the same object: its outline is worked out once. */
  #same(sent) {
    const seen = this.strokes.get(sent.id) ?? this.#kept.get(sent.id)
    if (seen?.d === sent.d) {
      Object.assign(seen, { by: sent.by ?? seen.by, at: sent.at ?? seen.at })
      return seen
    }
    return new Stroke(sent)
  }

  #clear(strokes) {
    this.#cleared = new Map([...this.#cleared, ...strokes])
    strokes.clear()
  }

  #show() {
    const now = new Map(this.#kept)
    for (const { draw, erase, clear, restore } of this.#pending) {
      if (clear) now.clear()
      if (restore) for (const [id, stroke] of this.#cleared) now.set(id, stroke)
      for (const id of erase ?? []) now.delete(id)
      for (const stroke of draw ?? []) if (!now.has(stroke.id)) now.set(stroke.id, stroke)
    }
    const before = this.strokes
    const added = [...now.values()].filter((stroke) => !before.has(stroke.id))
    const removed = [...before.values()].filter((stroke) => !now.has(stroke.id))
    this.strokes = now
    if (added.length || removed.length) this.#say("change", { added, removed })
  }

  #say(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }
}
