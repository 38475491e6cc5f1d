/** Dates as an office writes them, dd/mm/yyyy, and as the log keeps them, yyyy-mm-dd. Pure. */

const two = (n) => String(n).padStart(2, "0")

/** "2026-12-23" → "23/12/2026" */
export const fromIso = (iso) => iso.split("-").reverse().join("/")

/** "23/12/2026", "23-12-26", "23/12" → "2026-12-23"; "" for nothing; undefined for what is no day. `now` in ms gives the year left out. */
export function toIso(text, now) {
  const trimmed = text.trim()
  if (!trimmed) return ""
  const found = trimmed.match(/^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/)
  if (!found) return undefined
  const [day, month] = [Number(found[1]), Number(found[2])]
  const today = new Date(now)
  let year = found[3] ? Number(found[3].length === 2 ? `20${found[3]}` : found[3]) : today.getFullYear()
  // A due date without its year lies ahead.
  if (!found[3] && Date.UTC(year, month - 1, day + 1) < now) year += 1
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return `${year}-${two(month)}-${two(day)}`
}

/** The days one usually sets: [{word key, iso}] a week on, the end of this month, the end of this quarter. */
export function usualDays(now) {
  const local = new Date(now + 7 * 3600 * 1000)
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()]
  const iso = (date) => date.toISOString().slice(0, 10)
  return {
    week: iso(new Date(Date.UTC(year, month, day + 7))),
    month: iso(new Date(Date.UTC(year, month + 1, 0))),
    quarter: iso(new Date(Date.UTC(year, Math.floor(month / 3) * 3 + 3, 0))),
  }
}
