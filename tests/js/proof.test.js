/** Success is the server's own answer and nothing else: what else answers proves nothing. */

import assert from "node:assert/strict"
import test from "node:test"

import { NOTHING, isDone, isFile, isList, shaped, understood } from "../../static/js/lib/proof.js"

const PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Đăng nhập Wi-Fi khách</h1>"
const OURS = { type: "application/json", own: true }
const LINES = { type: "application/x-ndjson", status: 200 }

test("only the server's own words are an answer", () => {
  const refusal = { error: { code: "too_late", message: "…" } }
  assert.deepEqual(understood({ ...OURS, status: 200, text: '{"seq": 4}' }, isDone), {
    ok: true,
    status: 200,
    body: { seq: 4 },
  })
  assert.deepEqual(understood({ ...OURS, status: 409, text: JSON.stringify(refusal) }, isDone), {
    ok: false,
    status: 409,
    body: refusal,
  })
  assert.deepEqual(understood({ ...OURS, status: 200, text: "[]" }, isList), { ok: true, status: 200, body: [] })
  for (const text of ["", "null", "[]", '{"seq": 4', '{"seq": null}', '{"seq": 1.5}', '{"seq": -1}', PORTAL]) {
    assert.equal(understood({ ...OURS, status: 200, text }, isDone), undefined, text)
  }
  for (const text of ['{"error": "blocked"}', '{"message": "no"}', "[]", "null", "", PORTAL]) {
    assert.equal(understood({ ...OURS, status: 404, text }, isDone), undefined, text)
  }
  assert.equal(understood({ type: "text/html", status: 200, text: '{"seq": 4}' }, isDone), undefined)
})

test("an empty answer counts only where it is expected and with the server's mark", () => {
  assert.deepEqual(understood({ status: 204, own: true }, NOTHING), { ok: true, status: 204, body: undefined })
  assert.equal(understood({ status: 204, own: false }, NOTHING), undefined)
  assert.equal(understood({ status: 204, own: true }, isDone), undefined)
  assert.equal(understood({ ...OURS, status: 200, text: "{}" }, NOTHING), undefined)
})

test("half a log is no log", () => {
  assert.deepEqual(understood({ ...LINES, text: '{"seq": 1}\n{"seq": 2}\n' }, isList)?.body, [{ seq: 1 }, { seq: 2 }])
  assert.equal(understood({ ...LINES, text: '{"seq": 1}\n{"seq": 2}' }, isList), undefined)
  assert.equal(understood({ ...LINES, text: '{"seq": 1}\n{"se\n' }, isList), undefined)
})

test("an answer of the shape that was asked for, and no other", () => {
  const proof = shaped({ ballots: "object", order: "list", n: "number" })
  assert.equal(proof({ ballots: {}, order: [], n: 0 }), true)
  for (const body of [
    {},
    { ballots: [], order: [], n: 0 },
    { ballots: null, order: [], n: 0 },
    { ballots: {}, order: {}, n: 0 },
    [],
    null,
  ]) {
    assert.equal(proof(body), false, JSON.stringify(body))
  }
})

test("a page of HTML is no picture", () => {
  assert.equal(isFile({ ok: true, type: "image/webp" }, "image/"), true)
  assert.equal(isFile({ ok: true, type: "text/html" }, "image/"), false)
  assert.equal(isFile({ ok: false, type: "image/webp" }, "image/"), false)
})
