/** Words, names, days and times as an office writes them. */

import { speak } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { stripAccents } from "../../static/js/lib/strip-accents.js"
import { byGivenName, finds } from "../../static/js/meeting/people.js"
import { quorumWords } from "../../static/js/meeting/quorum.js"
import { shortLength, spokenLength } from "../../static/js/lib/spoken-times.js"
import { t, tn } from "../../static/js/lib/t.js"
import * as time from "../../static/js/lib/time.js"
import { uid } from "../../static/js/lib/uid.js"
import { fromIso, toIso, usualDays } from "../../static/js/parts/minutes/due-date.js"

const NOON = Date.UTC(2026, 11, 16, 5, 0) // 12:00 in Việt Nam

test.beforeEach(() => speak("en"))

test("a search without marks finds what has them", () => {
  assert.equal(stripAccents("Đỗ Văn Ích, Hòa Bình"), "do van ich, hoa binh")
  assert.equal(stripAccents("HO\u0300A"), "hoa", "marks that stand apart as well")
})

test("a name typed with marks must have them", () => {
  const cases = [
    ["hanh", "Bùi Thị Hạnh"],
    ["hạnh", "Bùi Thị Hạnh"],
    ["hạnh", "Chánh Văn phòng"],
    ["đỗ ich", "Đỗ Văn Ích"],
  ]
  assert.deepEqual(
    cases.map(([typed, text]) => finds(typed, text)),
    [true, true, false, true],
  )
})

test("people are listed by their given names", () => {
  const names = ["Trần Thị Bình", "Nguyễn Văn An", "Đỗ Văn Ích", "Lê Thị Bình", "Hoàng Văn Em", "Vũ Đức Ân (Phó)"]
  assert.deepEqual(
    byGivenName(names.map((name) => ({ name }))).map(({ name }) => name),
    ["Nguyễn Văn An", "Vũ Đức Ân (Phó)", "Lê Thị Bình", "Trần Thị Bình", "Hoàng Văn Em", "Đỗ Văn Ích"],
  )
})

test("days as an office writes them", () => {
  const typed = ["23/12/2026", "5-1-27", "31/12", "01/01", "29/02/2027", "29/2/2028", "mai", ""]
  const found = typed.map((text) => toIso(text, Date.UTC(2026, 11, 16)) ?? "no day")
  assert.deepEqual(found, [
    "2026-12-23",
    "2027-01-05",
    "2026-12-31",
    "2027-01-01",
    "no day",
    "2028-02-29",
    "no day",
    "",
  ])
  assert.equal(fromIso("2026-12-23"), "23/12/2026")
  assert.deepEqual(usualDays(NOON), { week: "2026-12-23", month: "2026-12-31", quarter: "2026-12-31" })
})

test("times are the agency's, whatever the tablet's zone", () => {
  assert.equal(time.clock(NOON), "12:00")
  assert.equal(time.moment(Date.UTC(2026, 11, 16, 17, 30)), "00:30, Thursday, 17/12/2026")
  assert.equal(time.sameDay(NOON, Date.UTC(2026, 11, 16, 16, 59)), true)
  assert.equal(time.sameDay(NOON, Date.UTC(2026, 11, 16, 17, 0)), false)
})

test("how long something takes", () => {
  assert.deepEqual([401_000, 3_723_999, -12_000, -999, 0].map(time.duration), [
    "06:41",
    "1:02:03",
    "-00:12",
    "00:00",
    "00:00",
  ])
  assert.deepEqual([14, 60, 1181].map(shortLength), ["14′", "1h00′", "19h41′"])
  assert.deepEqual([45, 60, 195].map(spokenLength), ["45 min", "1 h", "3 h 15 min"])
})

test("how long ago: in whole units, one of them in the singular", () => {
  const said = [200, 1000, 59_000, 60_000, 7_200_000, 86_400_000, -5000].map((past) => time.ago(NOON - past, NOON))
  assert.deepEqual(said, [
    "just now",
    "1 second ago",
    "59 seconds ago",
    "1 minute ago",
    "2 hours ago",
    "1 day ago",
    "just now",
  ])
})

test("a size has the decimal comma of Vietnamese", () => {
  assert.deepEqual([1, 900_000, 3_500_000, 40_000_000].map(time.size), ["1 KB", "879 KB", "3.3 MB", "38 MB"])
  speak("vi")
  assert.equal(time.size(3_500_000), "3,3 MB")
  assert.equal(time.size(3 * 1024 ** 3), "3 GB")
  assert.equal(time.whole(4000), "4.000")
})

test("what is not translated is shown as it stands, and a value that is missing shows its place", () => {
  speak("vi", { "{n} page": "{n} trang", Yes: "Có" })
  assert.equal(t("Yes"), "Có")
  assert.equal(t("No {what}", { what: "way" }), "No way")
  assert.equal(t("No {what}", {}), "No {what}")
  assert.equal(tn("{n} page", "{n} pages", 4), "4 trang")
  speak("en")
  assert.deepEqual(
    [1, 4].map((n) => tn("{n} page", "{n} pages", n)),
    ["1 page", "4 pages"],
  )
})

test("a quorum says how many are here, how many must be, and by which rule", () => {
  const words = { rule: "gt_half", of: 11, present: 6, needed: 6 }
  assert.equal(
    quorumWords({ ...words, met: true }),
    "6 of 11 members are present, 6 needed (more than half): there is a quorum.",
  )
  assert.match(quorumWords({ ...words, present: 5, met: false }), /no quorum yet/)
  assert.match(quorumWords({ ...words, rule: "none" }), /no quorum is asked for/)
})

test("a fresh id is long enough, readable, and never the same", () => {
  const ids = Array.from({ length: 1000 }, () => uid())
  assert.equal(new Set(ids).size, 1000)
  for (const id of ids) assert.match(id, /^[a-hjkmnp-z2-9]{20}$/)
})
