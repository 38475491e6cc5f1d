/** What a ballot says of itself: its words, its bar, where it stands in the list. */

import { speak } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { lastOver } from "../../static/js/parts/ballots/ballot-last.js"
import { explained, measured, needed, neededWords } from "../../static/js/parts/ballots/ballot-rules.js"
import { mayAnnul, missing, sorted } from "../../static/js/parts/ballots/ballot-state.js"
import {
  chosenWords,
  counted,
  optionWord,
  sentenceOf,
  verdictWord,
} from "../../static/js/parts/ballots/ballot-words.js"

const TOTAL = { base: "total", threshold: "gt_half" }
const CAST = { base: "cast", threshold: "none" }

/** @type {Record<string, [Parameters<typeof measured>[0], object]>} */
const BARS = {
  "six of nine, two missing": [
    { state: "published", result: { base: 9, needed: 5 }, counts: { yes: 6, no: 1 }, cast: 7, voters: 9, rule: TOTAL },
    { base: 9, needed: 5, unvoted: 2 },
  ],
  "it runs, and the numbers are told": [
    { state: "open", rule: TOTAL, counts: { yes: 1 }, cast: 1, voters: 9 },
    { base: 9, needed: 5, unvoted: 8 },
  ],
  "it runs, of those present: who is there is told only at the end": [
    { state: "open", rule: { ...TOTAL, base: "present" }, counts: { yes: 1 }, cast: 1, voters: 9 },
    { base: 9, needed: 0, unvoted: 8 },
  ],
  "several may be chosen": [
    { state: "closed", result: { base: 3, needed: 0 }, counts: { a: 3, b: 2 }, cast: 3, voters: 4, rule: CAST },
    { base: 3, needed: 0, unvoted: 1 },
  ],
  "too few secret votes": [
    {
      state: "published",
      result: { base: 4, needed: 0, reason: "too_few" },
      counts: {},
      cast: 3,
      voters: 4,
      rule: TOTAL,
    },
    { base: 4, needed: 0, unvoted: 1 },
  ],
  "counted on paper": [
    {
      state: "closed",
      result: { base: 9, needed: 6 },
      counts: { yes: 8 },
      cast: 0,
      returned: 8,
      voters: 9,
      tellers: ["Lan"],
      rule: TOTAL,
    },
    { base: 9, needed: 6, unvoted: 1 },
  ],
  "nobody was entitled": [
    { state: "closed", result: { base: 0, needed: 0 } },
    { base: 1, needed: 0, unvoted: 0 },
  ],
}

for (const [words, [ballot, right]] of Object.entries(BARS)) {
  test(`a bar is full at the base and the threshold has its place: ${words}`, () =>
    assert.deepEqual(measured(ballot), right))
}

test("how many are needed is reckoned in whole people", () => {
  assert.deepEqual(
    [8, 9, 1].map((base) => needed(base, "gt_half")),
    [5, 5, 1],
  )
  assert.deepEqual(
    [8, 9, 1].map((base) => needed(base, "ge_two_thirds")),
    [6, 6, 1],
  )
})

test("those who stand aside are not among those present of whom it is reckoned", () => {
  const view = { roll: { people: { a: { state: "onsite" }, b: { state: "online" }, c: { state: "onsite" }, d: {} } } }
  const ballot = { rule: { ...TOTAL, base: "present" }, roll: ["a", "b", "c", "d"], recused: ["c"] }
  assert.equal(neededWords(ballot, view), "With those present now: 2 in favour of 2 are needed.")
  assert.equal(neededWords({ ...ballot, rule: TOTAL }, view), "3 in favour of 4 are needed.")
  assert.equal(neededWords({ ...ballot, rule: CAST }, view), "")
})

test("a tie in a secret ballot has no side of the chair", () => {
  const rule = { base: "present", threshold: "gt_half", tie: "chair" }
  assert.equal(explained(rule, false).length, 2)
  assert.match(explained(rule, true)[2], /secret ballot/)
})

test("an option speaks the reader's language, one's own words stand as they are", () => {
  speak("vi", { "In favour": "Tán thành", "Invalid ballots": "Phiếu không hợp lệ", Adopted: "Được thông qua" })
  assert.equal(optionWord({ key: "yes" }), "Tán thành")
  assert.equal(optionWord({ key: "p1", label: "Phòng 1" }), "Phòng 1")
  assert.equal(verdictWord("adopted"), "Được thông qua")
  assert.equal(
    chosenWords({ options: [{ key: "p1", label: "Phòng 1" }, { key: "no" }, { key: "yes" }] }, ["yes", "p1"]),
    "Phòng 1; Tán thành",
  )
  assert.equal(sentenceOf({ sentence: { vi: "Đủ.", en: "Enough." } }), "Đủ.")
  speak("en")
  assert.equal(sentenceOf({ sentence: { vi: "Đủ.", en: "Enough." } }), "Enough.")
  assert.equal(sentenceOf({ sentence: { vi: "05/08 (62,5 %)." } }), "05/08 (62,5\u00a0%).")
  assert.equal(sentenceOf({}), "")
})

test("invalid papers are listed only if there were any", () => {
  const options = [{ key: "yes" }, { key: "no" }]
  assert.deepEqual(
    counted({ options, counts: { yes: 3 } }).map(({ key, n }) => [key, n]),
    [
      ["yes", 3],
      ["no", 0],
    ],
  )
  assert.deepEqual(
    counted({ options, counts: { yes: 3, invalid: 1 } }).map(({ key }) => key),
    ["yes", "no", "invalid"],
  )
})

test("ballots are sorted by what is to be done about them", () => {
  const items = {
    a: { state: "published" },
    b: { state: "closed" },
    c: { state: "draft" },
    d: { state: "open" },
    e: { state: "closed", kept_at: 5 },
    f: { state: "annulled" },
  }
  assert.deepEqual(sorted({ open: "d", order: Object.keys(items), items }), {
    open: "d",
    waiting: ["b"],
    drafts: ["c"],
    over: ["f", "e", "a"],
  })
  assert.deepEqual(sorted(undefined), { open: undefined, waiting: [], drafts: [], over: [] })
})

test("a secret ballot whose numbers are known is not annulled any more", () => {
  assert.equal(mayAnnul({ state: "open", secret: true }), true)
  assert.equal(mayAnnul({ state: "closed", secret: true, result: {} }), false)
  assert.equal(mayAnnul({ state: "closed", secret: true, result: { reason: "too_few" } }), true)
  assert.equal(mayAnnul({ state: "closed", secret: false, result: {} }), true)
  assert.deepEqual(missing({ roll: ["a", "b"], voted: { a: true } }), ["b"])
})

test("a result is news for ten minutes, and for whoever saw it open until the next one", () => {
  const ballots = {
    order: ["a", "b"],
    items: { a: { state: "published", published_at: 1000 }, b: { state: "annulled", opened_at: 400 } },
  }
  assert.equal(lastOver(ballots, 600_000), "a")
  assert.equal(lastOver(ballots, 601_000), undefined)
  assert.equal(lastOver(ballots, 601_000, new Set(["a"])), "a")
})
