/** What happened, in words: one function per kind of event in the log. What has none is not told. */

import { nameOf } from "../../meeting/people.js"
import { t } from "../../lib/t.js"

const TOGETHER = 120000
const LONG = 300

/** `view` names people, items and papers; `by` is who did it. Each gives {sign, text}. */
const SENTENCES = {
  MeetingPublished: () => ({ sign: "send", text: t("Programme and papers were released.") }),
  MeetingOpened: (_data, { by }) => ({ sign: "play", text: t("{name} opened the meeting.", { name: by }) }),
  MeetingAdjourned: () => ({ sign: "coffee", text: t("The meeting was adjourned.") }),
  MeetingResumed: () => ({ sign: "play", text: t("The meeting was resumed.") }),
  MeetingClosed: (_data, { by }) => ({ sign: "flag", text: t("{name} closed the meeting.", { name: by }) }),
  MeetingArchived: () => ({ sign: "archive", text: t("The meeting was archived.") }),
  MinutesApproved: (_data, { by }) => ({
    sign: "stamp",
    text: t("{name} approved the minutes.", { name: by }),
    strong: true,
  }),
  MinutesUnlocked: ({ reason }, { by }) => ({
    sign: "lock-open",
    text: t("{name} unlocked the minutes: {reason}", { name: by, reason }),
  }),
  MeetingCancelled: ({ reason }) => ({ sign: "ban", text: t("The meeting was cancelled: {reason}", { reason }) }),

  ItemStarted: ({ item }, { item: title }) => ({
    sign: "list-ordered",
    text: t("Item {title} began.", { title: title(item) }),
    strong: true,
  }),
  ItemFinished: ({ item }, { item: title }) => ({
    sign: "check",
    text: t("Item {title} was finished.", { title: title(item) }),
  }),
  PaperAttached: ({ title }) => ({ sign: "paperclip", text: t("Paper “{title}” was added.", { title }) }),
  PaperWithdrawn: () => ({ sign: "file", text: t("A paper was withdrawn.") }),

  PaperShown: ({ paper, page }, { paper: title }) => ({
    sign: "file-text",
    text: t("“{title}” was shown, page {pages}.", { title: title(paper), pages: page }),
    pages: { paper, from: page, to: page },
  }),
  PageTurned: ({ paper, page }, { paper: title }) => ({
    sign: "file-text",
    text: t("“{title}” was shown, page {pages}.", { title: title(paper), pages: page }),
    pages: { paper, from: page, to: page },
  }),
  StageCovered: () => ({ sign: "eye-off", text: t("The page was covered.") }),
  StageUncovered: () => ({ sign: "eye", text: t("The page was uncovered.") }),
  TitleShown: () => ({ sign: "eye-off", text: t("The title card was shown.") }),
  StageGiven: ({ person }, { person: name }) => ({
    sign: "presentation",
    text: t("{name} was given the stage.", { name: name(person) }),
  }),
  StageTaken: ({ person }, { person: name }) => ({
    sign: "undo-2",
    text: t("{name} took the stage.", { name: name(person) }),
  }),
  CalledBack: ({ site }, { site: name }) => ({
    sign: "bell-ring",
    text: site
      ? t("{site} was called back to the page.", { site: name(site) })
      : t("Everybody was called back to the page."),
  }),

  CheckedIn: ({ person, mode }, { person: name }) => arrived({ mode, names: [name(person)] }),
  CheckedOut: ({ person }, { person: name }) => ({ sign: "log-out", text: t("{name} left.", { name: name(person) }) }),
  Excused: ({ person, reason }, { person: name }) => ({
    sign: "user-x",
    text: t("{name} is absent: {reason}", { name: name(person), reason }),
  }),
  RoleChanged: ({ person }, { person: name }) => ({
    sign: "user-cog",
    text: t("The role of {name} was changed.", { name: name(person) }),
  }),

  FloorGranted: ({ person, kind }, { person: name }) => speech({ person, kind, name: name(person) }),
  SpeechEnded: ({ person, spoken }, { person: name }) => speech({ person, name: name(person), spoken, ended: true }),
  OpinionRecorded: ({ person, text }, { person: name }) => ({
    sign: "file-text",
    text: text
      ? t("{name} gave a written opinion: “{text}”", { name: name(person), text: short(text) })
      : t("{name} will give a written opinion.", { name: name(person) }),
  }),

  BallotOpened: ({ ballot }, { ballot: of }) => ({
    sign: "vote",
    text: t("Voting on “{question}” began.", { question: of(ballot).question }),
    strong: true,
  }),
  BallotClosed: ({ ballot }, { ballot: of }) => ({
    sign: "vote",
    text: t("Voting on “{question}” ended.", { question: of(ballot).question }),
  }),
  ResultPublished: ({ ballot }, { ballot: of }) => ({
    sign: "vote",
    text: t("Result of “{question}”: {sentence}", { question: of(ballot).question, sentence: sentenceOf(of(ballot)) }),
    strong: true,
  }),
  BallotAnnulled: ({ ballot, reason }, { ballot: of }) => ({
    sign: "ban",
    text: t("The ballot “{question}” was annulled: {reason}", { question: of(ballot).question, reason }),
  }),
  DecisionRecorded: ({ ballot, decision }, { ballot: of }) => ({
    sign: "gavel",
    text: t("The chair decided on “{question}”: {decision}", {
      question: of(ballot).question,
      decision: short(decision),
    }),
  }),

  ConclusionRecorded: ({ text }) => ({ sign: "gavel", text: t("Conclusion: {text}", { text }), strong: true }),
  ConclusionEdited: ({ text }) => ({ sign: "gavel", text: t("Conclusion changed: {text}", { text }) }),
  ConclusionRemoved: () => ({ sign: "gavel", text: t("A conclusion was removed.") }),
}

