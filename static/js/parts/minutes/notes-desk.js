/** The secretaries' texts of a meeting: fetched, heard of, saved, and who holds which. One for the page. */

import { ask } from "../../lib/ask.js"
import { keepDraft } from "../../lib/draft-history.js"
import { shaped } from "../../lib/proof.js"
import { signInAgain } from "../../lib/sign-in-again.js"
import { local } from "../../lib/storage.js"
import { uid } from "../../lib/uid.js"
import { conducts } from "../../meeting/rights.js"
import { entered } from "../../meeting/meeting.js"
import { saving } from "./minutes-saving.js"
import { keyOf, NoteKeeper } from "./note-keeper.js"

export const GENERAL = "general"
// Two windows of the same secretary must not overwrite each other; a copy of a tab gets another id, too.
const WINDOW = uid(12)
const BEAT = 10_000
const LOOK = 15_000 // a hold that ends by itself is not told
const AGAIN = 3000
const LARGEST_AT_LEAVING = 60_000
const DRAFTS_EVERY = 10_000

const isSaved = shaped({ rev: "number", sha: "string", html: "string", at: "number" })
const isNote = shaped({ rev: "number", sha: "string", html: "string" })
const isHeld = shaped({ holder: "string", since: "number", mine: "boolean" })

/** Events: `note` {item} when a text or its holder is another; `lost` {item, name, aside} when another has taken an item. */
export class NotesDesk extends EventTarget {
  #meeting
  #keepers = new Map()
  #notes = new Map()
  #holds = new Map()
  #beats = new Map()
  #drafted = new Map()
  // Counts what was heard of holds: an answer that was on its way meanwhile may tell of one that has ended.
  #heardOfHolds = 0
  #known = false
  #recovered = false
  #reading

