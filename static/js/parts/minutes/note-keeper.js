/** The secretary's text of one item on its way to the server: nothing typed is lost, nothing of others is overwritten unseen. */

/** @import { Answer } from "../../lib/proof.js" */

import { fromLines } from "../../lib/rich-html.js"
import { local } from "../../lib/storage.js"
import { TextKeeper } from "./text-keeper.js"

const KEEP = 300
const QUIET = 1200
const LONGEST = 3000
const AGAIN = 5000

/**
 * `html` is what stands in the editor; `state` is saved | typing | saving | waiting (nobody answers, or signed out) |
 * failed | conflict. Events: `state`; `theirs`, when a newer text has come and nothing of ours is unsaved; `signed-out`;
 * `aside` {rev} when ours was set aside beside the text of whoever took the item over.
 */
export class NoteKeeper extends TextKeeper {
  /** It waits for somebody to sign in. */
  signedOut = false
  /** The text that the server has: {rev, sha, html, by, name, at, window?}; undefined before it has said so. */
  remote = undefined

  #key
  #window
  #person
  #put
  #store
  #base = 0
  #saved = ""
  #read
  #aside = false
  #begun = 0
  #keeping
  #sending = false

  /**
   * `put(wish)` asks the server, `window` is this window's id, `person` who writes; `key` a name in `store`.
   * @param {{ key: string, window: string, person: string, put: (wish: any) => Promise<Answer>, store?: any }} how
   */
  constructor({ key, window, person, put, store = local }) {
    super()
    this.#key = key
    this.#window = window
    this.#person = person
    this.#put = put
    this.#store = store
    this.html = ""
    const kept = readKept(store, key)
    if (!kept) return
    this.html = kept.html
    this.#base = kept.base
    this.#aside = kept.branch
    this.state = "typing"
    this.kept = kept
  }

  /** May be written in: the server's text is known, or that of a crash. */
  get isReady() {
    return this.remote !== undefined || this.state !== "saved"
  }

  get dirty() {
    return (
      this.#read !== undefined || this.html !== this.#saved || (this.remote === undefined && this.state !== "saved")
    )
  }

  get mineElsewhere() {
    return this.remote?.by === this.#person
  }

