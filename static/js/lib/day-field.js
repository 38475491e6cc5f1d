/** Days and hours as they are written here, dd/mm/yyyy and 24 hours, whatever the language of the machine. */

const ZONE = 7 * 3600 * 1000
const two = (n) => String(n).padStart(2, "0")

/** `16/12/2026`, `16.12.2026`, `16-12-2026` or `2026-12-16` as `2026-12-16`; "" if that is no day. */
export function dayOf(text) {
  const local = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text.trim())
  const iso = local ? `${local[3]}-${two(local[2])}-${two(local[1])}` : text.trim()
  const moment = new Date(`${iso}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === iso
    ? iso
    : ""
}

/** `8`, `8h30`, `8:30`, `0830`, `8 giờ 30` as `08:30`; "" if that is no hour. */
export function hourOf(text) {
  const found =
    /^(\d{1,2})(?:\s*(?:h|g|giờ|:|\.)\s*(\d{1,2})?)?$/i.exec(text.trim()) || /^(\d{1,2})(\d{2})$/.exec(text.trim())
  if (!found) return ""
  const [hour, minute] = [Number(found[1]), Number(found[2] || 0)]
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : ""
}

/** `2026-12-16` as it is written here. */
export const written = (iso) => (iso ? iso.split("-").reverse().join("/") : "")

/** A moment in ms as the value of a field for the day and of one for the hour. */
export const dayField = (ms) => written(new Date(ms + ZONE).toISOString().slice(0, 10))
export const hourField = (ms) => new Date(ms + ZONE).toISOString().slice(11, 16)

/** A day and an hour as typed, in ms; NaN if one of them is none. */
export const moment = (day, hour) => Date.parse(`${dayOf(day)}T${hourOf(hour)}:00Z`) - ZONE

/**
 * Under `root`: what is typed in `[data-day]` and `[data-hour]` is put into its usual form when the field is left, and
 * the browser's own calendar (`.day-picker` beside the field) writes into it.
 */
export function dayFields(root, signal) {
  const options = signal ? { signal } : undefined
  root.addEventListener(
    "change",
    ({ target }) => {
      if (target.matches(".day-picker")) return picked(target)
      const tidy = target.matches("[data-day]")
        ? written(dayOf(target.value))
        : target.matches("[data-hour]")
          ? hourOf(target.value)
          : ""
      if (tidy && tidy !== target.value) target.value = tidy
    },
    options,
  )
  root.addEventListener(
    "pointerdown",
    ({ target }) => {
      if (target.matches(".day-picker")) target.value = dayOf(fieldOf(target).value)
    },
    options,
  )
}

function picked(picker) {
  const field = fieldOf(picker)
  field.value = written(picker.value)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

const fieldOf = (picker) => picker.parentElement.querySelector("[data-day]")
