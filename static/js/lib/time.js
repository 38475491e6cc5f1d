// Times as an office writes them. Milliseconds since the epoch come in; the zone is the agency's, whatever the tablet's.
import { t, tn } from "./t.js"

const ZONE = 7 * 3600 * 1000
/** @param {number} n */
const two = (n) => String(n).padStart(2, "0")
/** @param {number} ms */
const at = (ms) => new Date(ms + ZONE)

/**
 * "08:30": clocks, tables
 * @param {number} ms
 */
export const clock = (ms) => `${two(at(ms).getUTCHours())}:${two(at(ms).getUTCMinutes())}`

/**
 * "08:30:07": when something was saved
 * @param {number} ms
 */
export const second = (ms) => `${clock(ms)}:${two(at(ms).getUTCSeconds())}`

/**
 * "08 giờ 30": in sentences
 * @param {number} ms
 */
export const hour = (ms) =>
  t("{hour}:{minute}", { hour: two(at(ms).getUTCHours()), minute: two(at(ms).getUTCMinutes()) })

/**
 * "16/12/2026"
 * @param {number} ms
 */
export const date = (ms) => `${two(at(ms).getUTCDate())}/${two(at(ms).getUTCMonth() + 1)}/${at(ms).getUTCFullYear()}`

/**
 * "Thứ Tư"
 * @param {number} ms
 */
export const weekday = (ms) =>
  [t("Sunday"), t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday")][
    at(ms).getUTCDay()
  ]

/**
 * "thứ Tư", within a sentence (Decree 30/2020, appendix II: of the day of a week its number alone is written large)
 * @param {number} ms
 */
export const weekdayWithin = (ms) => weekday(ms).replace(/^Thứ /, "thứ ")

/**
 * "08 giờ 30, thứ Tư, 16/12/2026"
 * @param {number} ms
 */
export const moment = (ms) => `${hour(ms)}, ${weekdayWithin(ms)}, ${date(ms)}`

/**
 * whether two moments fall on the same day of the agency
 * @param {number} a
 * @param {number} b
 */
export const sameDay = (a, b) => Math.floor((a + ZONE) / 86400000) === Math.floor((b + ZONE) / 86400000)

/**
 * "06:41", "1:02:03", "-00:12" when the time is over; whole seconds
 * @param {number} ms
 */
export function duration(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const sign = ms <= -1000 ? "-" : ""
  return `${sign}${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`
}

/**
 * "2 giây trước"
 * @param {number} ms
 */
export function ago(ms, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - ms) / 1000))
  if (seconds < 1) return t("just now")
  if (seconds < 60) return tn("{n} second ago", "{n} seconds ago", seconds)
  if (seconds < 3600) return tn("{n} minute ago", "{n} minutes ago", Math.floor(seconds / 60))
  if (seconds < 86400) return tn("{n} hour ago", "{n} hours ago", Math.floor(seconds / 3600))
  return tn("{n} day ago", "{n} days ago", Math.floor(seconds / 86400))
}

/**
 * "3,4 MB", "3 GB": sizes of papers, with the decimal comma of Vietnamese
 * @param {number} bytes
 */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  const [n, unit] = bytes < 1024 ** 3 ? [bytes / 1024 ** 2, "MB"] : [bytes / 1024 ** 3, "GB"]
  const text = n < 10 && !Number.isInteger(n) ? n.toFixed(1) : String(Math.round(n))
  return `${document.documentElement.lang === "vi" ? text.replace(".", ",") : text} ${unit}`
}

/**
 * "4.000", in English "4,000"
 * @param {number} n
 */
export const whole = (n) => new Intl.NumberFormat(document.documentElement.lang || "vi").format(n)

/**
 * A moment (ms) as a field of date and time holds it, in the agency's time; "" for none.
 * @param {number | undefined} ms
 */
export const toField = (ms) => (ms ? new Date(ms + ZONE).toISOString().slice(0, 16) : "")
/**
 * And back; 0 for an empty field.
 * @param {string} text
 */
export const fromField = (text) => (text ? Date.parse(`${text.slice(0, 16)}:00Z`) - ZONE : 0)
