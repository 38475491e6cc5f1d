/** Vietnamese or English, whatever the browser was set to before; the address keeps it, nothing else is stored. */

import { data } from "./data.js"

export function startLanguage() {
  return /[?&]lang=en\b/.test(location.search) ? "en" : "vi"
}

/** @param {string} language */
export function setLanguage(language) {
  document.documentElement.lang = language
  window.words = language === "vi" ? data.words : {}
}
