/** What one hand has done on one page, to be undone and done again. Pure. */

const MOST = 200

/** A step is {did, back}: the operation that was done, and the one that takes it back. */
export class History {
  #done = []
  #undone = []

  get canUndo() {
    return this.#done.length > 0
  }

  get canRedo() {
    return this.#undone.length > 0
  }

  /** Something new: what was undone before it can no longer be done again. */
  add(did, back) {
    this.#done.push({ did, back })
    if (this.#done.length > MOST) this.#done.shift()
    this.#undone = []
  }

  /** The operation that takes the last step back; undefined if there is none. */
  undo() {
    const step = this.#done.pop()
    if (step) this.#undone.push(step)
    return step?.back
  }

  redo() {
    const step = this.#undone.pop()
    if (step) this.#done.push(step)
    return step?.did
  }
}

/**
 * What takes an operation back, where `strokes` are those that were there before it.
 * @param {{ draw?: any[], erase?: string[], clear?: true }} operation
 * @param {Map<string, any>} strokes
 * @returns {{ draw?: any[], erase?: string[], restore?: true }}
 */
export function opposite({ draw, erase, clear }, strokes) {
  if (clear) return { restore: true }
  /** @type {{ draw?: any[], erase?: string[] }} */
  const back = {}
  if (draw?.length) back.erase = draw.map(({ id }) => id)
  const gone = (erase ?? []).map((id) => strokes.get(id)).filter(Boolean)
  if (gone.length) back.draw = gone
  return back
}
