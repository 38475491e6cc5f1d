/** Which thing leads on the wall. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { SafeStorage } from "../../static/js/lib/storage.js"
import { Wall, chosen } from "../../static/js/parts/wall/wall-state.js"

function room({
  status = "live",
  kind = "page",
  since = 10,
  speech = 0,
  ballot = "",
  item = 0,
  followup = undefined,
} = {}) {
  const over = { order: ["b"], items: { b: { state: ballot, opened_at: 100, closed_at: 200 } } }
  return {
    meeting: { status },
    stage: { kind, since, followup },
    agenda: { current: "i", items: { i: { started_at: item } } },
    floor: speech ? { speech: { person: "em", started_at: speech } } : {},
    ballots: ballot ? { ...over, ...(ballot === "open" ? { open: "b" } : {}) } : { order: [], items: {} },
  }
}

const CASES = {
  "before, in and after the meeting": {
    moments: [
      [{ status: "published" }, 0],
      [{}, 0],
      [{ status: "adjourned", ballot: "published" }, 0],
    ],
    shown: "board page card",
  },
  "who speaks stands beside the page, or alone": {
    moments: [
      [{ speech: 50 }, 60],
      [{ kind: "title", speech: 50 }, 60],
    ],
    shown: "strip speech",
  },
  "the list of earlier conclusions stays beside who speaks about it": {
    moments: [[{ kind: "title", followup: { page: 1 }, speech: 50 }, 60]],
    shown: "strip",
  },
  "a ballot leads until the chair does something else; its result is news again": {
    moments: [
      [{ ballot: "open", speech: 50 }, 100],
      [{ ballot: "closed" }, 200],
      [{ ballot: "closed", since: 250 }, 250],
      [{ ballot: "published", since: 250 }, 300],
      [{ ballot: "published", since: 250, kind: "title", speech: 400 }, 400],
      [{ ballot: "published", since: 250, kind: "title" }, 500], // it does not come back after the speech
    ],
    shown: "ballot ballot page ballot speech card",
  },
  "another item": {
    moments: [
      [{ ballot: "open" }, 100],
      [{ ballot: "published", item: 900 }, 300],
    ],
    shown: "ballot page",
  },
  "a screen that is switched on later": { moments: [[{ ballot: "published" }, 900]], shown: "ballot" },
  "a screen that is switched on after another page": {
    moments: [[{ ballot: "published", since: 300 }, 900]],
    shown: "page",
  },
  "a screen kept for the page": {
    show: "page",
    moments: [
      [{ ballot: "open", speech: 50 }, 100],
      [{ kind: "title", speech: 50 }, 100],
    ],
    shown: "page card",
  },
  "a screen kept for the floor": {
    show: "floor",
    moments: [
      [{ ballot: "open", speech: 50 }, 100],
      [{}, 100],
      [{ status: "adjourned" }, 100],
    ],
    shown: "speech speech card",
  },
  "a screen kept for ballots": {
    show: "ballot",
    moments: [
      [{ speech: 50 }, 100],
      [{ ballot: "published", since: 900 }, 950],
    ],
    shown: "ballot ballot",
  },
}

for (const [words, { show = "auto", moments, shown }] of Object.entries(CASES)) {
  test(`what leads: ${words}`, () => {
    const wall = new Wall(show)
    const found = moments
      .map(([view, time]) => wall.now(room(view), time))
      .map(({ shows, strip }) => (strip ? "strip" : shows))
    assert.equal(found.join(" "), shown)
  })
}

test("what the address of a wall says is remembered, and nonsense is not", () => {
  const kept = new Store()
  const store = new SafeStorage(() => kept)
  const said = ["", "?show=floor", "", "?show=everything", "?show=auto", ""].map((search) => chosen(search, store))
  assert.deepEqual(said, ["auto", "floor", "floor", "floor", "auto", "auto"])
})
