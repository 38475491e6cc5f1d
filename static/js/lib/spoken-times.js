/** Dates and times of form fields, spoken back as an office writes them: what a browser shows depends on its machine. */

import { moment } from "./day-field.js"
import { t } from "./t.js"
import * as time from "./time.js"

/** "Thứ Tư, 16/12/2026, 08 giờ 00 – 11 giờ 00 (3 giờ)", or "" while something is missing or the end comes first. */
export function spokenTimes(day, starts, lastDay, ends) {
  const [from, to] = [moment(day, starts), moment(lastDay, ends)]
  if (!(from < to)) return ""
  const end = time.sameDay(from, to) ? time.hour(to) : `${time.hour(to)}, ${time.weekdayWithin(to)}, ${time.date(to)}`
  return `${time.weekday(from)}, ${time.date(from)}, ${time.hour(from)} – ${end} (${spokenLength((to - from) / 60000)})`
}

/** "47′" or "1h12′" where there is no room for the words; a colon would look like a time of day, or minutes and seconds. */
export const shortLength = (minutes) =>
  minutes < 60 ? `${minutes}′` : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, "0")}′`

/** "3 giờ 15 phút", "45 phút". */
export function spokenLength(minutes) {
  const whole = Math.round(minutes)
  const [h, m] = [Math.floor(whole / 60), whole % 60]
  if (!h) return t("{n} min", { n: m })
  return m ? t("{h} h {m} min", { h, m }) : t("{h} h", { h })
}
