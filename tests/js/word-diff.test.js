import assert from "node:assert/strict"
import test from "node:test"
import { wordDiff } from "../../static/js/lib/word-diff.js"

test("words are compared, not letters, and nothing is lost of either text", () => {
  assert.deepEqual(wordDiff("Tán thành 9/10 đại biểu.", "Tán thành 10/10 đại biểu."), [
    { kind: "same", text: "Tán thành " },
    { kind: "removed", text: "9" },
    { kind: "added", text: "10" },
    { kind: "same", text: "/10 đại biểu." },
  ])
  assert.deepEqual(wordDiff("", ""), [])
  const [before, after] = ["a b c d", "x b d e"]
  const parts = wordDiff(before, after)
  const of = (kind) =>
    parts
      .filter((one) => one.kind !== kind)
      .map(({ text }) => text)
      .join("")
  assert.equal(of("added"), before)
  assert.equal(of("removed"), after)
})

test("two long texts are one that went and one that came", () => {
  const long = "chữ ".repeat(3000)
  assert.deepEqual(
    wordDiff(long, `${long}mới`).map(({ kind }) => kind),
    ["removed", "added"],
  )
})
