/** Which words of two texts are not in the other, in order: [{kind: "same"|"added"|"removed", text}]. Pure.
 *
 *  Words and not letters: within a syllable of Vietnamese a difference of letters reads like noise. */

const MOST = 1_000_000 // pairs of words; what is longer is shown as one that went and one that came

export function wordDiff(before, after) {
  const [a, b] = [before, after].map((text) => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [])
  if (a.length * b.length > MOST)
    return joined([
      ["removed", before],
      ["added", after],
    ])
  const longest = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1])
  const found = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push(["same", a[i++]])
      j++
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1]))
      found.push(["removed", a[i++]])
    else found.push(["added", b[j++]])
  }
  return joined(found)
}

/** Neighbours of one kind as one, without those that are empty. */
function joined(parts) {
  const found = []
  for (const [kind, text] of parts) {
    const last = found[found.length - 1]
    if (last?.kind === kind) last.text += text
    else if (text) found.push({ kind, text })
  }
  return found
}