  constructor(meeting) {
    super()
    this.#meeting = meeting
    meeting.addEventListener("signal", ({ detail }) => this.#signal(detail))
    meeting.watch(["record"], ({ record, agenda }) => {
      this.#recover([GENERAL, ...agenda.order])
      this.#logged(record?.notes ?? {})
    })
    meeting.addEventListener("lamp", ({ detail: { state } }) => this.#lamp(state))
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") for (const keeper of this.#keepers.values()) keeper.save()
    })
    window.addEventListener("pagehide", () => this.#leave())
    setInterval(() => this.#look(), LOOK)
    this.read()
  }

  /** What the server has, of every item. */
  async read() {
    if (this.#reading) return
    this.#reading = true
    const before = this.#heardOfHolds
    const { ok, status, body } = await ask(this.#url(), { proof: shaped({ items: "object" }), patience: 15_000 })
    this.#reading = false
    if (!ok) {
      if (status === 401) this.#signIn()
      else if (!this.#known && status !== 403) setTimeout(() => this.read(), AGAIN)
      return
    }
    this.#known = true
    for (const item of new Set([...this.#notes.keys(), ...this.#keepers.keys(), ...Object.keys(body.items)]))
      this.#hear(item, body.items[item] ?? {}, before)
  }

  keeper(item) {
    if (!this.#keepers.has(item)) {
      const { id, me } = this.#meeting
      const put = (wish) => this.#put(item, wish)
      const keeper = new NoteKeeper({ key: keyOf(id, me.id, item), window: WINDOW, person: me.id, put })
      this.#keepers.set(item, keeper)
      keeper.addEventListener("signed-out", () => this.#signIn())
      for (const kind of ["clash", "aside"]) keeper.addEventListener(kind, () => this.readOne(item))
      keeper.addEventListener("kept", () => this.#draft(keeper, keyOf(id, me.id, item)))
      saving.add(keeper)
      if (this.#known) keeper.heard(this.#notes.get(item) ?? NOTHING_YET)
    }
    return this.#keepers.get(item)
  }

  /** What is known of an item's text, also where nobody writes: {rev, html, …}. */
  note(item) {
    return this.#notes.get(item)
  }

  /** Texts that a crash left on this device go to the server now. */
  #recover(items) {
    const { id, me } = this.#meeting
    if (this.#recovered || !conducts(me)) return
    this.#recovered = true
    for (const item of items) if (local.get(keyOf(id, me.id, item))) this.keeper(item)
  }

  /** All texts as they stand here. */
  get texts() {
    const items = new Set([...this.#notes.keys(), ...this.#keepers.keys()])
    return [...items].map((item) => this.#keepers.get(item)?.html || this.#notes.get(item)?.html || "")
  }

  /** Who writes there: {by, name, since, mine, own: in another window of mine}; undefined for nobody. */
  holder(item) {
    const hold = this.#holds.get(item)
    if (!hold) return undefined
    const own = hold.by === this.#meeting.me.id
    return { ...hold, mine: own && hold.window === WINDOW, own: own && hold.window !== WINDOW }
  }

  /** Somebody begins to write here; `take`: though another does. Resolves with whether this window may. */
  async hold(item, { take = false } = {}) {
    const own = this.holder(item)?.own
    const { ok, status, body } = await ask(this.#url(item, "/hold"), {
      method: "POST",
      json: { window: WINDOW, ...((take || own) && { take: true }) },
      proof: isHeld,
    })
    if (status === 401) this.#signIn()
    // Without an answer one writes on: the base of the text guards what others wrote.
    if (!ok) return !this.holder(item) || this.holder(item).mine
    const { holder, name, since, window, mine } = body
    const before = this.#holds.get(item)
    this.#heardOfHolds++
    this.#holds.set(item, { by: holder, name, since, window })
    if (mine) this.#beat(item)
    if (before?.by !== holder || before?.window !== window) this.#emit("note", { item })
    return mine
  }

  /** Nobody writes here any more in this window: what was written is saved, and others may. */
  async release(item) {
    clearInterval(this.#beats.get(item))
    this.#beats.delete(item)
    await this.#keepers.get(item)?.save()
    if (!this.holder(item)?.mine) return
    this.#heardOfHolds++
    this.#holds.delete(item)
    this.#emit("note", { item })
    await this.#give(item)
  }

  /** The newest text of an item. */
  async readOne(item) {
    const before = this.#heardOfHolds
    const { ok, body } = await ask(this.#url(item), { proof: isNote })
    if (ok) this.#hear(item, body, before)
    return ok
  }

  url(item, rest = "") {
    return this.#url(item, rest)
  }

  get window() {
    return WINDOW
  }

  #url(item, rest = "") {
    const of = item === undefined ? "" : `/${encodeURIComponent(item)}`
    return `/api/meetings/${encodeURIComponent(this.#meeting.id)}/notes${of}${rest}`
  }

  #hear(item, { hold = undefined, ...note }, heardOfHolds) {
    if (heardOfHolds === this.#heardOfHolds) {
      const before = this.#holds.get(item)
      if (hold) this.#holds.set(item, hold)
      else this.#holds.delete(item)
      this.#lose(item, before)
    }
    if (note.rev !== undefined) this.#notes.set(item, note)
    this.#keepers.get(item)?.heard(this.#notes.get(item) ?? NOTHING_YET)
    this.#emit("note", { item })
  }

  #signal({ kind, item, rev, hold }) {
    if (kind !== "note" || !item) return
    if (hold) {
      this.#heardOfHolds++
      const before = this.#holds.get(item)
      if (hold.by) this.#holds.set(item, hold)
      else if (!this.holder(item)?.mine) this.#holds.delete(item)
      this.#lose(item, before)
      this.#emit("note", { item })
    }
    if (rev > (this.#keepers.get(item)?.remote?.rev ?? this.#notes.get(item)?.rev ?? -1)) this.#readSoon(item)
  }

  /** This window held it, and another does now: what is unsaved here goes beside the text. */
  #lose(item, before) {
    const now = this.#holds.get(item)
    if (!this.#beats.has(item) || !now || now.window === WINDOW) return
    clearInterval(this.#beats.get(item))
    this.#beats.delete(item)
    const aside = Boolean(this.#keepers.get(item)?.setAside())
    if (before) this.#emit("lost", { item, name: now.name, own: now.by === this.#meeting.me.id, aside })
  }

  #soon = new Map()

  #readSoon(item) {
    if (this.#soon.has(item)) return
    this.#soon.set(
      item,
      setTimeout(() => {
        this.#soon.delete(item)
        this.readOne(item)
      }, 150),
    )
  }

  /** The log has another text: a plain client's, or what this page has heard of already. */
  #logged(notes) {
    for (const [item, { seq, rev = 0 }] of Object.entries(notes)) {
      if (this.#seen.get(item) === seq) continue
      const first = !this.#seen.has(item) && !this.#known
      this.#seen.set(item, seq)
      const known = this.#keepers.get(item)?.remote?.rev ?? this.#notes.get(item)?.rev ?? -1
      if (!first && (!rev || rev > known)) this.#readSoon(item)
    }
  }

  #seen = new Map()

  async #put(item, { wish, leaving }) {
    const keepalive = leaving && wish.html.length < LARGEST_AT_LEAVING / 2
    const answer = await ask(this.#url(item), {
      method: "PUT",
      json: wish,
      proof: isSaved,
      patience: leaving ? 0 : 20_000,
      keepalive,
    })
    if (answer.ok && !wish.branch) {
      const { me } = this.#meeting
      this.#notes.set(item, { ...answer.body, by: me.id, name: me.name, window: WINDOW })
      this.#emit("note", { item })
    }
    return answer
  }

  #beat(item) {
    if (this.#beats.has(item)) return
    this.#beats.set(
      item,
      setInterval(() => {
        if (document.visibilityState === "visible") this.hold(item).then((mine) => mine || this.#lose(item, {}))
      }, BEAT),
    )
  }

  #give(item, keepalive = false) {
    return ask(this.#url(item, "/hold"), { method: "DELETE", json: { window: WINDOW }, keepalive })
  }

  #leave() {
    for (const keeper of this.#keepers.values()) if (keeper.dirty) keeper.save({ leaving: true })
    for (const item of this.#beats.keys()) this.#give(item, true)
  }

  #look() {
    if (document.visibilityState !== "visible") return
    for (const item of this.#holds.keys()) if (!this.holder(item).mine) this.readOne(item)
  }

  #lamp(state) {
    if (state === "signed_out" && this.#was !== state && conducts(this.#meeting.me)) this.#signIn()
    const back = state === "live" && this.#was !== "live"
    this.#was = state
    if (!back) return
    this.read()
    for (const keeper of this.#keepers.values()) keeper.retry()
  }

  #was = "live"

  async #signIn() {
    if (!(await signInAgain())) return
    this.#meeting.renew()
    this.read()
    for (const keeper of this.#keepers.values()) keeper.retry()
  }

  /** From the lamp, after "later". */
  signIn() {
    return this.#signIn()
  }

  #draft(keeper, key) {
    const last = this.#drafted.get(key) ?? 0
    if (Date.now() - last < DRAFTS_EVERY) return
    this.#drafted.set(key, Date.now())
    keepDraft(key, keeper.html, Date.now())
  }

  #emit(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }
}

const NOTHING_YET = { rev: 0, sha: "", html: "", by: "", at: 0 }

/** The one of this page. */
export const desk = entered.then((meeting) => new NotesDesk(meeting))
