/** How far the saving of a text has come, in words that are true. Pure. */

import { t } from "../../lib/t.js"
import { second } from "../../lib/time.js"

export function stateWords(keeper) {
  switch (keeper.state) {
    case "typing":
    case "saving":
      return t("Saving…")
    case "waiting":
      return waitingWords(keeper)
    case "failed":
      return failedWords(keeper)
    case "conflict":
      return t("Somebody else has changed it: choose one of the two versions above")
    default:
      return keeper.savedAt ? t("Saved {time}", { time: second(keeper.savedAt) }) : ""
  }
}

export const waitingWords = ({ keptHere }) =>
  keptHere
    ? t("Not sent yet, kept on this device")
    : t("Not sent yet, and this device has no room to keep it: please leave this page open")

const failedWords = ({ keptHere, problem: why }) =>
  keptHere
    ? t("Not saved: {why}", { why })
    : t("Not saved: {why} This device has no room to keep it: please leave this page open.", { why })
