// The parts of ProseMirror that static/js/lib/editor.js uses, as one module.
export {
  baseKeymap,
  chainCommands,
  exitCode,
  setBlockType,
  toggleMark,
} from "prosemirror-commands"
export { dropCursor } from "prosemirror-dropcursor"
export { gapCursor } from "prosemirror-gapcursor"
export { closeHistory, history, redo, redoDepth, undo, undoDepth } from "prosemirror-history"
export { keymap } from "prosemirror-keymap"
export { DOMParser, Fragment, Schema, Slice } from "prosemirror-model"
export { imeSpan } from "prosemirror-safari-ime-span"
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list"
export { AllSelection, EditorState, NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state"
export {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  columnResizing,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  mergeCells,
  splitCell,
  tableEditing,
  TableMap,
  toggleHeaderRow,
} from "prosemirror-tables"
export { Decoration, DecorationSet, EditorView } from "prosemirror-view"
