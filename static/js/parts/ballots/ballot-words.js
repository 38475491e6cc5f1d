/** The words of a ballot: its kind, its options, what came of it. The same on every screen. */

import { language, mark, t } from "../../lib/t.js"

const OPTIONS = {
  yes: mark("In favour"),
  no: mark("Against"),
  other: mark("Another opinion"),
  not_voting: mark("Not voting"),
  blank: mark("Blank"),
  invalid: mark("Invalid ballots"),
}
const VERDICTS = {
  adopted: { word: mark("Adopted"), tone: "good", sign: "circle-check" },
  rejected: { word: mark("Not adopted"), tone: "bad", sign: "circle-x" },
  opinion: { word: mark("Opinions taken"), tone: "", sign: "scale" },
  none: { word: mark("For reference"), tone: "", sign: "list-checks" },
}

/** @param {{ key: string, label?: string }} option */
export const optionWord = ({ key, label }) => label || t(OPTIONS[key] || key)
export const optionTone = (key) => ({ yes: "good", no: "bad" })[key] || ""
export const kindOfBallot = ({ secret }) => (secret ? t("Secret ballot") : t("Open ballot"))
export const verdictWord = (verdict) => t(VERDICTS[verdict]?.word || verdict)
export const verdictTone = (verdict) => VERDICTS[verdict]?.tone || ""
export const verdictSign = (verdict) => VERDICTS[verdict]?.sign || "info"

/**
 * The stored sentence that explains the result, in the reader's language.
 * @param {{ sentence?: Record<string, string> }} result
 */
// A number and its sign stay in one line.
export const sentenceOf = ({ sentence = {} }) => (sentence[language()] || sentence.vi || "").replaceAll(" %", "\u00a0%")

/**
 * "05" where the stored sentence of the result writes it so, in Vietnamese; a ballot that still runs has plain numbers.
 * @param {number} n
 * @param {{ result?: any }} ballot
 */
export const figure = (n, { result }) => (result && n && language() === "vi" ? String(n).padStart(2, "0") : String(n))

/**
 * The options with what each got: [{key, label?, n}]; invalid papers last, if there were any.
 * @param {{ options: { key: string, label?: string }[], counts?: Record<string, number> }} ballot
 */
export function counted({ options, counts = {} }) {
  const all = counts.invalid ? [...options, { key: "invalid" }] : options
  return all.map((option) => ({ ...option, n: counts[option.key] || 0 }))
}

/** The words of what somebody chose: "Tán thành", "Phòng 1; Phòng 3". */
export const chosenWords = ({ options }, choices = []) =>
  options
    .filter(({ key }) => choices.includes(key))
    .map(optionWord)
    .join("; ")
