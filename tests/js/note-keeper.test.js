/** The states of a text on its way to the server. */

import { Store } from "./browser.js"

import assert from "node:assert/strict"
import test from "node:test"

import { SafeStorage } from "../../static/js/lib/storage.js"
import { NoteKeeper } from "../../static/js/parts/minutes/note-keeper.js"
import { stateWords } from "../../static/js/parts/minutes/saving-words.js"

const KEY = "note/m/mai/i1"
const note = (rev, html, by = "an", window = "w-an") => ({ rev, sha: "s", html, at: 1000 * rev, by, window })

/** A keeper whose server answers what `answers` says, in turn; `sent` are its wishes. */
function begun({ answers = [], html = "", kept = undefined, known = true } = {}) {
  const store = new SafeStorage(() => disk)
  const disk = new Store()
  if (kept) store.write(KEY, kept)
  const sent = []
  let rev = 1
  const put = async ({ wish }) => {
    sent.push(wish)
    const answer = answers.shift()
    if (typeof answer === "function") return answer()
    return answer ?? { ok: true, status: 200, body: { rev: ++rev, sha: "s", html: wish.html, at: 5000 } }
  }
  const keeper = new NoteKeeper({ key: KEY, window: "w1", person: "mai", put, store })
  const said = []
  for (const kind of ["state", "theirs", "signed-out", "aside", "clash"])
    keeper.addEventListener(kind, () => said.push(kind))
  if (known) keeper.heard(note(1, html))
  return { keeper, sent, said, store }
}

const refusal = (status, code, message = "") => ({ ok: false, status, body: { error: { code, message } } })
const silence = { ok: false, status: 0, foreign: false }

test("what is typed is kept here, sent over what was read, and then saved", async () => {
  const { keeper, sent, store } = begun({ html: "<p>a</p>" })
  keeper.edit(() => "<p>ab</p>")
  assert.equal(keeper.state, "typing")
  keeper.keepHere()
  assert.deepEqual({ ...store.read(KEY), at: 0 }, { html: "<p>ab</p>", base: 1, window: "w1", at: 0 })
  await keeper.save()
  assert.deepEqual(sent, [{ html: "<p>ab</p>", base: 1, window: "w1" }])
  assert.equal(keeper.state, "saved")
  assert.equal(keeper.savedAt, 5000)
  assert.equal(store.read(KEY), undefined)
})

test("one is on its way at a time, and the latest text follows", async () => {
  let answer
  const waiting = new Promise((resolve) => {
    answer = () => resolve({ ok: true, status: 200, body: { rev: 2, sha: "s", html: "<p>1</p>", at: 1 } })
  })
  const { keeper, sent } = begun({ answers: [() => waiting] })
  keeper.edit(() => "<p>1</p>")
  const first = keeper.save()
  keeper.edit(() => "<p>12</p>")
  await keeper.save()
  assert.equal(sent.length, 1)
  answer()
  await first
  assert.equal(keeper.state, "typing")
  await keeper.save()
  assert.deepEqual(sent.at(-1), { html: "<p>12</p>", base: 2, window: "w1" })
  assert.equal(keeper.state, "saved")
})

