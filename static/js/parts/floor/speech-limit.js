/** The time a speaker is given, in seconds; 0: no limit. The last choice is remembered on this device. */

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
  try {
    localStorage.setItem(KEY, seconds)
  } catch {
    /* private browsing: until the page is left */
  }
}

export const limitWord = (seconds) => (seconds ? t("{n} minutes each", { n: seconds / 60 }) : t("No time limit"))

function kept() {
  try {
    const seconds = Number(localStorage.getItem(KEY) ?? USUAL)
    return LIMITS.includes(seconds) ? seconds : USUAL
  } catch {
    return USUAL
  }
}
