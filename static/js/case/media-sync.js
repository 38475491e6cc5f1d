/** Keeps a <video> or <audio> of this screen at the second that the stage says. */

import { correct, FRESH, learnt, targetOf } from "./playing-rule.js"

const EVERY = 200
const SAME = 0.04
const LONGEST_LEAD = 0.4

/** Safari's rates and seeks have a mind of their own. */
const isSafari = /^((?!chrome|android|chromium).)*safari/i.test(navigator.userAgent)

/**
 * Events: `ready` (it can play from where it stands; `ready` says so too), `refused` (this browser plays nothing before
 * somebody has touched it), `silent` (it plays, and without the sound it was to have), `drift` {drift, seekTime}.
 */
export class MediaSync extends EventTarget {
  refused = false
  silent = false
  #element
  #now
  #media
  #memory = FRESH
  #lead = 0
  #onTime = false
  #timer
  #begins
  #seekAt = 0
  #wantsSound = false
  #starting = false
  #stoodAt

  /** @param {HTMLMediaElement} element @param {() => number} now the meeting's time, ms */
  constructor(element, now) {
    super()
    this.#element = element
    this.#now = now
    element.muted = true
    element.addEventListener("seeking", () => {
      this.#seekAt = performance.now()
    })
    element.addEventListener("seeked", () => this.#found())
    for (const kind of ["canplay", "loadeddata", "canplaythrough"]) element.addEventListener(kind, () => this.#come())
    element.addEventListener("playing", () => setTimeout(() => this.#learnLead(), 250))
  }

  /** Can it show and play from where it is to be? */
  get ready() {
    return !this.refused && this.#element.readyState >= 3 && !this.#element.seeking
  }

  /** @param {any} media as the stage has it */
  follow(media) {
    this.#media = media
    this.#come()
  }

  /** Whether this is the screen that is heard. */
  sounds(wanted) {
    this.#wantsSound = wanted
    if (!wanted) {
      this.#element.muted = true
      this.#becomes("silent", false)
    } else if (this.#element.paused) this.#element.muted = this.silent
    else this.#start()
  }

  /** A finger has touched the screen: now it may. */
  touched() {
    this.refused = false
    this.silent = false
    if (this.#wantsSound) this.#element.muted = false
    if (targetOf(this.#media, this.#now()).runs) this.#start()
    else this.#becomes("ready", true)
  }

  stop() {
    clearTimeout(this.#timer)
    clearTimeout(this.#begins)
    this.#media = undefined
    this.#element.pause()
    this.#element.removeAttribute("src")
    this.#element.load()
  }

  /** To where it should be, whatever it did before. */
  #come() {
    clearTimeout(this.#timer)
    clearTimeout(this.#begins)
    const element = this.#element
    if (!this.#media || element.readyState < 1) return
    const now = this.#now()
    const target = targetOf(this.#media, now)
    if (!target.runs || target.waits) {
      this.#memory = { ...this.#memory, nudging: false }
      if (!element.paused) element.pause()
      this.#stand(target.position)
      if (target.runs) this.#begins = setTimeout(() => this.#begin(), this.#media.at - now - this.#lead * 1000)
      if (this.ready) this.#becomes("ready", true)
      return
    }
    if (element.paused) {
      if (Math.abs(element.currentTime - target.position) > 0.3) this.#seek(target.position + this.#memory.seekTime)
      this.#start()
    }
    this.#tick()
  }

  #begin() {
    this.#onTime = true
    this.#start()
    this.#timer = setTimeout(() => this.#tick(), EVERY)
  }

  #stand(position) {
    this.#element.playbackRate = this.#media.rate ?? 1
    const wanted = this.#within(position)
    // Some browsers stand at the nearest frame: once sought, it is there.
    if (this.#stoodAt === wanted || Math.abs(this.#element.currentTime - wanted) <= SAME) return
    this.#seek(wanted)
    this.#stoodAt = wanted
  }

  #seek(position) {
    this.#stoodAt = undefined
    this.#element.currentTime = this.#within(position)
  }

  /** Just before the end there is still a picture. */
  #within(position) {
    const { duration } = this.#element
    return Number.isFinite(duration) ? Math.min(position, Math.max(0, duration - 0.05)) : position
  }

  #found() {
    if (this.#seekAt) this.#memory = learnt(this.#memory, (performance.now() - this.#seekAt) / 1000)
    this.#seekAt = 0
    if (this.ready) this.#becomes("ready", true)
    if (this.#media && this.#element.paused) this.#come()
  }

  async #start() {
    if (this.#starting) return
    this.#starting = true
    this.#stoodAt = undefined
    const element = this.#element
    element.playbackRate = this.#media?.rate ?? 1
    try {
      if (this.#wantsSound && !this.silent) element.muted = false
      if (!(await tried(element))) {
        // Nobody has touched this screen yet: without sound it may.
        if (!element.muted) {
          element.muted = true
          this.#becomes("silent", true)
        }
        this.#becomes("refused", !(await tried(element)))
      } else this.refused = false
    } finally {
      this.#starting = false
    }
    if (!this.#media || !targetOf(this.#media, this.#now()).runs) element.pause()
  }

  /** Looks several times a second whether it is where it should be. */
  #tick() {
    clearTimeout(this.#timer)
    const element = this.#element
    if (!this.#media) return
    const now = this.#now()
    const target = targetOf(this.#media, now)
    if (!target.runs || target.waits) return this.#come()
    if (!this.refused) {
      const { seeking, readyState, muted } = element
      const drift = element.currentTime - target.position
      const rate = this.#media.rate ?? 1
      const seen = { drift, target: target.position, rate, now, muted, nudges: !isSafari, seeking, readyState }
      const next = correct(this.#memory, seen)
      this.#memory = next.memory
      if (element.playbackRate !== next.rate) element.playbackRate = next.rate
      if (next.seek !== undefined) this.#seek(next.seek)
      else if (element.paused && !seeking && readyState >= 3) this.#start()
      this.dispatchEvent(new CustomEvent("drift", { detail: { drift, seekTime: this.#memory.seekTime } }))
    }
    this.#timer = setTimeout(() => this.#tick(), EVERY)
  }

  /** How long this screen takes from the word to the first picture: it begins so much sooner the next time. */
  #learnLead() {
    if (!this.#onTime || !this.#media || this.#element.paused) return
    this.#onTime = false
    const target = targetOf(this.#media, this.#now())
    const late = target.position - this.#element.currentTime
    if (target.runs && Math.abs(late) < 0.6) this.#lead = Math.min(LONGEST_LEAD, Math.max(0, this.#lead + late * 0.7))
  }

  #becomes(what, value) {
    if (what !== "ready") this[what] = value
    this.dispatchEvent(new CustomEvent(what))
  }
}

/** Whether it plays; what was only interrupted is no refusal. */
async function tried(element) {
  try {
    await element.play()
    return true
  } catch (problem) {
    return problem.name !== "NotAllowedError"
  }
}
