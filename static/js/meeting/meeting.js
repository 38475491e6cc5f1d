/** A meeting as this screen knows it: the view, kept in step with the server, and the way to ask for changes. */

import { isOfCase } from "../case/places.js"
import { Connection } from "./connection.js"
import { noteModes } from "../pages/stamped.js"
import { OwnPapers } from "./own-papers.js"
import { merge } from "./patch.js"

const PROMISE = 3000

/**
 * Events: `change` {slices}, `lamp` {state, at}, `presence` {sites, screens}, `signal`, `outcome` {name, done}, `sending` {name}.
 *
 * `view` is what to draw (with the page that I have just turned to, before the server has said so),
 * `me` is {id, name, role, site?}, `seq` the number of the last event, `lamp` {state, at}.
 */
export class Meeting extends EventTarget {
  view = undefined
  audience = undefined
  seq = 0

  #me
  #received = undefined
  #own = {}
  #papers = { of: undefined, own: undefined, all: undefined }
  #ahead = new Map()
  #wanted = undefined
  #awaited = new Set()
  #painted = undefined
  #paintedRight = undefined
  #shows = undefined
  #watchers = new Set()
  #connection

  /**
   * `connection(place)` makes another kind of line than the usual one (a projector's, a test's);
   * `onlooker`: this page is no device of the room; `first`: the view that has come with the page, {seq, audience, view, now};
   * `replayed`: it is over and seen again, whatever its view says.
   * @param {{ meeting: string, me?: any, connection?: (place: () => any) => any, onlooker?: boolean, first?: any,
   *   replayed?: boolean }} how
   */
  constructor({ meeting, me, connection, onlooker, first, replayed = false }) {
    super()
    this.id = meeting
    this.replayed = replayed
    this.#me = me || {}
    const place = () => this.#received && { seq: this.seq, audience: this.audience }
    this.#connection = connection ? connection(place) : new Connection({ meeting, place, onlooker })
    const on = (kind, fn) => this.#connection.addEventListener(kind, (event) => fn(event.detail))
    on("view", (answer) => this.#take(answer))
    on("patches", (answer) => this.#follow(answer))
    on("patch", (patch) => {
      this.#ahead.set(patch.seq, patch.patch)
      this.#drain()
    })
    on("state", () => this.#emit("lamp", this.lamp))
    for (const kind of ["presence", "signal", "preload", "trial", "outcome"]) on(kind, (body) => this.#emit(kind, body))
    if (!first) return
    /** @type {Partial<PerformanceNavigationTiming>} */
    const { requestStart, responseStart } = performance.getEntriesByType("navigation")[0] ?? {}
    if (requestStart && first.now) this.#connection.clock.learn?.(requestStart, first.now, responseStart)
    this.#take(first)
  }

  open() {
    this.#connection.open()
    return this
  }

  close() {
    this.#connection.close()
  }

  /** Who I am in this meeting; the role and the site are what they are now, not what they were at the start. */
  get me() {
    const now = this.view?.roll?.people?.[this.#me.id]
    return now ? { ...this.#me, role: now.role, site: now.site, state: now.state } : this.#me
  }

  /** {state: connecting|live|late|offline|signed_out|removed, at: when the server was last heard, this machine's ms, way: websocket|polling,
   * unheard: since when the site does not hear the centre, the meeting's ms}. */
  get lamp() {
    const { state, heard, way, unheard } = this.#connection
    return { state, at: heard, way, unheard: state === "live" ? unheard : 0 }
  }

  /** What the server has told last, as a page can begin with it: {seq, audience, view}; without my own papers. */
  get received() {
    return this.#received && { seq: this.seq, audience: this.audience, view: this.#received }
  }

  /** The number that rises with every change of papers that only some may read; 0 while there are none. */
  get limited() {
    return Number(this.#received?.papers?.limited) || 0
  }

  /** The papers that I may read and not everybody: they stand in no view that is sent to a room. */
  readsAlso(papers) {
    this.#own = papers
    if (this.#received) this.#show(["papers"])
  }

  /** The server's time, ms. */
  now() {
    return this.#connection.clock.now()
  }

  /** How long a word to the server and back takes, ms. */
  get delay() {
    return this.#connection.clock.delay
  }

  /** How long a pen gathers points before it says where it is, ms: the longer the more screens watch. */
  get penMs() {
    return this.#connection.penMs ?? 50
  }

  /** Do I hold the stage: may I turn the page for everybody? */
  get holding() {
    return this.view?.meeting.status === "live" && this.view.stage?.holder === this.#me.id
  }

  /**
   * Call `fn(view)` now and when one of the slices changes; the function returned, or the signal, ends it.
   * @param {string[]} slices
   * @param {(view: any) => unknown} fn
   * @param {{ signal?: AbortSignal }} how
   */
  watch(slices, fn, { signal } = {}) {
    const watcher = { slices, fn }
    this.#watchers.add(watcher)
    const stop = () => this.#watchers.delete(watcher)
    signal?.addEventListener("abort", stop, { once: true })
    if (this.view) fn(this.view)
    return stop
  }

  /** Send a command; resolves with {seq}, rejects with Refused or Unanswered (`errors.js`). */
  send(name, args = {}) {
    this.#emit("sending", { name })
    return this.#connection.send(name, args)
  }

  /** As `send`, but resolves only once the view holds the fact: what a part draws ahead of it does not jump back and forth. */
  async sendAndSee(name, args) {
    const answer = await this.send(name, args)
    if (answer.seq > this.seq)
      await new Promise((seen) => {
        this.#awaited.add({ seq: answer.seq, seen })
        setTimeout(seen, PROMISE)
      })
    return answer
  }

  /** Turn the shown paper to a page: here at once, everywhere as soon as the server has it. Of a pair: one side, or both
   * in step. */
  turnTo(page, side = "") {
    const { stage } = this.view
    // Of a pair, and of a page of a case, the server knows what comes.
    if (stage?.pair || isOfCase(stage)) return this.send("turn_page", { page, ...(side && { side }) })
    const { newest } = stage ?? {}
    // From an earlier version of the paper a turn leads into the newest.
    if (newest) {
      const turned = { ...newest, page, rect: null, covered: null, newest: null, shape: null }
      return page < 1 || page > newest.pages ? Promise.resolve({}) : this.#promise(turned, "turn_page", { page })
    }
    if (!stage?.pages || page < 1 || page > stage.pages || (page === stage.page && !stage.covered))
      return Promise.resolve({})
    // A page that is turned to is seen: the cover comes off.
    return this.#promise({ page, rect: null, covered: null }, "turn_page", { page })
  }

  /** Show a part of the page to everybody, or the whole page again (no rect). */
  zoomTo(rect, side = "") {
    const { stage } = this.view
    if (stage.pair) return this.send("zoom", { ...(rect && { rect }), ...(side && { side }) })
    return this.#promise({ page: stage.page, rect: rect || null }, "zoom", rect ? { rect } : {})
  }

  /**
   * This screen has really painted the page (no paper: the card): the chair sees it. `browsing`: its reader looks at
   * something else than the stage. Said again after a reconnection.
   */
  painted(paper, page, { browsing = false, document = "" } = {}) {
    // A map or a page of a case stands there instead, and is named by its key.
    if (!paper && isOfCase(this.view?.stage)) return
    this.#painted = {
      paper,
      page,
      ...(document && { document }),
      ...(browsing && { browsing }),
      ...(this.#shows && { shows: this.#shows }),
    }
    this.#sayPainted()
  }

  /** The same of any place of the stage, by its key. */
  paintedKey(key, { browsing = false, silent = false } = {}) {
    const how = { ...(browsing && { browsing }), ...(silent && { silent }), ...(this.#shows && { shows: this.#shows }) }
    this.#painted = { key, ...how }
    this.#sayPainted()
  }

  /** What this screen had of the stage it has no longer: a recording that the browser does not play. */
  unpainted() {
    this.#painted = { paper: "", page: 0, ...(this.#shows && { shows: this.#shows }) }
    this.#sayPainted()
  }

  /** The same of the right page of a pair; nothing when there is none any more. */
  paintedRight(paper, page, document = "") {
    this.#paintedRight = paper ? { paper, page, ...(document && { document }) } : undefined
    if (this.#paintedRight) this.#sayPainted()
  }

  /** Of a pair both pages are named, once both are there. */
  #sayPainted() {
    if (!this.#painted) return
    const pair = this.view?.stage?.pair && !this.#painted.browsing && this.#painted.paper
    if (pair && !this.#paintedRight) return
    this.#connection.emit("painted", pair ? { ...this.#painted, right: this.#paintedRight } : this.#painted)
  }

  /** This screen has everything that is written on the page it has painted, up to this revision. */
  inked(paper, page, rev) {
    const is = (one) => one?.paper === paper && one.page === page && !one.browsing
    if (!is(this.#painted) && !is(this.#paintedRight)) return
    if (is(this.#painted)) this.#painted = { ...this.#painted, ink: rev }
    if (is(this.#paintedRight)) this.#paintedRight = { ...this.#paintedRight, ink: rev }
    this.#sayPainted()
  }

  /** What a big screen has in front: page, ballot, speech, board, card, cover. */
  showing(what) {
    if (what === this.#shows) return
    this.#shows = what
    const { paper = "", page = 0, document = "", key } = this.#painted ?? {}
    if (key && isOfCase(this.view?.stage)) this.paintedKey(key, this.#painted)
    else this.painted(paper, page, { document })
  }

  /** The holder's pointer or pen in motion; never stored. */
  signal(kind, body) {
    this.#connection.wave("signal", { kind, ...body })
  }

  resync() {
    this.#connection.resync()
  }

  /** Somebody has signed in again on this page. */
  renew() {
    this.#connection.renew?.()
  }

  async #promise(patch, name, args) {
    const wanted = { patch, paper: this.view.stage.paper }
    this.#wanted = wanted
    this.#show(["stage"])
    const end = () => {
      if (this.#wanted !== wanted) return
      this.#wanted = undefined
      this.#show(["stage"])
    }
    try {
      const answer = await this.send(name, args)
      wanted.seq = answer.seq
      if (answer.seq <= this.seq) end()
      else setTimeout(end, PROMISE)
      return answer
    } catch (problem) {
      end()
      throw problem
    }
  }

  #take({ seq, audience, view }) {
    this.#received = view
    this.seq = seq
    this.audience = audience
    this.#drain(null)
    this.#arrived()
  }

  #follow({ audience, patches }) {
    this.audience = audience
    for (const { seq, patch } of patches) this.#ahead.set(seq, patch)
    this.#drain()
    this.#arrived()
  }

  #arrived() {
    this.#sayPainted()
    this.#emit("lamp", this.lamp)
  }

  /** Merge what comes next, forget what is old, ask for the whole view if a number is missing. */
  #drain(before = this.#received) {
    if (!this.#received) return
    for (const seq of [...this.#ahead.keys()].sort((a, b) => a - b)) {
      if (seq > this.seq + 1) break
      if (seq === this.seq + 1) {
        this.#received = merge(this.#received, this.#ahead.get(seq))
        this.seq = seq
      }
      this.#ahead.delete(seq)
    }
    // Asked for later, since an answer that fills the hole may be arriving this moment.
    if (this.#ahead.size)
      setTimeout(() => {
        if (this.#ahead.size) this.#connection.resync({ whole: true })
      }, 50)
    const slices = slicesThatDiffer(before, this.#received)
    if (this.#wanted && (this.#wanted.seq <= this.seq || this.#wanted.paper !== this.#received.stage?.paper)) {
      this.#wanted = undefined
      slices.push("stage")
    }
    this.#show(slices, !before)
    for (const awaited of this.#awaited) {
      if (awaited.seq > this.seq) continue
      this.#awaited.delete(awaited)
      awaited.seen()
    }
  }

  /** `whole`: this is the first view after nothing, or after a gap; everybody draws, whatever they watch. */
  #show(slices, whole = false) {
    const wanted = this.#wanted
    const received = this.#withOwn(this.#received)
    if (received.papers && (whole || slices.includes("papers"))) noteModes(Object.values(received.papers))
    this.view = wanted ? { ...received, stage: merge(received.stage, wanted.patch) } : received
    if (slices.length === 0) return
    for (const { slices: watched, fn } of [...this.#watchers]) {
      if (whole || watched.some((slice) => slices.includes(slice))) fn(this.view)
    }
    this.#emit("change", { slices })
  }

  /** The view with my own papers in their places; the same object as long as nothing of them changed. */
  #withOwn(received) {
    const { papers } = received
    if (!papers?.limited) return received
    if (this.#papers.of !== papers || this.#papers.own !== this.#own) {
      const { limited: _, ...all } = papers
      this.#papers = { of: papers, own: this.#own, all: { ...all, ...this.#own } }
    }
    return { ...received, papers: this.#papers.all }
  }

  #emit(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }))
  }
}

function slicesThatDiffer(before, after) {
  const names = new Set([...Object.keys(before || {}), ...Object.keys(after)])
  return [...names].filter((name) => before?.[name] !== after[name])
}

let settle
/** Resolves with the meeting of this page as soon as the screen has entered one. */
export const entered = new Promise((resolve) => {
  settle = resolve
})

/** Enter the meeting this page is about: `boot` is {meeting, me, screen}; called once, by the screen's script. */
export function enter(boot, options = {}) {
  const meeting = new Meeting({ meeting: boot.meeting, me: boot.me, first: firstView(boot.meeting), ...options })
  settle(meeting)
  if (!options.replayed && boot.me?.id) meeting.watch(["papers"], () => meeting.limited && askForOwn(meeting))
  return meeting.open()
}

let own
/** Only where some papers are not everybody's. */
function askForOwn(meeting) {
  own ??= new OwnPapers(meeting)
  return own
}

/** The view that the server wrote into the page; nothing if it is another meeting's, or has none. */
function firstView(meeting) {
  const first = JSON.parse(document.getElementById("first-view")?.textContent || "null")
  return first?.view.meeting?.id === meeting ? first : undefined
}

/** What the server wrote into the page for this screen. */
export function boot() {
  return JSON.parse(document.getElementById("boot").textContent)
}
