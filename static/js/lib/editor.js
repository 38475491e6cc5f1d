/** The editor of the secretary's text: the only file that knows ProseMirror. It comes by itself, after the screen. */

import { accepted, changedIn, inOrder, markDoubts, misplacedIn, moveBlock, renewed } from "./editor-doubts.js"
import { gapAt, lineOf, markDrop } from "./editor-line.js"
import { LiveFrame } from "./editor-live.js"
import { isList, LEVELS, levelsAt, schemaOf } from "./editor-schema.js"
import { tamed } from "./paste.js"
import { keepLevels, tooLong, tooMuch } from "./paste-limits.js"
import { writeDoc } from "./rich-html.js"

const address = new URL("../../vendor/prosemirror/prosemirror.js", import.meta.url).href
const GIVEN = "given" // a transaction that brings what somebody else has written
let loading
let tries = 0

/** Resolves with ProseMirror's parts; rejects if they cannot be had now. Some browsers remember a failure: asked anew. */
export function loadEditor() {
  const again = tries ? `${address}?again=${tries}` : address
  loading ??= import(again).catch((problem) => {
    loading = undefined
    tries++
    throw problem
  })
  return loading
}

/** The text of a place as an element that belongs to no page: nothing in it runs or is fetched. */
const parsed = (html) => new window.DOMParser().parseFromString(html, "text/html").body

export class RichEditor {
  #pm
  #schema
  #view
  #how
  #canEdit
  #plainNext = false
  #leavesTable = false
  #used = false

