/** What a finger on a case means: for who holds the stage everybody sees it, for all others only they themselves. */

import { attempt } from "../../lib/attempt.js"
import { t } from "../../lib/t.js"
import { toast } from "../../lib/toast.js"
import { openAfter, stepFrom } from "../../case/map-tree.js"
import { ownPlace } from "../../case/own-place.js"
import { cutAll, isFrame, readMarks } from "../../case/mark-frames.js"
import { named } from "../../case/room-maps.js"
import { presides } from "../../meeting/rights.js"
import { openMedia, showMedia } from "./media-hand.js"

/** A page of the case: {case, document, page, pages?, label?, volume?, title?}, from this node of a map. */
export function openPage(meeting, place, node = "") {
  if (!meeting.holding) return ownPlace.open({ page: { ...place, node } })
  return showPage(meeting, place, node)
}

/** With the excerpt that stands on its node, where one does. */
export async function showPage(meeting, { case: case_, document, page, rect, marks }, node = "", more = {}) {
  const wish = { case: case_, document, page, ...(node && { node }), ...more }
  const shown = await attempt(meeting.send("show_evidence", wish))
  if (!shown || !isFrame(rect)) return shown
  return attempt(meeting.send("show_callout", { rects: [rect], marks: cutAll(readMarks(marks), [rect]) }))
}

/** The two pages of a contradiction; alone the first of them. */
export function openPair(meeting, places, text = "", node = "") {
  if (!meeting.holding) return ownPlace.open({ pair: places })
  const from = node ? { node } : {}
  const [left, right] = places.map(({ case: case_, document, page }) => ({ case: case_, document, page, ...from }))
  return attempt(meeting.send("show_pair", { left, right, ...(text && { text: text.slice(0, 300) }) }))
}

/** What a chip of a node leads to (case/chips.js): a page, the two of a contradiction, a recording. */
export function openChip(meeting, case_, map, chip, node) {
  if (chip.media)
    return openMedia(meeting, { ...chip.about, media: chip.media, case: case_ }, { node, clip: chip.clip })
  const pages = chip.pages.map((page) => ({ ...named(map, page), case: case_ }))
  if (!chip.pair) return openPage(meeting, pages[0], node)
  return openPair(meeting, pages, typeof chip.line === "string" ? chip.line : map.nodes[node].text, node)
}

/** A node of the map; `at` is where the map is now. */
export function openNode(meeting, at, node, open = []) {
  if (!meeting.holding) return ownPlace.open({ map: { ...at, node, open, levels: 0 } })
  const { map } = meeting.view.stage
  const same = map && map.map === at.map && map.version === at.version
  const fold = open.length ? { open } : {}
  return attempt(
    same
      ? meeting.send("show_node", { node, ...fold })
      : meeting.send("show_map", { case: at.case, map: at.map, version: at.version, node, ...fold }),
  )
}

/** A step of the presentation. Nothing where there is none. */
export function stepTo(meeting, map, at, step) {
  const node = stepFrom(map, at.node, step)
  return node && openNode(meeting, at, node, openAfter(map, at.open, node))
}

/** Open or fold a branch, or show the map down to a level, where it is. */
export function fold(meeting, at, { open = [], levels = 0 } = {}) {
  if (!meeting.holding) return ownPlace.open({ map: { ...at, open, levels } })
  return attempt(meeting.send("show_node", { node: at.node, open: open.slice(-60), levels }))
}

export const back = (meeting) => attempt(meeting.send("back"))

/** For who chairs: take the stage and show what one looks at, in one. */
export async function toEverybody(meeting, { page, map, media }) {
  if (media) await showMedia(meeting, media, { clip: media.clip, take: true })
  else if (page) await showPage(meeting, page, page.node, { take: true })
  else if (map) await attempt(meeting.send("show_map", { ...placeOf(map), take: true }))
}

const placeOf = ({ case: case_, map, version, node, open = [] }) => ({ case: case_, map, version, node, open })

/** Ask who presents to show it. */
export function askToShow(meeting, { page, map, media }, title) {
  const place = media
    ? { case: media.case, media: media.media }
    : page
      ? { case: page.case, document: page.document, page: page.page }
      : { case: map.case, map: map.map, node: map.node }
  meeting.signal("request", { ...place, title: title.slice(0, 200) })
  toast(t("The presenter has been asked to show it."))
}

export const maySendOn = (meeting) => presides(meeting.me)
