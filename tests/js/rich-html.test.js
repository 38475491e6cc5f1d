/** The editor's tree in the server's spelling. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import {
  fromLines,
  isPlain,
  toLines,
  usedIn,
  withHidden,
  withoutHidden,
  writeDoc,
} from "../../static/js/lib/rich-html.js"

const text = (letters, ...marks) => ({ type: "text", text: letters, marks: marks.map((type) => ({ type })) })
const paragraph = (...content) => ({ type: "paragraph", attrs: { since: 0 }, content })
const doc = (...content) => writeDoc({ type: "doc", content })

test("looks are written from the outside in, neighbours of one look joined", () => {
  const runs = [text("a"), text("b", "em", "strong"), text("<c>", "strong", "em"), { type: "hard_break" }, text("d")]
  assert.equal(doc(paragraph(...runs)), "<p>a<strong><em>b&lt;c&gt;</em></strong><br>d</p>")
})

test("what is empty is not written", () => {
  assert.equal(
    doc(paragraph(), { type: "sub" }, { type: "dash_list", content: [{ type: "list_item", content: [paragraph()] }] }),
    "",
  )
})

test("lists, a line of the log and a live block", () => {
  const item = { type: "list_item", content: [paragraph(text("Ý"))] }
  assert.equal(
    doc(
      { type: "ordered_list", attrs: { kind: "letter", start: 3 }, content: [item] },
      { type: "paragraph", attrs: { since: 12 }, content: [text("Dòng")] },
      { type: "live", attrs: { kind: "ballot", ref: "b1" } },
    ),
    '<ol data-k="letter" start="3"><li><p>Ý</p></li></ol><p data-from="12">Dòng</p><div data-live="ballot" data-ref="b1"></div>',
  )
})

test("a table with its header, its spans and its widths in per cent", () => {
  const cell = (type, attrs) => ({
    type,
    attrs: { colspan: 1, rowspan: 1, colwidth: null, ...attrs },
    content: [paragraph(text("x"))],
  })
  const rows = [
    {
      type: "table_row",
      content: [
        cell("table_header", { colwidth: [100] }),
        cell("table_header", { colwidth: [200] }),
        cell("table_header", {}),
      ],
    },
    { type: "table_row", content: [cell("table_cell", { colspan: 2 }), cell("table_cell", {})] },
  ]
  assert.equal(
    doc({ type: "table", content: rows }),
    '<table data-w="22,45,33"><tbody><tr><th><p>x</p></th><th><p>x</p></th><th><p>x</p></th></tr>' +
      '<tr><td colspan="2"><p>x</p></td><td><p>x</p></td></tr></tbody></table>',
  )
})

test("a plain field shows plain text, and nothing else", () => {
  assert.equal(fromLines("A & B\r\n\n  <c> "), "<p>A &amp; B</p><p>&lt;c&gt;</p>")
  assert.equal(toLines("<p>A &amp; B</p><p>&lt;c&gt;</p>"), "A & B\n<c>")
  assert.equal(isPlain("<p>a</p><p>b</p>"), true)
  assert.equal(isPlain("<p>a <strong>b</strong></p>"), false)
  assert.equal(isPlain('<p data-from="3">a</p>'), false)
})

test("lines left out stand apart from what is edited", () => {
  const html = '<div data-live="hidden" data-ref="7"></div><p data-from="9">a</p>'
  assert.deepEqual(withoutHidden(html), { html: '<p data-from="9">a</p>', hidden: [7] })
  assert.equal(withHidden('<p data-from="9">a</p>', [7]), html)
  assert.deepEqual(usedIn(html), [7, 9])
})