/** {sign, text, strong?, pages?} of one line of the log, or nothing when it is not worth telling. */
export function sentence({ name, data, by }, view) {
  const words = {
    by: nameOf(view, by),
    person: (id) => nameOf(view, id),
    item: (id) => numbered(id, view.agenda),
    paper: (id) => view.papers?.[id]?.title ?? t("a paper"),
    ballot: (id) => view.ballots?.items?.[id] ?? { question: t("(removed)") },
    site: (id) => view.sites?.sites?.[id]?.short || view.sites?.sites?.[id]?.name || "",
  }
  return SENTENCES[name]?.(data, words)
}

function numbered(id, { order, items }) {
  return items[id] ? `${order.indexOf(id) + 1}. ${items[id].title}` : t("(removed)")
}

/**
 * The log as lines to read, the latest first: turned pages of one paper become one line, as do a row of arrivals and
 * a speech from the word given to its end.
 * `facts` in order of the log; gives [{seq, at, sign, text, strong?}].
 */
export function told(facts, view) {
  const lines = []
  for (const fact of facts) {
    const said = sentence(fact, view)
    if (!said) continue
    const last = lines[lines.length - 1]
    const line = { seq: fact.seq, at: fact.at, ...said }
    if (line.speech?.ended && finished(lines, line)) continue
    const one = joined(last, line, view)
    if (one) lines[lines.length - 1] = one
    else lines.push(line)
  }
  return lines.reverse()
}

/** The line of the speech that ends here says how long it was; false if its beginning is not among the lines. */
function finished(lines, { speech: end }) {
  let n = lines.length - 1
  while (n >= 0 && lines[n].speech?.person !== end.person) n -= 1
  const line = lines[n]
  if (!line || line.speech.ended) return false
  lines[n] = { ...line, ...speech({ ...line.speech, spoken: end.spoken, ended: true }) }
  return true
}

function joined(last, line, view) {
  if (last?.pages && last.pages.paper === line.pages?.paper) return turned(last, line, view)
  const together = last?.arrivals && last.arrivals.mode === line.arrivals?.mode && line.at - last.at < TOGETHER
  if (!together) return undefined
  const names = [...last.arrivals.names, ...line.arrivals.names]
  return { ...last, ...arrived({ mode: last.arrivals.mode, names }), seq: line.seq }
}

/** Somebody has the floor, or had it for `spoken` seconds. */
function speech({ person, kind = "speak", name, spoken = 0, ended = false }) {
  return {
    sign: "mic",
    text: ended ? `${spokeWords(kind, name)}${lengthOf(spoken)}.` : speaksWords(kind, name),
    speech: { person, kind, name, ended },
  }
}

function speaksWords(kind, name) {
  if (kind === "question") return t("{name} is asking a question.", { name })
  if (kind === "point_of_order") return t("{name} is raising a point of order.", { name })
  return t("{name} is speaking.", { name })
}

function spokeWords(kind, name) {
  if (kind === "question") return t("{name} asked a question", { name })
  if (kind === "point_of_order") return t("{name} raised a point of order", { name })
  return t("{name} spoke", { name })
}

/** " (05 phút)", as the minutes have it; what is shorter than a minute needs no length. */
function lengthOf(seconds) {
  const n = Math.round(seconds / 60)
  return seconds < 60 ? "" : ` (${t("{n} min", { n: String(n).padStart(2, "0") })})`
}

const sentenceOf = ({ result }) => result?.sentence?.[document.documentElement.lang] ?? result?.sentence?.vi ?? ""

const short = (text) => (text.length > LONG ? `${text.slice(0, LONG).trimEnd()}…` : text)

/** Several people who came within a minute or two are one line. */
function arrived({ mode, names }) {
  const text =
    mode === "online"
      ? t("Present online: {names}.", { names: names.join(", ") })
      : t("Present on site: {names}.", { names: names.join(", ") })
  return { sign: "user-check", text, arrivals: { mode, names } }
}

/** Pages 3 to 12 of one paper, at the time of the first. */
function turned(first, { seq, pages }, view) {
  const from = Math.min(first.pages.from, pages.from)
  const to = Math.max(first.pages.to, pages.to)
  const title = view.papers?.[pages.paper]?.title ?? t("a paper")
  const text =
    from === to
      ? t("“{title}” was shown, page {pages}.", { title, pages: from })
      : t("“{title}” was shown, pages {pages}.", { title, pages: `${from}–${to}` })
  return { ...first, seq, pages: { ...pages, from, to }, text }
}
