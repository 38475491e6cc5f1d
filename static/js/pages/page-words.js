/** The words of a page, for a line of preview. */

import { ask } from "../lib/ask.js"
import { whenGone } from "../lib/fetched.js"
import { shaped } from "../lib/proof.js"

const LONGEST = 90
const kept = new Map()
whenGone((document) => {
  for (const key of [...kept.keys()]) if (key.startsWith(`${document}/`)) kept.delete(key)
})

/** The address of the words of a page; `t` is the revision of the text, as the paper has it in the view. */
export const wordsUrl = (document, page, t = 1) =>
  `/documents/${encodeURIComponent(document)}/pages/${page}.json?t=${t}`

/** The first line of a page that says something; "" when it has no text, undefined when it cannot be had now. */
export async function firstLine(document, page, t = 1) {
  const key = `${document}/${page}/${t}`
  if (kept.has(key)) return kept.get(key)
  const { ok, body } = await ask(wordsUrl(document, page, t), { proof: shaped({ words: "list" }) })
  if (!ok) return undefined
  const line = lines(body.words).find((text) => /\p{L}.*\p{L}/u.test(text)) ?? ""
  kept.set(key, line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : line)
  return kept.get(key)
}

/** Words that stand at one height, joined from top to bottom as they come. `words` are {text, box: [x, y, w, h]}. */
function lines(words) {
  const found = []
  for (const {
    text,
    box: [, y, , height],
  } of words) {
    const last = found[found.length - 1]
    if (last && Math.abs(last.y - y) < height * 0.6) last.text += ` ${text}`
    else found.push({ y, text })
  }
  return found.map(({ text }) => text)
}
