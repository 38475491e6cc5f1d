import assert from "node:assert/strict"
import test from "node:test"

import { pagesTogether } from "../../static/js/case/joined-pictures.js"

const picture = (id, filename, more = {}) => ({ id, filename, joinable: true, ...more })

test("pictures of a folder are offered as one document, a photo and a single one are not", () => {
  const rows = [
    picture("a", "T2/1.jpg"),
    picture("b", "T2/2.jpg"),
    picture("c", "T2/scene.jpg"),
    picture("d", "T3/1.jpg"),
    picture("e", "T2/whole.pdf", { joinable: undefined }),
    picture("f", "5.jpg"),
    picture("g", "6.tif", { pages: 12 }),
  ]
  const as = (id) => (id === "c" ? "medium" : "document")
  assert.deepEqual(pagesTogether(rows, as), [
    { folder: "T2", ids: ["a", "b"], pages: 2 },
    { folder: "", ids: ["f", "g"], pages: 13 },
  ])
})
