/** What the marks on the line of time are called, and what their signs are. Pure. */

import { t } from "../../lib/t.js"

const SIGNS = {
  item: "list-ordered",
  page: "file-text",
  speech: "mic",
  ballot: "vote",
  result: "badge-check",
  conclusion: "gavel",
  break: "coffee",
  resumed: "play",
  close: "square",
}

/** Those that are stops of the buttons back and on, and stand over the line. */
export const isLarge = ({ kind }) => ["item", "ballot", "break", "close"].includes(kind)

export const signOf = ({ kind }) => SIGNS[kind] ?? "circle"

/** "2. Báo cáo tóm tắt", "Trang 4: Báo cáo …" */
export function wordsOf({ kind, text, n, page }) {
  switch (kind) {
    case "item":
      return `${n}. ${text}`
    case "page":
      return t("Page {page}: {title}", { page, title: text })
    case "speech":
      return t("{name} speaks", { name: text })
    case "ballot":
      return t("Ballot: {question}", { question: text })
    case "result":
      return t("Result: {question}", { question: text })
    case "conclusion":
      return t("Conclusion: {text}", { text })
    case "break":
      return t("Break")
    case "resumed":
      return t("The meeting goes on")
    default:
      return t("The meeting is closed.")
  }
}
