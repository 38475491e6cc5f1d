/** A ballot while it is being written: the fields of the form, and the arguments they become. Pure. */

import { ANSWERS, PRESETS } from "./ballot-rules.js"
import { changesOf } from "../../lib/draft.js"

export const LIMITS = [0, 60, 120, 180, 300, 600]
const USUAL = "HOI_NGHI"

/** The fields of a new ballot, or of one that is there (`ballot`, as the view has it), without people and items that are gone. */
export function fieldsOf(ballot, everyVoter, { items = {}, current = "" } = {}) {
  if (!ballot)
    return {
      ...ofPreset(USUAL),
      question: "",
      item: current,
      seconds: 0,
      live: false,
      choose: 1,
      list: "",
      who: "all",
      voters: [],
    }
  const { question, preset, secret = false, seconds = 0, live = false, choose = 1, options, rule } = ballot
  const item = items[ballot.item] ? ballot.item : ""
  const roll = (ballot.roll ?? []).filter((id) => everyVoter.includes(id))
  const keys = options.map(({ key }) => key)
  const answers = ANSWERS.findIndex((set) => same(set, keys))
  // A draft says what it means. Of one that was held, a list of everybody means everybody again.
  const all = ballot.all_delegates || (ballot.state !== "draft" && same([...roll].sort(), [...everyVoter].sort()))
  return {
    question,
    item,
    preset,
    secret,
    seconds,
    live,
    choose,
    base: rule.base,
    threshold: rule.threshold,
    tie: rule.tie,
    half: Boolean(rule.tie_at_half_only),
    answers: answers < 0 ? "list" : answers,
    list: answers < 0 ? options.map(({ label, key }) => label || key).join("\n") : "",
    who: all ? "all" : "name",
    voters: all ? [] : roll,
  }
}

/** What a kind of ballot brings with it. */
export function ofPreset(preset) {
  const { base, threshold, tie, options, secret = false } = PRESETS[preset]
  return {
    preset,
    base,
    threshold,
    tie,
    half: true,
    secret,
    answers: options.length ? ANSWERS.findIndex((set) => same(set, options)) : "list",
  }
}

/** The lines of the list as options. */
export const listed = ({ list }) => [
  ...new Set(
    list
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/** What is still missing: question | list | choose | voters, or undefined. */
export function wrong(fields) {
  if (!fields.question.trim()) return "question"
  if (fields.answers === "list" && listed(fields).length < 2) return "list"
  if (fields.answers === "list" && !(fields.choose >= 1 && fields.choose < listed(fields).length)) return "choose"
  if (fields.who !== "all" && !fields.voters.length) return "voters"
  return undefined
}

/** The arguments of `draft_ballot`: all of them. */
export function argsOf(fields) {
  const { question, item, preset, secret, seconds, live, answers, who, voters, base, threshold, tie, half } = fields
  const list = answers === "list"
  return {
    question: question.trim(),
    item,
    preset,
    secret,
    seconds,
    live: live && !secret,
    base,
    threshold,
    tie,
    tie_at_half_only: half,
    options: list ? listed(fields) : ANSWERS[answers],
    choose: list ? fields.choose : 1,
    voters: who === "all" ? [] : voters,
  }
}

/** The arguments of `edit_ballot`: what differs from what the form began with; another kind is told with all it brings. */
export function editsOf(started, fields) {
  return started.preset === fields.preset ? changesOf(argsOf(started), argsOf(fields)) : argsOf(fields)
}

const same = (a, b) => a.length === b.length && a.every((one, i) => one === b[i])
