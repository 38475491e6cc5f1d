/** What is written for everybody and not sent yet: what of it may lie on a device, and for how long. */

import "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { boxOf, mayStay, urlOf, usable } from "../../static/js/ink/unsent.js"

test("of a paper that not all may read, or that leaves no copy, nothing stays on the device", () => {
  const papers = {
    all: { readers: "members", mode: "open" },
    view: { readers: "members", mode: "view" },
    restricted: { readers: "members", mode: "restricted" },
    some: { readers: "some", mode: "open" },
    staff: { readers: "staff", mode: "open" },
    shown: { limited: true },
  }
  assert.deepEqual(
    [...Object.keys(papers), "gone"].filter((paper) => mayStay(papers[paper])),
    ["all", "view"],
  )
})

test("the commands of one address are kept under it, and none that is a day old is sent", () => {
  assert.equal(urlOf(boxOf("u1", "/api/meetings/m1/commands")), "/api/meetings/m1/commands")
  assert.equal(urlOf("u1/marks/p1"), undefined)
  const row = (id, at) => ({ op: id, act: { id, name: "draw_ink", args: { paper: "p" }, at } })
  assert.deepEqual(
    usable([row("old", 0), row("new", 86400000), { op: "half", act: { id: "half" } }], 2 * 86400000 - 1),
    [{ id: "new", name: "draw_ink", args: { paper: "p" } }],
  )
})
