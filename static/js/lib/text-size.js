/** The size of text of this person, in steps; kept with the account. */

import { api } from "./api.js"

const SIZES = ["90", "100", "115", "130", "150"]
const root = document.documentElement

/** {least, most}: whether it can go no further. */
export function textSize() {
  const now = step()
  return { least: now === 0, most: now === SIZES.length - 1 }
}

export const smaller = () => become(step() - 1)
export const larger = () => become(step() + 1)

const step = () => Math.max(0, SIZES.indexOf(root.dataset.text || "100"))

function become(next) {
  const size = SIZES[Math.min(SIZES.length - 1, Math.max(0, next))]
  root.dataset.text = size
  document.cookie = `text=${size}; path=/; max-age=31536000; samesite=lax`
  // Without a line the cookie keeps it.
  api("PATCH", "/api/session", { text_size: Number(size) }).catch(() => {})
}
