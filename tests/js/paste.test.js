/** What is pasted from Word and elsewhere: tamed, and its lists lists again. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { hasPictures, tamed } from "../../static/js/lib/paste.js"

const point = (level, label, text, list = 0) =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:.5in;mso-add-space:auto;text-indent:-.25in;mso-list:l${list} level${level} lfo1'>` +
  `<![if !supportLists]><span style='mso-list:Ignore'>${label}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>\r\n`

const bare = (html) =>
  html
    .replace(/\s*data-style='[^']*'/g, "")
    .replace(/ class=\w+/g, "")
    .trim()

test("a list of Word with two levels and a number to begin with is a nested list", () => {
  const html = `<html><head><style>p {color: red}</style></head><body lang=VI><!--StartFragment-->
    <p class=MsoNormal>Mở đầu</p>
    ${point(1, "3.", "Điểm <b>ba</b>")}${point(2, "a)", "Ý a")}${point(2, "b)", "Ý b")}${point(3, "-", "Gạch")}${point(1, "4.", "Điểm bốn")}
    <p class=MsoNormal>Kết</p><!--EndFragment--></body></html>`
  assert.equal(
    bare(tamed(html)).replace(/>\s+</g, "><"),
    '<p>Mở đầu</p><ol start="3"><li><p>Điểm <b>ba</b></p><ol data-k="letter"><li><p>Ý a</p></li><li><p>Ý b</p>' +
      "<ul><li><p>Gạch</p></li></ul></li></ol></li><li><p>Điểm bốn</p></li></ol><p>Kết</p>",
  )
})

test("two lists one after another stay two", () => {
  const html = tamed(point(1, "1.", "Một", 0) + point(1, "·", "Chấm", 1))
  assert.equal(html.replace(/\s+(?=<|$)/g, ""), "<ol><li><p>Một</p></li></ol><ul><li><p>Chấm</p></li></ul>")
})

test("a list that begins further in, and one that comes back further out", () => {
  const html = tamed(point(2, "đ)", "Sâu") + point(1, "2.", "Ngoài"))
  assert.equal(
    html.replace(/\s+(?=<|$)/g, ""),
    '<ol data-k="letter" start="5"><li><p>Sâu</p></li></ol><ol start="2"><li><p>Ngoài</p></li></ol>',
  )
})

test("nothing that runs, nothing that the policy would report", () => {
  const html = tamed(
    '<p style="color:red" onclick="alert(1)">A</p><img src=x onerror=alert(1)><script>alert(1)</script>' +
      "<style>b{}</style><xml><w:x/></xml><!-- ẩn --><a href='javascript:alert(1)'>liên kết</a><p\nstyle='x'>B</p>" +
      '<p class="a"style="x">C</p><svg><style>a{}</style></svg><script>chưa đóng',
  )
  assert.ok(!/\sstyle\s*=|["']style\s*=|\son\w+\s*=|<script|<img|<style|<xml|<!--|<svg|\shref=/i.test(html), html)
  assert.match(html, /A.*liên kết.*B.*C/s)
})

test("letters put together of parts become one, and tables stay with their spans", () => {
  assert.equal(tamed("<p>Vie\u0323\u0302t</p>".replace("e\u0323\u0302", "ệ".normalize("NFD"))), "<p>Việt</p>")
  assert.equal(
    tamed("<table><tr><td colspan=2 width=9>x</td></tr></table>"),
    "<table><tr><td colspan=2 width=9>x</td></tr></table>",
  )
})

test("pictures are noticed", () => {
  assert.equal(hasPictures("<p>a</p><img src='file:///c:/x.png'>"), true)
  assert.equal(hasPictures("<p>imgx</p>"), false)
})

test("ten thousand paragraphs and a tag that never ends are tamed quickly", () => {
  const long = point(1, "1.", "x").repeat(10_000)
  assert.equal(tamed(long).match(/<li>/g).length, 10_000)
  assert.ok(tamed(`${"<p style='".repeat(5000)}`).length > 0)
})
