/** What is written for everybody and not sent yet: what of it may lie on a device, and for how long. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { forgetUnsent, kept, mayStay, readUnsent, writeUnsent } from "../../static/js/ink/unsent.js"

const stroke = (id, paper, d = "AAAA") => ({
  id,
  name: "draw_ink",
  args: { paper, page: 1, strokes: [{ d }] },
  resolve() {},
})

test("of a paper that not all may read, or that leaves no copy, nothing stays on the device", () => {
  const papers = {
    all: { readers: "members", mode: "open" },
    view: { readers: "members", mode: "view" },
    restricted: { readers: "members", mode: "restricted" },
    some: { readers: "some", mode: "open" },
    staff: { readers: "staff", mode: "open" },
    shown: { limited: true },
  }
  const queue = [...Object.keys(papers), "gone"].map((paper) => stroke(`to-${paper}`, paper))
  assert.deepEqual(
    kept(queue, ({ paper }) => mayStay(papers[paper])).map(({ args }) => args.paper),
    ["all", "view"],
  )
})

test("what is too much is the newest, and no function is kept", () => {
  const long = "A".repeat(150000)
  const found = kept(
    [1, 2, 3, 4].map((n) => stroke(`s${n}`, "p", long)),
    () => true,
  )
  assert.deepEqual(
    found.map(({ id }) => id),
    ["s1", "s2"],
  )
  assert.deepEqual(Object.keys(found[0]), ["id", "name", "args"])
})

test("whoever signs out leaves none of it", () => {
  writeUnsent({ owner: "u1", queue: [1] })
  assert.deepEqual(readUnsent().queue, [1])
  forgetUnsent()
  assert.equal(readUnsent(), undefined)
})
