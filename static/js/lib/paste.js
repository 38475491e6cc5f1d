/** What somebody pastes, tamed as a string before any parser sees it: a style attribute would be reported by the policy
 *  even in a page that is never shown. Lists of Word, which are paragraphs, become lists again. Pure. */

const MARKER = "\u0001"

/** Are there pictures in it? They are not taken. */
export const hasPictures = (html) => /<(?:img|v:imagedata|picture)\b/i.test(html)

/** HTML of somebody else's without scripts, comments, styles and handlers, its lists as lists. */
export function tamed(html) {
  return rebuiltLists(withoutDanger(html))
}

export function withoutDanger(html) {
  return (
    fragment(html)
      // The label that Word has typed in front of a point is kept a moment: it tells which kind of list this is.
      .replace(/<!--\s*\[if !supportLists\]-->([\s\S]*?)<!--\s*\[endif\]-->/gi, marked)
      .replace(/<!\[if !supportLists\]>([\s\S]*?)<!\[endif\]>/gi, marked)
      .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
      .replace(/<!\[[^>]*>/g, "")
      .replace(/<\?[^>]*>/g, "")
      .replace(/<(script|style|xml|title|template|svg|math|object|iframe|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "")
      .replace(/<(?:img|v:[a-z]+|link|meta|base|embed|source|input|form|button)\b[^>]*>/gi, "")
      .replace(/<\/?o:p[^>]*>/gi, "")
      .replace(/<[a-z][^>]*>/gi, (tag) =>
        tag
          .replace(/([\s"'/])style\s*=/gi, "$1data-style=")
          .replace(/([\s"'/])(on[a-z]+)\s*=/gi, "$1data-$2=")
          .replace(/([\s"'/])(src|srcset|href|background|action)\s*=/gi, "$1data-$2="),
      )
      .normalize("NFC")
  )
}

/** Between Word's own marks of what was copied, where it has set them. */
function fragment(html) {
  const found = /<!--\s*StartFragment\s*-->([\s\S]*?)<!--\s*EndFragment\s*-->/i.exec(html)
  return found ? found[1] : html.replace(/^[\s\S]*?<body\b[^>]*>/i, "").replace(/<\/body>[\s\S]*$/i, "")
}

/** @param {string} _whole @param {string} inner */
function marked(_whole, inner) {
  return MARKER + textOf(inner) + MARKER
}

const textOf = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;|\u00a0/g, " ")
    .replace(/&middot;|&bull;/g, "·")
    .trim()

const PARAGRAPH = /<p\b([^>]*)>([\s\S]*?)<\/p>/gi
const POINT = /mso-list:\s*l(\d+)\s+level(\d+)/i

/** Rows of paragraphs that Word has marked as points, as nested lists. */
function rebuiltLists(html) {
  let rest = ""
  let from = 0
  let points = []
  for (const found of html.matchAll(PARAGRAPH)) {
    const [whole, attributes, inner] = found
    const between = html.slice(from, found.index)
    const point = POINT.exec(attributes)
    if (!point || between.trim()) {
      rest += writeLists(points)
      points = []
    }
    rest += between
    if (point) points.push(pointOf(point, inner))
    else rest += whole
    from = found.index + whole.length
  }
  return (rest + writeLists(points) + html.slice(from)).replaceAll(
    new RegExp(`${MARKER}[^${MARKER}]*${MARKER}`, "g"),
    "",
  )
}

/** @param {RegExpExecArray} found @param {string} inner */
function pointOf([, list, level], inner) {
  const parts = inner.split(MARKER)
  const label = parts.length > 2 ? parts[1] : ""
  return { list, level: Number(level), label, inner: parts.length > 2 ? parts[0] + parts.slice(2).join("") : inner }
}

function writeLists(points) {
  let out = ""
  for (let n = 0; n < points.length; ) {
    const [html, next] = writeList(points, n)
    out += html
    n = next
  }
  return out
}

/** The list that begins with point `n`, and the number of the point after it. */
function writeList(points, n) {
  const { level, label, list } = points[n]
  const kind = kindOf(label)
  let out = ""
  while (n < points.length && points[n].level >= level) {
    const point = points[n]
    const other = point.level === level && (point.list !== list || kindOf(point.label) !== kind)
    if (out && other) break
    let item = `<p>${point.inner}</p>`
    n++
    while (n < points.length && points[n].level > level) {
      const [html, next] = writeList(points, n)
      item += html
      n = next
    }
    out += `<li>${item}</li>`
  }
  if (kind === "dash") return [`<ul>${out}</ul>`, n]
  const start = startOf(kind, label)
  return [`<ol${kind === "letter" ? ' data-k="letter"' : ""}${start > 1 ? ` start="${start}"` : ""}>${out}</ol>`, n]
}

// As the decree orders points.
const LETTERS = "abcdđeghiklmnopqrstuvxy"

function kindOf(label) {
  const bare = label.replace(/[.)(\s]/g, "").toLowerCase()
  if (/^[a-zđ]$/.test(bare) && bare !== "o") return "letter"
  return /^[\divxlc.]+$/.test(bare) && bare ? "number" : "dash"
}

function startOf(kind, label) {
  const bare = label.replace(/[.)(\s]/g, "").toLowerCase()
  if (kind === "letter") return Math.max(1, LETTERS.indexOf(bare) + 1)
  return Number.parseInt(/(\d+)[.)]?\s*$/.exec(label)?.[1] ?? "1", 10)
}
