// The words of the program in the reader's language. English is the source; /words/<language>.js sets window.words.

/**
 * t("{n} pages", {n: 4}): what is not translated is shown as it stands here.
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function t(text, values) {
  return fill(window.words?.[text] || text, values)
}

/**
 * tn("{n} page", "{n} pages", 4): English has two forms, Vietnamese one.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, unknown>} [values]
 */
export function tn(one, many, n, values) {
  const known = window.words?.[one]
  return fill(known || (n === 1 ? one : many), { n, ...values })
}

/**
 * Marks a text for translation where it is only kept, in a table say; t(it) speaks it later.
 * @param {string} text
 */
export const mark = (text) => text

export const language = () => document.documentElement.lang || "vi"

/**
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 */
function fill(text, values) {
  if (!values) return text
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}