test("without an answer it waits, keeps the copy, and goes on when the line is back", async () => {
  const { keeper, store, sent } = begun({ answers: [silence] })
  keeper.edit(() => "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "waiting")
  assert.equal(store.read(KEY).html, "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "saved")
  assert.equal(sent.length, 2)
})

test("signed out: it says so, keeps the text, and sends it after the sign-in", async () => {
  const { keeper, said, store } = begun({ answers: [refusal(401, "not_signed_in")] })
  keeper.edit(() => "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "waiting")
  assert.ok(said.includes("signed-out"))
  assert.equal(store.read(KEY).html, "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "saved")
})

test("a text that holds too much is not saved, and the server's words are shown", async () => {
  const { keeper, store } = begun({ answers: [refusal(422, "too_complex", "Bảng quá rộng")] })
  keeper.edit(() => "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "failed")
  assert.equal(keeper.problem, "Bảng quá rộng")
  assert.equal(store.read(KEY).html, "<p>x</p>")
})

test("somebody else's newer text: both are kept until one is chosen", async () => {
  const { keeper, sent, said } = begun({ answers: [refusal(409, "note_changed")] })
  keeper.edit(() => "<p>mine</p>")
  await keeper.save()
  assert.equal(keeper.state, "conflict")
  assert.ok(said.includes("clash"))
  keeper.heard(note(4, "<p>theirs</p>"))
  assert.equal(keeper.html, "<p>mine</p>")
  await keeper.keep("<p>theirs</p><p>mine</p>")
  assert.deepEqual(sent.at(-1), { html: "<p>theirs</p><p>mine</p>", base: 4, window: "w1" })
  assert.equal(keeper.state, "saved")
})

test("a newer text is announced when nothing of ours is unsaved, and not put over what is", () => {
  const { keeper, said } = begun({ html: "<p>a</p>" })
  keeper.heard(note(2, "<p>b</p>"))
  assert.equal(said.filter((kind) => kind === "theirs").length, 2, "when it began, and now")
  keeper.takeTheirs()
  assert.equal(keeper.html, "<p>b</p>")
  keeper.edit(() => "<p>bc</p>")
  keeper.heard(note(3, "<p>d</p>"))
  keeper.keepHere()
  assert.equal(keeper.html, "<p>bc</p>")
})

test("taken over by another: what is unsaved is set aside, and theirs stands", async () => {
  const { keeper, sent, said } = begun({ html: "<p>a</p>" })
  keeper.edit(() => "<p>a mine</p>")
  keeper.heard(note(5, "<p>theirs</p>"))
  await keeper.setAside()
  assert.equal(sent[0].branch, true)
  assert.ok(said.includes("aside"))
  assert.equal(keeper.html, "<p>theirs</p>")
  assert.equal(keeper.state, "saved")
})

test("a text that a crash left goes to the server, over what its window had saved", async () => {
  const kept = { html: "<p>ab</p>", base: 1, window: "w0", at: 1 }
  const { keeper, sent } = begun({ kept, known: false })
  assert.equal(keeper.state, "typing")
  assert.equal(keeper.isReady, true)
  keeper.heard(note(3, "<p>a</p>", "mai", "w0"))
  await keeper.save()
  assert.deepEqual(sent[0], { html: "<p>ab</p>", base: 3, window: "w1" })
})

test("a text that a crash left is not put over another's unseen", async () => {
  const kept = { html: "<p>ab</p>", base: 1, window: "w0", at: 1 }
  const { keeper, sent } = begun({ kept, known: false, answers: [refusal(409, "note_changed")] })
  keeper.heard(note(3, "<p>other</p>"))
  await keeper.save()
  assert.equal(sent[0].base, 1)
  assert.equal(keeper.state, "conflict")
})

test("a plain copy of before the editor came is read as paragraphs", () => {
  const { keeper } = begun({ kept: { text: "Một\nHai <3", base: 77, window: "w0" }, known: false })
  assert.equal(keeper.html, "<p>Một</p><p>Hai &lt;3</p>")
})

test("a full browser disturbs nobody, and nobody is told that it keeps the text", async () => {
  const disk = new Store()
  disk.full = true
  const answers = [silence]
  const put = async ({ wish }) =>
    answers.shift() ?? { ok: true, status: 200, body: { rev: 2, sha: "s", html: wish.html, at: 1 } }
  const keeper = new NoteKeeper({ key: KEY, window: "w1", person: "mai", put, store: new SafeStorage(() => disk) })
  keeper.heard(note(1, ""))
  keeper.edit(() => "<p>x</p>")
  await keeper.save()
  assert.equal(keeper.state, "waiting")
  assert.match(stateWords(keeper), /no room to keep it: please leave this page open/)
  await keeper.save()
  assert.equal(keeper.state, "saved")
})
