/**
 * The script of a case while it is presented: where it is, what comes next, by which keys. Where it is stands in the log of
 * the meeting; the steps come from the case, for whoever is on its list.
 */

import { ask } from "../lib/ask.js"
import { attempt } from "../lib/attempt.js"
import { session } from "../lib/storage.js"
import { t } from "../lib/t.js"
import { toast } from "../lib/toast.js"
import { uid } from "../lib/uid.js"
import { isMine } from "./my-cases.js"
import { aheadAfter, nameOf, progressOf, stepFrom, stepOfStage } from "./script.js"

const OFTEN = 15_000

/** Event `change`: the steps, the way of presenting, or the case are others. */
export class ScriptShow extends EventTarget {
  #meeting
  #case = ""
  #read = 0
  #reading = false
  /** The step that was asked for and is not on the stage yet, or that was refused. @type {any} */
  #ahead
  /** @type {any[]} */
  steps = []
  id = ""
  mayEdit = false

  constructor(meeting) {
    super()
    this.#meeting = meeting
    meeting.watch(["exhibits", "stage"], (view) => {
      if (!Object.keys(view.exhibits ?? {}).length) return
      if (!view.exhibits[this.#case]) this.choose(view.stage.map?.case ?? view.stage.case ?? firstWith(view.exhibits))
      const { step } = this.at ?? {}
      const ahead = this.#ahead
      if (ahead?.step === step || (ahead?.refused && ahead.from !== step)) this.#ahead = undefined
    })
  }

  get case() {
    return this.#case
  }

  /** Of several cases in one meeting, the one that is presented. */
  choose(case_) {
    if (!this.#meeting.view.exhibits?.[case_] || case_ === this.#case) return
    this.#case = case_
    Object.assign(this, { steps: [], id: "", mayEdit: false })
    this.#ahead = undefined
    this.read()
  }

  /** Reads the steps; those who are not on the list have none. */
  async read() {
    const case_ = this.#case
    if (!case_ || this.#reading) return
    this.#reading = true
    const path = `/api/cases/${encodeURIComponent(case_)}/script`
    const { ok, body = undefined } = (await isMine(case_)) ? await ask(path) : { ok: false }
    this.#reading = false
    this.#read = Date.now()
    if (case_ !== this.#case) return void this.read()
    if (!ok) return
    Object.assign(this, { steps: body.steps, id: body.id, mayEdit: body.may_edit })
    this.#changed()
  }

  /** Somebody else may be writing it while it is presented. */
  refresh() {
    if (Date.now() - this.#read > OFTEN) this.read()
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"))
  }

  // Which way the presentation goes

  get #key() {
    return `case-way/${this.#meeting.id}`
  }

  /** Is it presented by the script? As somebody chose here, else as the meeting was presented last. */
  get isOn() {
    if (!this.steps.length) return false
    const chosen = session.get(this.#key)
    return chosen ? chosen === "script" : Boolean(this.#exhibit?.script)
  }

  turnOn(on) {
    session.set(this.#key, on ? "script" : "map")
    this.read()
    this.#changed()
  }

  get #exhibit() {
    return this.#meeting.view?.exhibits?.[this.#case]
  }

  /** {script, step, n, of} of what was shown last, if it is of this script. */
  get at() {
    const at = this.#exhibit?.script
    return at?.script === this.id ? at : undefined
  }

  /** The steps that were shown: {step: ms}. */
  get shown() {
    return this.#exhibit?.steps?.[this.id] ?? {}
  }

  get progress() {
    return progressOf(this.steps, this.at, this.shown)
  }

  get now() {
    return this.steps.find(({ id }) => id === this.at?.step)
  }

  /** @param {1 | -1} by */
  from(by) {
    return stepFrom(this.steps, this.#ahead ?? this.at, by)
  }

  // Going on

  /** @param {1 | -1} by */
  go(by) {
    const { step, passed } = this.from(by)
    for (const each of passed)
      toast(t("Step passed: “{name}” cannot be shown.", { name: nameOf(each) }), { kind: "warn" })
    if (step) return this.show(step)
    toast(by > 0 ? t("The script is at its end.") : t("The script is at its beginning."), { kind: "info" })
    return undefined
  }

  async show(step, more = {}) {
    const n = this.steps.indexOf(step) + 1
    const ahead = { step: step.id, n }
    this.#ahead = ahead
    const sent = this.#meeting.send("show_step", { case: this.#case, script: this.id, step: step.id, ...more })
    const done = await attempt(sent)
    if (!done && this.#ahead === ahead) {
      const { code } = await sent.catch((problem) => problem)
      this.#ahead = aheadAfter(ahead, code, this.at)
      this.read()
    }
    this.#changed()
  }

  // Keeping what is on the stage

  /** What is on the stage, as a step that could be kept. */
  get frame() {
    const { stage } = this.#meeting.view
    return this.mayEdit ? stepOfStage(stage, this.#case) : undefined
  }

  /** What is on the stage becomes a step behind the one that was shown last. */
  async keepFrame() {
    const step = this.frame
    if (!step) return
    const after = this.now?.id
    const op = { id: uid(), rev: 0, add: { steps: [step], ...(after && { after }) } }
    const answer = await this.#do(op)
    if (!answer.ok)
      return toast(answer.status ? answer.body.error.message : t("No connection. Try again in a moment."), {
        kind: "bad",
      })
    await this.read()
    const n = this.steps.findIndex(({ id }) => id === step.id) + 1
    toast(t("Added to the script as step {n}.", { n }), {
      action: t("Undo"),
      act: async () => {
        await this.#do({ id: uid(), rev: 0, undo: { op: op.id } })
        this.read()
      },
    })
  }

  #do(op) {
    return ask(`/api/cases/${encodeURIComponent(this.#case)}/script/ops`, { method: "POST", json: op })
  }
}

const firstWith = (exhibits) => Object.keys(exhibits).find((id) => exhibits[id].script) ?? Object.keys(exhibits)[0]

const known = new WeakMap()

/** That of a meeting. @returns {ScriptShow} */
export function scriptOf(meeting) {
  if (!known.has(meeting)) known.set(meeting, new ScriptShow(meeting))
  return known.get(meeting)
}
