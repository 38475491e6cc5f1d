/** What in the text no longer agrees with the log: words made of a live block that tells something else by now, and lines
 *  that stand before something that happened earlier. The text is the secretary's; these are only said. */

import { TOLD } from "./editor-schema.js"

/** `live(kind, ref)` → {label, texts, sha}. [{told, kind, ref, label, sha, now: texts, here: texts}], one a block. */
export function changedIn(doc, live) {
  const found = new Map()
  doc.forEach((node) => {
    const { told } = node.attrs
    if (!told) return
    const [, kind, ref = "", sha] = TOLD.exec(told)
    if (!found.has(told)) {
      const now = live(kind, ref)
      // Before the log has been read nobody knows.
      found.set(told, now.sha === undefined || now.sha === sha ? undefined : { told, kind, ref, ...now, here: [] })
    }
    found.get(told)?.here.push(node.textContent)
  })
  return [...found.values()].filter(Boolean).map(({ texts, ...rest }) => ({ ...rest, now: texts }))
}

/** Lines that stand behind one of a later fact: [{pos, node, to: where it belongs, behind: that line's node}]. */
export function misplacedIn(doc) {
  const found = []
  const lines = []
  doc.forEach((node, pos) => {
    const { since } = node.attrs
    if (!since) return
    const later = lines.find((line) => line.node.attrs.since > since)
    if (later) found.push({ pos, node, to: later.pos, behind: later.node })
    lines.push({ pos, node })
  })
  return found
}

/** A transaction: the paragraphs made of this block are those of `texts` now. */
export function renewed(state, { told, kind, ref, sha }, texts) {
  const { paragraph } = state.schema.nodes
  const mark = { told: `${kind}${ref ? `:${ref}` : ""}@${sha}` }
  const fresh = texts.map((text) => paragraph.create(mark, text ? state.schema.text(text) : null))
  const old = []
  state.doc.forEach((node, pos) => {
    if (node.attrs.told === told) old.push([pos, pos + node.nodeSize])
  })
  const { tr } = state
  for (const [from, to] of old.slice(1).reverse()) tr.delete(from, to)
  if (old.length)
    tr.replaceWith(old[0][0], old[0][1], fresh.length || tr.doc.childCount > 1 ? fresh : paragraph.create())
  return tr
}

/** A transaction: the words stay as they are, and what the log tells now is known. */
export function accepted(state, { told, kind, ref, sha }) {
  const { tr } = state
  state.doc.forEach((node, pos) => {
    if (node.attrs.told === told)
      tr.setNodeMarkup(pos, undefined, { ...node.attrs, told: `${kind}${ref ? `:${ref}` : ""}@${sha}` })
  })
  return tr
}

/** A transaction: every line stands where its fact happened; what is typed below a line stays where it is. */
export function inOrder(state) {
  const { tr } = state
  for (let [first] = misplacedIn(tr.doc); first; [first] = misplacedIn(tr.doc))
    tr.delete(first.pos, first.pos + first.node.nodeSize).insert(first.to, first.node)
  return tr
}

/** A command: the block that the cursor is in goes one place up (-1) or down (1). */
export const moveBlock = (step) => (state, dispatch) => {
  const { $from, $to } = state.selection
  const doc = state.doc
  const [from, to] = $from.depth ? [$from.before(1), $to.after(1)] : [$from.pos, $to.pos]
  const edge = doc.resolve(step < 0 ? from : to)
  const other = step < 0 ? edge.nodeBefore : edge.nodeAfter
  if (!other || from === to) return false
  if (!dispatch) return true
  const moved = doc.slice(from, to).content
  const target = step < 0 ? from - other.nodeSize : from + other.nodeSize
  const tr = state.tr.delete(from, to).insert(target, moved)
  const shift = target - from
  const { anchor, head } = state.selection
  const Kind = state.selection.constructor
  if ($from.depth && Kind.create) tr.setSelection(Kind.create(tr.doc, anchor + shift, head + shift))
  dispatch(tr.scrollIntoView())
  return true
}

/** A part of the editor: marks at what no longer agrees. */
export function markDoubts({ Decoration, DecorationSet, Plugin }, live) {
  const decorations = ({ doc }) => {
    const changed = new Set(changedIn(doc, live).map(({ told }) => told))
    const misplaced = new Set(misplacedIn(doc).map(({ pos }) => pos))
    if (!changed.size && !misplaced.size) return null
    const marks = []
    doc.forEach((node, pos) => {
      if (misplaced.has(pos) || changed.has(node.attrs.told))
        marks.push(Decoration.node(pos, pos + node.nodeSize, { class: "note-doubt" }))
    })
    return DecorationSet.create(doc, marks)
  }
  return new Plugin({ props: { decorations } })
}
