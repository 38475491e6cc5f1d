/**
 * Papers kept on this device because somebody said so: pages and words in bundles, the contents, one's own marks; of the
 * meeting its page and its room. The server says what may be kept (`GET /api/meetings/<m>/keep`), and is asked again
 * whenever a page is opened: what it no longer says goes.
 */

import { ask } from "../lib/ask.js"
import { onDevice, writeTo } from "../lib/device.js"
import { fetchWhole, inTime } from "../lib/in-time.js"
import { forget, forgetAll, forgetMeeting, hasCaches, keptOf, listKept, PAPERS, tell, writeKept } from "../lib/kept.js"
import { belongsTo } from "../lib/page-owner.js"
import { isFile, isObject, shaped } from "../lib/proof.js"
import { local } from "../lib/storage.js"
import { addressOf } from "../marks/sending.js"
import { BUNDLE, bundleUrl } from "../pages/page-files.js"
import { tellWorker, workerReady } from "./worker-of-page.js"

const AHEAD = { "X-Meetingroom-Ahead": "1" }
const PACKED = "application/octet-stream"
const JSON_TYPE = "application/json"
const OFTEN = 5 * 60_000
const CHECKED = "kept/checked"

/** Event `change` when something is kept or is no longer. */
export const changes = new EventTarget()
const changed = () => changes.dispatchEvent(new Event("change"))

/** What may be kept of a meeting, {papers, left_out, title, status}; {problem} with the words of the server. */
export async function offerOf(meeting) {
  const { ok, status, body } = await ask(`/api/meetings/${encodeURIComponent(meeting)}/keep`, {
    proof: shaped({ papers: "list", left_out: "list" }),
  })
  return ok ? body : { status, problem: body?.error?.message ?? "", code: body?.error?.code ?? "" }
}

/** {free, persisted}: bytes that are free for us, as far as the browser says, and whether it has promised to keep. */
export async function room() {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {}
  const free = Number.isFinite(quota) ? Math.max(0, quota - (usage ?? 0)) : undefined
  return { free, persisted: Boolean(await navigator.storage?.persisted?.().catch(() => false)) }
}

/** Asked on the tap of a person, for browsers heed nothing else. */
export const askToPersist = async () => Boolean(await navigator.storage?.persist?.().catch(() => false))

/** What it has promised by now: some ask the person, who need not answer. @param {Promise<boolean>} asked */
export const promisedSoon = (asked) => inTime(asked, 500).catch(() => false)

/** What of a meeting this person has kept: {meeting, title, at, whole, papers: [...]}, or undefined. */
export async function keptMeeting(meeting) {
  const row = (await onDevice((db) => db.get("meetings", meeting))).value
  if (!row || row.person !== belongsTo()) return undefined
  return { ...row, papers: (await listKept()).filter((one) => one.meeting === meeting) }
}

/** All meetings of which something is kept for a person. @param {string} person */
export async function keptMeetings(person) {
  const rows = (await onDevice((db) => db.getAll("meetings"))).value ?? []
  const papers = await listKept()
  return rows
    .filter((row) => row.person === person)
    .map((row) => {
      const own = papers.filter(({ meeting }) => meeting === row.meeting)
      return { ...row, papers: own.sort((one, other) => (one.place ?? 0) - (other.place ?? 0)) }
    })
}

class KeepsNothing extends Error {}

/**
 * Keep these papers, and before them the pages that open them. `moved(done, of)` hears how many bytes are here. Resolves
 * with "" or why it stopped: full, line (also when it was stopped), browser.
 * @param {any} offer of `offerOf`
 * @param {any[]} papers some of its papers
 * @param {{ whole?: boolean, moved?: (done: number, of: number) => void, signal?: AbortSignal }} how `whole`: the meeting,
 *   also what is added to it later
 */
export async function keep(offer, papers, { whole = false, moved = () => {}, signal } = {}) {
  const stopped = new Promise((done) => signal?.addEventListener("abort", done, { once: true }))
  await Promise.race([workerReady(), stopped])
  if (signal?.aborted) return "line"
  const { meeting, title } = offer
  const before = await keptMeeting(meeting)
  const begun = await caches.has(PAPERS + meeting)
  const cache = await caches.open(PAPERS + meeting)
  await cache.put("/kept-by", new Response(belongsTo()))
  if (!(await tellWorker({ type: "pages", meeting }))) {
    if (!begun) await caches.delete(PAPERS + meeting)
    return "line"
  }
  const about = { meeting, title, person: belongsTo(), at: Date.now(), whole: whole || Boolean(before?.whole) }
  await writeTo("meetings", (store) => store.put(about))
  const of = papers.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const paper of papers) {
    try {
      done += await keepOne(cache, offer, paper, signal)
    } catch (problem) {
      await forget(paper.document)
      changed()
      if (problem instanceof KeepsNothing) return "browser"
      return problem?.name === "QuotaExceededError" ? "full" : "line"
    }
    moved(Math.min(done, of), of)
    changed()
  }
  tell()
  changed()
  return ""
}

