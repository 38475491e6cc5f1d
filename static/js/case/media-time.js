/** Moments of a recording, in seconds, as people write them. */

import { duration } from "../lib/time.js"

/** "1:02:03", "02:03" @param {number} seconds */
export const durationOf = (seconds) => duration(Math.floor(seconds) * 1000)

/** What was typed ("90", "1:30", "1:02:03,5"), in seconds; NaN of anything else. @param {string} text */
export function secondsOf(text) {
  const parts = text.trim().replace(",", ".").split(":")
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d+)?$/.test(part))) return Number.NaN
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** "02:03,4": in a field, to a tenth. @param {number} seconds */
export const exactOf = (seconds) => {
  const tenths = Math.round(seconds * 10)
  const whole = durationOf(Math.floor(tenths / 10))
  return tenths % 10 ? withComma(`${whole}.${tenths % 10}`) : whole
}

/** "×0,5": how fast it runs. @param {number} rate */
export const rateOf = (rate) => withComma(`×${rate}`)

/** Vietnamese writes 0,5. @param {string} text */
const withComma = (text) => (document.documentElement.lang === "vi" ? text.replace(".", ",") : text)
