// The first visit: the user name follows the full name until somebody types one.
import "./signed-out.js"
import { stripAccents } from "../lib/strip-accents.js"

const { name, username } = /** @type {any} */ (document.querySelector("[data-first]")).elements

/** As `names.username_of` on the server: `Nguyễn Văn An` → `annv`. */
function made(text) {
  const words = stripAccents(text)
    .replace(/\(.*?\)/g, " ")
    .split(/\s+/)
    .map((word) => word.replace(/[^a-z0-9]/g, ""))
    .filter(Boolean)
  return words.length
    ? (
        words[words.length - 1] +
        words
          .slice(0, -1)
          .map((word) => word[0])
          .join("")
      ).slice(0, 36)
    : ""
}

let own = username.value !== made(name.value)
username.addEventListener("input", () => {
  own = username.value !== ""
})
name.addEventListener("input", () => {
  if (!own) username.value = made(name.value)
})