  /**
   * `how`: {html, editable, label: id of what names the box, placeholder, changed(), focused(), toolbar(), pictures(),
   * tooMuch({what, n, most}), live(kind, ref) → {label, texts, sha}, words: {asText, remove, nothing}}.
   */
  constructor(pm, place, how) {
    this.#pm = pm
    this.#how = how
    this.#canEdit = how.editable
    this.#schema = schemaOf(pm)
    this.#view = new pm.EditorView(place, {
      state: pm.EditorState.create({ doc: this.#read(how.html), plugins: this.#plugins() }),
      editable: () => this.#canEdit,
      dispatchTransaction: (transaction) => this.#apply(transaction),
      transformPastedHTML: (html) => tamed(html),
      handlePaste: (_view, event, slice) => this.#paste(event) || this.#isTooMuch(slice),
      handleDrop: (_view, event, slice, moved) => this.#drop(event) || (!moved && this.#isTooMuch(slice)),
      handleDOMEvents: {
        paste: (_view, event) => this.#isTooLong(event),
        focus: () => {
          this.#used = true
          how.focused?.()
          return false
        },
      },
      nodeViews: { live: (node, _view, place) => this.#live(node, place) },
    })
  }

  get html() {
    return writeDoc(this.#view.state.doc.toJSON())
  }

  get isEmpty() {
    return !this.html
  }

  /** Words are being put together by the keyboard at this moment: nothing may be changed around them. */
  get composing() {
    return this.#view.composing
  }

  get editable() {
    return this.#canEdit
  }
  set editable(editable) {
    if (editable === this.#canEdit) return
    this.#canEdit = editable
    this.#view.setProps({ editable: () => this.#canEdit })
  }

  get focused() {
    return this.#view.hasFocus()
  }

  get plainNext() {
    return this.#plainNext
  }
  set plainNext(plain) {
    this.#plainNext = plain
  }

  focus() {
    this.#view.focus()
  }

  destroy() {
    this.#view.destroy()
  }

  /** What somebody else has written stands here now; what the cursor was in keeps it as far as it can. */
  setHtml(html) {
    if (html === this.html) return
    const { state } = this.#view
    const { doc } = state
    const next = this.#read(html)
    const start = doc.content.findDiffStart(next.content)
    const end = doc.content.findDiffEnd(next.content)
    if (start === null || !end) return
    // Where both overlap (a letter doubled), the ends are moved apart.
    const overlap = Math.max(0, start - Math.min(end.a, end.b))
    const transaction = state.tr
      .replace(start, end.a + overlap, next.slice(start, end.b + overlap))
      .setMeta(GIVEN, true)
      .setMeta("addToHistory", false)
    this.#view.dispatch(transaction.doc.eq(next) ? transaction : this.#whole(next))
  }

  #whole(next) {
    const { tr, doc } = this.#view.state
    return tr.replaceWith(0, doc.content.size, next.content).setMeta(GIVEN, true).setMeta("addToHistory", false)
  }

  /** A line of the log, as a paragraph that remembers it; where the cursor is, or at the end. */
  insertLine(text, since = 0, at = this.#after()) {
    const { paragraph } = this.#schema.nodes
    this.#insert(paragraph.create({ since }, text ? this.#schema.text(text) : null), at)
  }

  insertLive(kind, ref = "") {
    this.#insert(this.#schema.nodes.live.create({ kind, ref }))
  }

  /** A piece of text as the server writes it, after the block that the cursor is in. */
  insertHtml(html) {
    const piece = this.#read(html)
    if (piece.textContent || piece.childCount > 1 || piece.firstChild.type.name !== "paragraph")
      this.#insert(piece.content)
  }

  /** Letters where the cursor is. */
  type(text) {
    const { state } = this.#view
    const { $from } = state.selection
    const tr = $from.parent.isTextblock ? state.tr.insertText(text) : state.tr
    this.#view.dispatch(tr.scrollIntoView())
    this.focus()
  }

  can(name, ...args) {
    const command = this.#commands[name]?.(...args)
    return Boolean(this.#canEdit && command?.(this.#view.state))
  }

  do(name, ...args) {
    const command = this.#commands[name]?.(...args)
    if (!this.#canEdit || !command) return false
    const done = command(this.#view.state, this.#view.dispatch, this.#view)
    this.focus()
    return done
  }

  /** Whether the cursor stands in this: strong, em, underline, sub, paragraph, number, letter, dash, table, header. */
  is(name) {
    const { state } = this.#view
    const { $from, from, to, empty } = state.selection
    const mark = this.#schema.marks[name]
    if (mark)
      return empty ? Boolean(mark.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, mark)
    const around = Array.from({ length: $from.depth + 1 }, (_, depth) => $from.node(depth))
    if (name === "table") return this.#pm.isInTable(state)
    if (name === "header") return around.some((node) => node.type.name === "table_header")
    const list = around.reverse().find(isList)
    if (name === "dash") return list?.type.name === "dash_list"
    if (name === "number" || name === "letter") return list?.type.name === "ordered_list" && list.attrs.kind === name
    return $from.parent.type.name === name && !(name === "paragraph" && list)
  }

  /** What the log says has changed: its frames are drawn anew, and marks at the words made of them. */
  redrawLive() {
    for (const frame of this.#frames) frame.draw()
    if (!this.composing) this.#view.dispatch(this.#view.state.tr.setMeta(GIVEN, true).setMeta("addToHistory", false))
  }

  /** Words made of a live block that tells something else by now; see editor-doubts.js. */
  get changed() {
    return changedIn(this.#view.state.doc, this.#how.live)
  }

  /** Lines that stand before something that happened earlier: [{text, behind: text}]. */
  get misplaced() {
    const found = misplacedIn(this.#view.state.doc)
    return found.map(({ node, behind }) => ({ text: node.textContent, behind: behind.textContent }))
  }

  renew(one) {
    this.#view.dispatch(renewed(this.#view.state, one, one.now))
  }
  accept(one) {
    this.#view.dispatch(accepted(this.#view.state, one))
  }
  putInOrder() {
    this.#view.dispatch(inOrder(this.#view.state))
  }

  // ---------------------------------------------------------------------------------------------------------------

  #frames = new Set()

  #read(html) {
    return this.#pm.DOMParser.fromSchema(this.#schema).parse(parsed(html))
  }

  #apply(transaction) {
    const { state } = this.#view.state.applyTransaction(transaction)
    this.#view.updateState(state)
    if (transaction.docChanged && !transaction.getMeta(GIVEN) && !transaction.getMeta("fix-tables"))
      this.#how.changed?.()
    else this.#how.moved?.()
  }

  /** After the block that the cursor is in; at the end, when nobody has put the cursor anywhere. */
  #after() {
    const { doc, selection } = this.#view.state
    if (!this.#used) return doc.content.size
    const { $to } = selection
    return $to.depth ? $to.after(1) : $to.pos
  }

  #insert(what, at = this.#after()) {
    const { state } = this.#view
    const { tr, doc } = state
    const before = doc.resolve(at).nodeBefore
    const spare = before?.type.name === "paragraph" && !before.content.size && !before.attrs.since
    const from = spare ? at - before.nodeSize : at
    tr.replaceWith(from, at, what)
    const end = tr.mapping.map(at)
    const put = tr.doc.resolve(end)
    // Behind a frame or a table one goes on in a paragraph: a letter typed over a chosen frame would take its place.
    if (!put.nodeBefore?.isTextblock && !put.nodeAfter?.isTextblock)
      tr.insert(end, this.#schema.nodes.paragraph.create())
    const behind = put.nodeBefore?.isTextblock ? -1 : 1
    tr.setSelection(this.#pm.Selection.near(tr.doc.resolve(Math.min(end, tr.doc.content.size)), behind))
    this.#view.dispatch(tr.scrollIntoView())
    this.#used = true
  }

  #paste(event) {
    const data = event.clipboardData
    if (!data) return false
    const html = data.getData("text/html")
    const text = data.getData("text/plain")
    if (this.#plainNext) {
      this.#plainNext = false
      this.#how.moved?.()
      if (text) return this.#view.pasteText(text, event)
    }
    if (/<(?:img|v:imagedata)\b/i.test(html) || (!html && !text && data.files.length)) this.#how.pictures?.()
    return !html && !text && data.files.length > 0
  }

  #isTooMuch({ content }) {
    return this.#refuse(tooMuch(content, this.#view.state.tr.deleteSelection().doc))
  }

  #isTooLong(event) {
    const refused = this.#refuse(tooLong(event.clipboardData?.getData("text/plain") ?? ""))
    if (refused) event.preventDefault()
    return refused
  }

  #refuse(much) {
    if (much) this.#how.tooMuch?.(much)
    return Boolean(much)
  }

  #drop(event) {
    const line = lineOf(event.dataTransfer)
    if (!line || !this.#canEdit) return false
    event.preventDefault()
    this.insertLine(line.text, line.seq, gapAt(this.#view, event).pos)
    this.focus()
    return true
  }

  #live(node, place) {
    const frame = new LiveFrame(node, this.#how, {
      asText: () => {
        const { kind, ref } = node.attrs
        const { texts, sha } = this.#how.live(kind, ref)
        const { paragraph } = this.#schema.nodes
        const told = sha ? `${kind}${ref ? `:${ref}` : ""}@${sha}` : ""
        const made = texts.map((text) => paragraph.create({ told }, text ? this.#schema.text(text) : null))
        this.#view.dispatch(this.#view.state.tr.replaceWith(place(), place() + 1, made))
      },
      remove: () => this.#view.dispatch(this.#view.state.tr.delete(place(), place() + 1)),
      editable: () => this.#canEdit,
      gone: () => this.#frames.delete(frame),
    })
    this.#frames.add(frame)
    return frame
  }

  get #commands() {
    const { pm, schema } = { pm: this.#pm, schema: this.#schema }
    const { nodes, marks } = schema
    return {
      strong: () => pm.toggleMark(marks.strong),
      em: () => pm.toggleMark(marks.em),
      underline: () => pm.toggleMark(marks.underline),
      paragraph: () => pm.chainCommands(pm.setBlockType(nodes.paragraph), pm.liftListItem(nodes.list_item)),
      sub: () => (this.is("sub") ? pm.setBlockType(nodes.paragraph) : pm.setBlockType(nodes.sub)),
      number: () => this.#list(nodes.ordered_list, { kind: "number", start: 1 }),
      letter: () => this.#list(nodes.ordered_list, { kind: "letter", start: 1 }),
      dash: () => this.#list(nodes.dash_list, {}),
      indent: () => (state, dispatch) =>
        levelsAt(state.selection.$from) < LEVELS && pm.sinkListItem(nodes.list_item)(state, dispatch),
      outdent: () => pm.liftListItem(nodes.list_item),
      up: () => moveBlock(-1),
      down: () => moveBlock(1),
      undo: () => pm.undo,
      redo: () => pm.redo,
      table: () => this.#table,
      rowAfter: () => pm.addRowAfter,
      rowBefore: () => pm.addRowBefore,
      columnAfter: () => this.#narrow(pm.addColumnAfter),
      columnBefore: () => this.#narrow(pm.addColumnBefore),
      deleteRow: () => pm.deleteRow,
      deleteColumn: () => pm.deleteColumn,
      merge: () => pm.mergeCells,
      split: () => pm.splitCell,
      header: () => pm.toggleHeaderRow,
      deleteTable: () => pm.deleteTable,
    }
  }

  /** A list of this kind around the paragraph; the kind of the list it is in; or no list any more. */
  #list(type, attrs) {
    const { pm, schema } = { pm: this.#pm, schema: this.#schema }
    return (state, dispatch) => {
      const { $from } = state.selection
      for (let depth = $from.depth; depth > 0; depth--) {
        const node = $from.node(depth)
        if (!isList(node)) continue
        if (node.type === type && node.attrs.kind === attrs.kind)
          return pm.liftListItem(schema.nodes.list_item)(state, dispatch)
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, attrs))
        return true
      }
      if ($from.parent.type === schema.nodes.sub) {
        const plain = pm.setBlockType(schema.nodes.paragraph)
        return dispatch ? plain(state, dispatch) && this.#list(type, attrs)(this.#view.state, dispatch) : plain(state)
      }
      return pm.wrapInList(type, attrs)(state, dispatch)
    }
  }

  #table = (state, dispatch) => {
    if (this.#pm.isInTable(state)) return false
    const { table, table_row: row, table_cell: cell, table_header: header } = this.#schema.nodes
    const rows = [0, 1, 2].map((n) =>
      row.create(
        null,
        [0, 1, 2].map(() => (n ? cell : header).createAndFill()),
      ),
    )
    if (dispatch) {
      const at = this.#after()
      this.#insert(table.create(null, rows))
      const { tr, doc } = this.#view.state
      const start = Math.min(at, doc.content.size)
      let first
      doc.nodesBetween(Math.max(0, start - 2), doc.content.size, (node, pos) => {
        if (first === undefined && node.type === header) first = pos + 2
        return first === undefined
      })
      if (first !== undefined) dispatch(tr.setSelection(this.#pm.Selection.near(doc.resolve(first))))
    }
    return true
  }

  /** Twelve columns are the most that a page takes. */
  #narrow(command) {
    return (state, dispatch) => {
      const { $from } = state.selection
      for (let depth = $from.depth; depth > 0; depth--) {
        const node = $from.node(depth)
        if (node.type.name === "table" && this.#pm.TableMap.get(node).width >= 12) return false
      }
      return command(state, dispatch)
    }
  }

  #plugins() {
    const pm = this.#pm
    const keys = {}
    for (const [key, name] of [
      ["Mod-b", "strong"],
      ["Mod-i", "em"],
      ["Mod-u", "underline"],
      ["Mod-z", "undo"],
      ["Mod-y", "redo"],
      ["Shift-Mod-z", "redo"],
      ["Mod-]", "indent"],
      ["Mod-[", "outdent"],
      ["Alt-ArrowUp", "up"],
      ["Alt-ArrowDown", "down"],
    ])
      keys[key] = (state, dispatch, view) => this.#commands[name]()(state, dispatch, view) || name !== "undo"
    const { hard_break: lineBreak, list_item: item } = this.#schema.nodes
    return [
      pm.history(),
      pm.keymap({
        ...keys,
        Enter: pm.splitListItem(item),
        "Shift-Enter": (state, dispatch) => {
          dispatch?.(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView())
          return true
        },
        Tab: this.#tab(1),
        "Shift-Tab": this.#tab(-1),
        Escape: (state) => {
          this.#leavesTable = pm.isInTable(state)
          return false
        },
        "Alt-F10": () => {
          this.#how.toolbar?.()
          return true
        },
      }),
      pm.keymap(pm.baseKeymap),
      pm.columnResizing({ defaultCellMinWidth: 48 }),
      pm.tableEditing(),
      pm.dropCursor(),
      pm.gapCursor(),
      pm.imeSpan,
      keepLevels(pm),
      markDoubts(pm, this.#how.live),
      markDrop(pm, () => this.#canEdit),
      new pm.Plugin({
        props: {
          attributes: ({ doc }) => ({
            role: "textbox",
            "aria-multiline": "true",
            "aria-labelledby": this.#how.label,
            "aria-readonly": String(!this.#canEdit),
            spellcheck: "false",
            class: `note-text ${doc.childCount === 1 && !doc.firstChild.content.size && doc.firstChild.type.name === "paragraph" ? "empty" : ""}`,
            ...(this.#canEdit && { "data-placeholder": this.#how.placeholder }),
          }),
        },
      }),
    ]
  }

  /** Tab leaves the box, except in a table; after Escape from there as well. */
  #tab(step) {
    return (state, dispatch) => {
      if (this.#leavesTable || !this.#pm.isInTable(state)) {
        this.#leavesTable = false
        return false
      }
      if (this.#pm.goToNextCell(step)(state, dispatch)) return true
      return step > 0 && this.#pm.addRowAfter(state, dispatch) && this.#pm.goToNextCell(1)(this.#view.state, dispatch)
    }
  }
}
