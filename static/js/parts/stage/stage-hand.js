/** What the hand on the stage does: turn, show a paper, cover the page and uncover it. Refusals are told. */

import { hasPage, isShowing } from "../../meeting/on-stage.js"
import { attempt } from "../../lib/attempt.js"
import { turnsFrom } from "../../pages/versions.js"
import { confirm } from "../../lib/dialog.js"
import { t, tn } from "../../lib/t.js"

const memories = new WeakMap()

/** Turn to a page of the shown paper: here at once, everywhere when the server has it; or of the list that stands there. */
export function turn(meeting, page) {
  return attempt(isListing(meeting.view) ? meeting.send("show_followup", { page }) : meeting.turnTo(page))
}

/** Is the list of earlier conclusions on the screens? */
export const isListing = ({ stage }) => !isShowing(stage) && Boolean(stage.followup)

/** What can be turned: {page, pages, covered?} of the paper or the list; nothing is 0 of 0. */
export const turnable = (view) =>
  /** @type {{ page?: number, pages?: number, covered?: boolean }} */ (
    isListing(view) ? view.stage.followup : view.stage
  )

/** Turn by so many pages; beyond the first and the last nothing happens, but that a cover comes off. */
export function turnBy(meeting, step) {
  const { covered } = turnable(meeting.view)
  const { page, pages } = isListing(meeting.view) ? turnable(meeting.view) : turnsFrom(meeting.view.stage)
  const wanted = Math.min(Math.max(1, page + step), pages)
  return page && (wanted !== page || covered) ? turn(meeting, wanted) : undefined
}

/** Show a page to everybody; of a paper that not all may read, only after having been asked. */
export function show(meeting, paper, page = 1) {
  return attempt(showOrAsk(meeting, { paper, page }))
}

/** Two pages side by side: {paper, page} each. */
export function showPair(meeting, left, right) {
  return attempt(showOrAsk(meeting, { left, right }, "show_pair"))
}

async function showOrAsk(meeting, args, command = "show_paper") {
  try {
    return await meeting.send(command, args)
  } catch (problem) {
    if (problem.code !== "not_for_all") throw problem
    const count = Number(problem.fields?.count) || 1
    const sure = await confirm({
      title: t("Show this paper to everybody?"),
      text: tn(
        "{n} person in the meeting may not read it. They will see each page only while it is shown.",
        "{n} people in the meeting may not read it. They will see each page only while it is shown.",
        count,
      ),
      yes: t("Show it to everybody"),
    })
    return sure ? meeting.send(command, { ...args, to_all: true }) : undefined
  }
}

/** A cover over the page, and off again; from the title card back to the page that was there. */
export function blank(meeting) {
  const { last } = memory(meeting)
  const { covered } = meeting.view.stage
  if (isShowing(meeting.view.stage)) return attempt(meeting.send(covered ? "uncover_stage" : "cover_stage"))
  if (last && meeting.view.papers?.[last.paper]) return show(meeting, last.paper, last.page)
  return undefined
}

/** The page that gave way to the title card: {paper, page}, or nothing. */
export const before = (meeting) => memory(meeting).last

/** The page at which a paper was left, so that going back to it does not begin at page 1. */
export const rememberedPage = (meeting, paper) => memory(meeting).pages.get(paper) ?? 1

/** What was on the stage so far, as this screen has seen it. */
function memory(meeting) {
  if (!memories.has(meeting)) {
    const kept = { pages: new Map(), last: undefined }
    memories.set(meeting, kept)
    meeting.watch(["stage"], ({ stage }) => {
      if (!hasPage(stage)) return
      kept.pages.set(stage.paper, stage.page)
      kept.last = { paper: stage.paper, page: stage.page }
    })
  }
  return memories.get(meeting)
}

/** Begin to remember, before the first page is turned. */
export const remember = (meeting) => void memory(meeting)