  /** Something was typed; `read()` gives the text when it is needed: for every letter that would be too dear. */
  edit(read) {
    this.#read = read
    this.#begun ||= Date.now()
    clearTimeout(this.#keeping)
    this.#keeping = setTimeout(() => this.keepHere(), KEEP)
    if (this.state === "conflict") return
    if (!this.#sending) this.become("typing")
    this.saveIn(Math.max(0, Math.min(QUIET, this.#begun + LONGEST - Date.now())))
  }

  /** The copy on this device. */
  keepHere() {
    clearTimeout(this.#keeping)
    this.#catchUp()
    if (!this.dirty) return
    const kept = { html: this.html, base: this.#base, window: this.#window, at: Date.now() }
    const wasKept = this.keptHere
    this.keptHere = this.#store.write(this.#key, this.#aside ? { ...kept, branch: true } : kept)
    if (this.keptHere !== wasKept) this.dispatchEvent(new CustomEvent("state"))
    this.dispatchEvent(new CustomEvent("kept"))
  }

  /** What the server has, heard of for the first time or again. */
  heard(remote) {
    const first = this.remote === undefined
    if (!first && remote.rev < this.remote.rev) return
    this.remote = remote
    if (first) return this.#begin(remote)
    if (this.#sending || remote.rev <= this.#base) return
    this.#catchUp()
    if (remote.html === this.html) return this.takeTheirs()
    if (this.dirty) return
    this.dispatchEvent(new CustomEvent("theirs"))
  }

  #begin(remote) {
    if (this.state === "saved" || remote.html === this.html) {
      this.takeTheirs()
      this.dispatchEvent(new CustomEvent("theirs"))
      return
    }
    this.#saved = remote.html
    // What the window that kept it had saved before is known to it, whether or not it heard the answer.
    if (this.kept?.window && this.kept.window === remote.window) this.#base = remote.rev
    this.saveIn(0)
  }

  /** The text is what the server has now. */
  takeTheirs() {
    this.html = this.#saved = this.remote?.html ?? ""
    this.#read = undefined
    this.#base = this.remote?.rev ?? 0
    this.savedAt = this.remote?.at ?? 0
    this.#settled()
  }

  /** Ours stands (perhaps joined with theirs), knowing of theirs. */
  keep(html) {
    this.html = html
    this.#read = undefined
    this.#base = this.remote?.rev ?? this.#base
    this.#aside = false
    this.state = "typing"
    this.keepHere()
    return this.save()
  }

  /** Somebody else has taken the item over: what is unsaved goes beside the text. */
  setAside() {
    this.#catchUp()
    if (!this.dirty) return undefined
    this.#aside = true
    this.state = "typing"
    this.keepHere()
    return this.save()
  }

  /** `leaving`: the page goes away; the browser sends it afterwards, if it is not too large. */
  async save({ leaving = false } = {}) {
    this.stopWaiting()
    this.keepHere()
    if ((this.#sending && !leaving) || this.state === "conflict" || (this.remote === undefined && !this.#aside)) return
    if (!this.dirty) return this.#settled()
    this.#sending = true
    this.#begun = 0
    this.become("saving")
    const [sent, aside] = [this.html, this.#aside]
    const wish = { html: sent, base: this.#base, window: this.#window, ...(aside && { branch: true }) }
    const answer = await this.#put({ wish, leaving })
    this.#sending = false
    this.signedOut = answer.status === 401
    if (!answer.ok) return this.#refused(answer)
    this.#done(answer.body, sent, aside)
  }

  #done({ rev, sha, html, at }, sent, aside) {
    if (aside) {
      this.#aside = false
      this.takeTheirs()
      this.dispatchEvent(new CustomEvent("aside", { detail: { rev, html } }))
      return
    }
    if (!this.remote || rev >= this.remote.rev)
      this.remote = { rev, sha, html, at, by: this.#person, window: this.#window }
    this.#base = Math.max(rev, this.#base)
    this.#saved = sent
    this.savedAt = at || Date.now()
    this.#catchUp()
    if (!this.dirty) return this.#settled()
    this.keepHere()
    this.become("typing")
    this.saveIn(QUIET)
  }

  #refused({ status, body }) {
    const code = body?.error?.code
    this.problem = body?.error?.message || ""
    if (code === "note_changed") {
      this.become("conflict")
      this.dispatchEvent(new CustomEvent("clash"))
      return
    }
    if (status === 401) {
      this.become("waiting")
      this.dispatchEvent(new CustomEvent("signed-out"))
      return
    }
    if (!status || status >= 500 || status === 429) {
      this.become(this.problem && status !== 429 ? "failed" : "waiting")
      this.saveIn(AGAIN)
      return
    }
    this.become("failed")
  }

  #catchUp() {
    if (!this.#read) return
    this.html = this.#read()
    this.#read = undefined
  }

  #settled() {
    this.#begun = 0
    const kept = readKept(this.#store, this.#key)
    // Another window of ours may keep its own unsaved text there.
    if (kept && (kept.window === this.#window || kept.html === this.html || kept.at === this.kept?.at))
      this.#store.remove(this.#key)
    this.kept = undefined
    this.become("saved")
  }

  become(state) {
    if (state !== this.state || state === "saved") super.become(state)
  }
}

/** The copy of a text on this device; one of before the editor came is plain, and was told by the log. */
export function readKept(store, key) {
  const kept = store.read(key)
  if (typeof kept?.html === "string")
    return { at: 0, ...kept, base: Number(kept.base) || 0, branch: kept.branch === true }
  if (typeof kept?.text === "string")
    return { html: fromLines(kept.text), base: 0, window: kept.window, at: 0, branch: false }
  return undefined
}

export const keyOf = (meeting, person, item) => `note/${meeting}/${person}/${item}`
