/** A line of the timeline on its way into the text by drag. */

export const LINE = "application/x-meetingroom-line"

/** Is it a line that is dragged over the text here, and not some text? */
export const isLine = (_view, _place, { dataTransfer }) => Boolean(dataTransfer?.types.includes(LINE))

/** Of the line that is dragged: {text, seq}. */
export function lineOf(data) {
  try {
    const { text, seq } = JSON.parse(data?.getData(LINE) || "null") ?? {}
    return typeof text === "string" && Number.isInteger(seq) ? { text, seq } : undefined
  } catch {
    return undefined
  }
}

/** Before or after which block of the text the pointer stands: {from, to, pos, after}; the end of the text is after all. */
export function gapAt(view, { clientX: left, clientY: top }) {
  const { doc } = view.state
  const found = view.posAtCoords({ left, top })
  const $pos = doc.resolve(Math.min(found?.pos ?? doc.content.size, doc.content.size))
  const from = $pos.depth ? $pos.before(1) : $pos.nodeAfter ? $pos.pos : $pos.pos - ($pos.nodeBefore?.nodeSize ?? 0)
  const node = doc.nodeAt(from)
  if (!node) return { from: 0, to: 0, pos: doc.content.size, after: true }
  const { top: above, bottom: below } = view.nodeDOM(from).getBoundingClientRect()
  const after = top > (above + below) / 2
  const to = from + node.nodeSize
  return { from, to, pos: after ? to : from, after }
}

/** A part of the editor: where a line of the timeline will stand when it is let go. */
export function markDrop({ Decoration, DecorationSet, Plugin, PluginKey }, canEdit) {
  const key = new PluginKey("drop")
  const show = (view, gap = null) => {
    const now = key.getState(view.state)
    if (now?.from !== gap?.from || now?.after !== gap?.after)
      view.dispatch(view.state.tr.setMeta(key, { gap }).setMeta("addToHistory", false))
    return false
  }
  return new Plugin({
    key,
    state: {
      init: () => null,
      apply: (tr, now) => (tr.docChanged ? null : tr.getMeta(key) ? tr.getMeta(key).gap : now),
    },
    props: {
      decorations: (state) => {
        const gap = key.getState(state)
        const look = gap && { class: gap.after ? "note-drop-after" : "note-drop-before" }
        return gap?.to ? DecorationSet.create(state.doc, [Decoration.node(gap.from, gap.to, look)]) : null
      },
      handleDOMEvents: {
        dragover: (view, event) => show(view, canEdit() && isLine(view, null, event) ? gapAt(view, event) : null),
        dragleave: (view, { relatedTarget }) => (view.dom.contains(relatedTarget) ? false : show(view)),
        drop: (view) => show(view),
      },
    },
  })
}
