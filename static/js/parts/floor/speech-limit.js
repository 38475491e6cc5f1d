/** The time a speaker is given, in seconds; 0: no limit. The last choice is remembered on this device. */

import { local } from "../../lib/storage.js"
import { t } from "../../lib/t.js"

export const LIMITS = [180, 300, 420, 600, 0]
const KEY = "speech-limit"
const USUAL = 300

let chosen

export function limit() {
  if (chosen === undefined) chosen = kept()
  return chosen
}

export function setLimit(seconds) {
  chosen = seconds
  local.set(KEY, seconds)
}

export const limitWord = (seconds) => (seconds ? t("{n} minutes each", { n: seconds / 60 }) : t("No time limit"))

function kept() {
  const seconds = Number(local.get(KEY) ?? USUAL)
  return LIMITS.includes(seconds) ? seconds : USUAL
}
