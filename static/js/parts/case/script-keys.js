/** The keys of a clicker while a case is presented: by the script a step; on a page of a node the next of its numbers. */

import { placeIn } from "../../case/chips.js"
import { isOfCase } from "../../case/places.js"
import { roomMap } from "../../case/room-maps.js"
import { scriptOf } from "../../case/script-show.js"
import { isSilent } from "../../lib/keys.js"
import { local } from "../../lib/storage.js"
import { hasPage } from "../../meeting/on-stage.js"
import { isTyping } from "../stage/turn-buttons.js"
import * as hand from "./case-hand.js"

const NEXT = ["ArrowRight", "PageDown", " "]
const BACK = ["ArrowLeft", "PageUp"]
const ALSO_NUMBERS = "clicker-numbers"

/** Does the clicker open the numbers of a node before it goes to the next one? */
export const opensNumbers = () => local.get(ALSO_NUMBERS) === "1"
export const openNumbers = (on) => (on ? local.set(ALSO_NUMBERS, "1") : local.remove(ALSO_NUMBERS))

/** Listens before whatever turns pages by these keys, as long as `signal` lasts. */
export function listenToClicker(meeting, signal) {
  const script = scriptOf(meeting)
  document.addEventListener(
    "keydown",
    (event) => {
      const by = NEXT.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0
      if (!by || !mayStep(meeting, event)) return
      const goes = script.isOn ? byScript(script, meeting, event, by) : byNumbers(meeting, event, by)
      if (!goes) return
      event.preventDefault()
      event.stopImmediatePropagation()
    },
    { signal, capture: true },
  )
}

function mayStep(meeting, event) {
  if (!meeting.view || !meeting.holding || meeting.view.meeting.status !== "live") return false
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isSilent(event.key)) return false
  return !document.querySelector("dialog[open]") && !isTyping(event)
}

function byScript(script, meeting, event, by) {
  const { stage } = meeting.view
  // A paper of the meeting is turned as always; the title card begins the script.
  if (!isOfCase(stage) && (hasPage(stage) || event.key === " ")) return false
  // Of a recording Space and the arrows are its own.
  if (stage.kind === "media" && !event.key.startsWith("Page")) return false
  if (!event.repeat) script.go(by)
  return true
}

/** @type {{ key: string, map?: any }} */
let held = { key: "" }

/** Only the two keys of a clicker: arrows go from node to node and turn pages. */
function byNumbers(meeting, event, by) {
  const { stage } = meeting.view
  if (!event.key.startsWith("Page") || !stage.map || !isOfCase(stage)) return false
  const map = mapOf(stage.map)
  const place = map && placeIn(map, stage, opensNumbers())
  if (!place) return false
  if (event.repeat) return true
  const { node, chips, n } = place
  const chip = chips[n + by]
  if (chip) hand.openChip(meeting, stage.map.case, map, chip, node)
  else if (by < 0) hand.back(meeting)
  else if (!hand.stepTo(meeting, map, { ...stage.map, node }, "next")) hand.back(meeting)
  return true
}

function mapOf(at) {
  const key = `${at.case}/${at.map}/${at.version}`
  if (held.key !== key) {
    held = { key }
    const mine = held
    roomMap(at.case, at.map, at.version).then((map) => {
      mine.map = map
      if (!map && held === mine) held = { key: "" } // not for ever: it is asked for again
    })
  }
  return held.map
}

/** Read as soon as it is on the stage, so that the first key finds it. */
export function rememberMap(meeting) {
  const { stage } = meeting.view ?? {}
  if (stage?.map && meeting.holding) mapOf(stage.map)
}