async function keepOne(cache, offer, paper, signal) {
  const { document, pages, t } = paper
  const folder = `/documents/${encodeURIComponent(document)}`
  let bytes = 0
  for (let n = 0; n * BUNDLE < pages; n++) {
    bytes += await put(cache, bundleUrl(document, n), signal, PACKED)
    bytes += await put(cache, `${folder}/pages/words-${n}?t=${t}`, signal, JSON_TYPE, true)
  }
  await put(cache, `${folder}/outline.json`, signal, JSON_TYPE, true)
  await keepMarks(paper)
  const { id, title, shape } = paper
  const { meeting } = offer
  const place = offer.papers.findIndex((one) => one.document === document) // in the agenda
  const kept = {
    document,
    meeting,
    place,
    person: belongsTo(),
    paper: id,
    title,
    pages,
    shape,
    t,
    bytes,
    at: Date.now(),
  }
  const { ok } = await writeKept(kept)
  if (!ok) throw new KeepsNothing()
  return bytes
}

/**
 * `optional`: a paper without words is kept as well. It is told by its type and not by our mark, which nginx leaves out
 * where it sends the file itself (X-Accel-Redirect); the sign-in page of a network is of another type.
 */
async function put(cache, url, signal, type, optional = false) {
  const { answer, body } = await fetchWhole(
    url,
    { signal, headers: AHEAD },
    ({ ok, redirected, headers }) => !redirected && isFile({ ok, type: headers.get("Content-Type") }, type),
  )
  if (!body) {
    if (optional && answer.status === 404) return 0
    throw new Error(`${url}: ${answer.status}`)
  }
  const headers = new Headers(answer.headers)
  for (const each of ["Content-Encoding", "Content-Length"]) headers.delete(each)
  await cache.put(url, new Response(body, { headers }))
  return body.size
}

async function keepMarks({ id, document }) {
  const { ok, body } = await ask(`${addressOf(id)}?after=0`, { proof: shaped({ rev: "number", marks: "list" }) })
  if (ok) await writeMarks(id, document, body.rev, body.marks)
}

const keyOf = (paper) => `${belongsTo()}/${paper}`

/** My marks as the server has told them last, while the paper is kept here. */
export async function writeMarks(paper, document, rev, marks) {
  const row = { key: keyOf(paper), paper, document, person: belongsTo(), rev, marks }
  await writeTo("marks", (store) => store.put(row))
}

/** {rev, marks}, or undefined. @param {string} paper */
export const readMarks = async (paper) => (await onDevice((db) => db.get("marks", keyOf(paper)))).value

/** Is this paper kept here, for the person of this page? @param {string} document */
export async function isKept(document) {
  const found = await keptOf(document)
  return Boolean(found) && found.person === belongsTo()
}

export async function letPaper(document) {
  const kept = await keptOf(document)
  if (!kept) return
  await forget(document)
  if (!(await listKept()).some(({ meeting }) => meeting === kept.meeting)) await forgetMeeting(kept.meeting)
  changed()
}

export async function letMeeting(meeting) {
  await forgetMeeting(meeting)
  changed()
}

/**
 * What is here is this person's, or it goes; and what the server no longer lets them keep goes as well (a right has ended,
 * a paper was recalled, a new version took its place: that one comes, where the whole meeting is kept).
 * @param {{ spread?: number }} how `spread`: ms within which the tablets of a hall ask
 */
export async function checkKept({ spread = 0 } = {}) {
  if (!hasCaches() || !belongsTo()) return
  const rows = (await onDevice((db) => db.getAll("meetings"))).value ?? []
  if (rows.some(({ person }) => person !== belongsTo())) {
    await forgetAll()
    return changed()
  }
  const last = Number(local.get(CHECKED))
  if (!rows.length || (last <= Date.now() && Date.now() - last < OFTEN)) return
  local.set(CHECKED, String(Date.now()))
  await new Promise((done) => setTimeout(done, Math.random() * spread))
  for (const row of rows) await check(row)
}

async function check({ meeting, whole }) {
  const offer = await offerOf(meeting)
  if (offer.problem !== undefined) {
    if ([403, 404, 410].includes(offer.status)) await letMeeting(meeting)
    return
  }
  const offered = new Map(offer.papers.map((paper) => [paper.document, paper]))
  const here = (await listKept()).filter((one) => one.meeting === meeting)
  const papers = new Set(here.map(({ paper }) => paper))
  for (const { document } of here) if (!offered.has(document)) await forget(document)
  const known = new Set(here.map(({ document }) => document))
  const missing = offer.papers.filter(({ document, id }) => !known.has(document) && (whole || papers.has(id)))
  const read = here.filter(({ document, t }) => offered.has(document) && offered.get(document).t !== t)
  const anew = [...missing, ...read.map(({ document }) => offered.get(document))]
  if (anew.length) await keep(offer, anew, { whole })
  changed()
}

/** The view of a meeting as it was seen last, for its room without a line. @param {string} meeting @param {any} view */
export async function writeView(meeting, view) {
  if (!hasCaches() || !isObject(view) || !(await caches.has(PAPERS + meeting))) return
  const cache = await caches.open(PAPERS + meeting)
  await cache.put(`/meetings/${meeting}/view`, new Response(JSON.stringify({ ...view, at: Date.now() })))
}
