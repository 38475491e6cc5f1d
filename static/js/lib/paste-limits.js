/** What is pasted, before it stands in the text: what minutes cannot take is said then, and lists are brought to the levels
 *  there are. Otherwise nothing of the item could be saved any more. The limits are those of `minutes/rich.py`. */

import { mark, t } from "./t.js"
import { isList, LEVELS } from "./editor-schema.js"

const MOST = { letters: 100_000, blocks: 5_000, tables: 60, columns: 12, rows: 500, cell: 5_000 }
const WORDS = {
  letters: mark("This is too long: an item of the minutes holds at most {most} letters."),
  blocks: mark("This is too long: an item of the minutes holds at most {most} paragraphs."),
  tables: mark("These are too many tables: an item of the minutes holds at most {most}."),
  columns: mark("This table has {n} columns: minutes take at most {most}."),
  rows: mark("This table has {n} rows: minutes take at most {most}."),
  cell: mark("A cell of this table holds {n} letters: minutes take at most {most}."),
}

/**
 * Of what there is too much in `pasted` (a Fragment), or in it and the text it goes into: {what, n, most}; or undefined.
 * @param {any} pasted
 * @param {any} [into]
 */
export function tooMuch(pasted, into) {
  const found = { letters: 0, blocks: 0, tables: 0, columns: 0, rows: 0, cell: 0 }
  for (const content of [pasted, into?.content])
    content?.descendants((node) => {
      if (node.isText) found.letters += node.text.length
      if (node.isTextblock || isList(node)) found.blocks++
      if (content !== pasted) return
      if (node.type.name === "table") measureTable(node, found)
    })
  into?.descendants((node) => {
    if (node.type.name === "table") found.tables++
  })
  const what = ["rows", "columns", "cell", "tables", "letters", "blocks"].find((name) => found[name] > MOST[name])
  return what && { what, n: found[what], most: MOST[what] }
}

function measureTable(table, found) {
  found.tables++
  found.rows = Math.max(found.rows, table.childCount)
  table.forEach((row) => {
    let columns = 0
    row.forEach((cell) => {
      columns += cell.attrs.colspan
      found.cell = Math.max(found.cell, cell.textContent.length)
    })
    found.columns = Math.max(found.columns, columns)
  })
}

/** Before anything is read of it: a text longer than an item holds would cost seconds. */
export const tooLong = (text) =>
  text.length > MOST.letters ? { what: "letters", n: text.length, most: MOST.letters } : undefined

export function tooMuchWords({ what, n, most }) {
  const written = (number) => number.toLocaleString(document.documentElement.lang)
  return `${t(WORDS[what], { n: written(n), most: written(most) })} ${t("Nothing was pasted: attach it as a paper, or paste a part of it.")}`
}

/** A part of the editor: after a paste no list is deeper than lists may be; what was deeper stands on the last level. */
export const keepLevels = ({ Plugin, Fragment }) =>
  new Plugin({
    appendTransaction: (transactions, _before, state) => {
      const came = (one) => one.docChanged && ["paste", "drop"].includes(one.getMeta("uiEvent"))
      if (!transactions.some(came)) return null
      const { tr } = state
      state.doc.forEach((node, pos) => {
        const flat = levelled(node, LEVELS, Fragment)
        if (flat !== node) tr.replaceWith(tr.mapping.map(pos), tr.mapping.map(pos + node.nodeSize), flat)
      })
      return tr.docChanged ? tr : null
    },
  })

/** The block with lists of at most `levels`. */
function levelled(node, levels, Fragment) {
  if (depthOf(node) <= levels) return node
  const made = []
  node.forEach((child) => {
    if (!isList(node)) made.push(levelled(child, levels, Fragment))
    else made.push(...pointsOf(child, levels, Fragment))
  })
  return node.copy(Fragment.from(made))
}

/** A point of a list on the last of `levels` but those below it: its own lists in it, or beside it where it is the last. */
function pointsOf(point, levels, Fragment) {
  const points = []
  let blocks = []
  const end = () => {
    if (blocks.length) points.push(point.copy(Fragment.from(blocks)))
    blocks = []
  }
  point.forEach((block) => {
    if (!isList(block)) blocks.push(block)
    else if (levels > 1) blocks.push(levelled(block, levels - 1, Fragment))
    else {
      end()
      block.forEach((inner) => {
        points.push(...pointsOf(inner, 1, Fragment))
      })
    }
  })
  end()
  return points
}

function depthOf(node) {
  let most = 0
  node.forEach((child) => {
    most = Math.max(most, depthOf(child))
  })
  return most + (isList(node) ? 1 : 0)
}
