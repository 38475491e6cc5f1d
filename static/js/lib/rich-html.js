/** The secretary's text in the one spelling that the server keeps (`minutes/rich.py`), from the editor's tree. Pure. */

const TAGS = { strong: "strong", em: "em", underline: "u" }
// From the outside in, as the server writes them.
const OUTSIDE_IN = ["strong", "em", "underline"]

// Half a letter, as some keyboards and programs leave it: no server can take it.
const HALF = /\p{Surrogate}/gu

export const escaped = (text) =>
  text.replace(HALF, "\ufffd").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

/** `doc` is the tree as JSON (ProseMirror's own). */
export const writeDoc = (doc) => (doc.content ?? []).map(writeBlock).join("")

function writeBlock(node) {
  const { type, attrs = {}, content = [] } = node
  switch (type) {
    case "paragraph": {
      const inner = writeRuns(content)
      return inner
        ? `<p${attrs.since ? ` data-from="${attrs.since}"` : ""}${attrs.told ? ` data-told="${attrs.told}"` : ""}>${inner}</p>`
        : ""
    }
    case "sub": {
      const inner = writeRuns(content)
      return inner ? `<h4>${inner}</h4>` : ""
    }
    case "dash_list":
      return written("ul", "", content.map(writeItem))
    case "ordered_list":
      return written(
        "ol",
        (attrs.kind === "letter" ? ' data-k="letter"' : "") + (attrs.start !== 1 ? ` start="${attrs.start}"` : ""),
        content.map(writeItem),
      )
    case "table":
      return writeTable(node)
    case "live":
      return `<div data-live="${attrs.kind}"${attrs.ref ? ` data-ref="${escaped(attrs.ref).replaceAll('"', "&quot;")}"` : ""}></div>`
    default:
      return ""
  }
}

function written(tag, attributes, inner) {
  const kept = inner.filter(Boolean)
  return kept.length ? `<${tag}${attributes}>${kept.join("")}</${tag}>` : ""
}

function writeItem({ content = [] }) {
  const inner = content.map(writeBlock).join("")
  return inner ? `<li>${inner}</li>` : ""
}

function writeTable({ content = [] }) {
  const rows = content.map(({ content: cells = [] }) => {
    const htmlCells = cells.map(({ type, attrs, content: blocks = [] }) => {
      const tag = type === "table_header" ? "th" : "td"
      const spans =
        (attrs.colspan > 1 ? ` colspan="${attrs.colspan}"` : "") +
        (attrs.rowspan > 1 ? ` rowspan="${attrs.rowspan}"` : "")
      return `<${tag}${spans}>${blocks.map(writeBlock).join("")}</${tag}>`
    })
    return `<tr>${htmlCells.join("")}</tr>`
  })
  const shares = sharesOf(content[0]?.content ?? [])
  return `<table${shares ? ` data-w="${shares}"` : ""}><tbody>${rows.join("")}</tbody></table>`
}

/** The widths of the columns in whole per cent, from the pixels they were drawn to; "" where nobody has drawn any. */
function sharesOf(cells) {
  const widths = cells.flatMap(({ attrs: { colspan = 1, colwidth = null } = {} }) =>
    Array.from({ length: colspan }, (_, n) => colwidth?.[n] || 0),
  )
  const known = widths.filter(Boolean)
  if (!known.length) return ""
  const usual = known.reduce((sum, width) => sum + width, 0) / known.length
  const filled = widths.map((width) => width || usual)
  const all = filled.reduce((sum, width) => sum + width, 0)
  const shares = filled.map((width) => Math.max(1, Math.round((width * 100) / all)))
  shares[shares.indexOf(Math.max(...shares))] += 100 - shares.reduce((sum, share) => sum + share, 0)
  return shares.join(",")
}

function writeRuns(nodes) {
  const runs = []
  for (const { type, text = "", marks = [] } of nodes) {
    const letters = type === "hard_break" ? "<br>" : escaped(text)
    const looks = OUTSIDE_IN.filter((name) => marks.some((mark) => mark.type === name))
    const last = runs[runs.length - 1]
    if (last && last.looks.join() === looks.join()) last.letters += letters
    else runs.push({ letters, looks })
  }
  while (runs.length && !runs[runs.length - 1].letters.replace(/<br>|\s/g, "")) runs.pop()
  return runs
    .map(({ letters, looks }) => looks.reduceRight((inner, name) => `<${TAGS[name]}>${inner}</${TAGS[name]}>`, letters))
    .join("")
}

/** Typed lines as paragraphs. */
export const fromLines = (text) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("")

/** Is this nothing but paragraphs without looks, which a plain field can show and change? */
export const isPlain = (html) => /^(?:<p>[^<]*<\/p>)*$/.test(html)

/** The lines of such a text. */
export const toLines = (html) =>
  [...html.matchAll(/<p>([^<]*)<\/p>/g)]
    .map(([, inner]) =>
      inner.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
    )
    .join("\n")

const HIDDEN = /<div data-live="hidden" data-ref="(\d+)"><\/div>/g

/** A text without its marks of lines left out, and the numbers of these: an editor has nothing to show for them. */
export function withoutHidden(html) {
  return { html: html.replace(HIDDEN, ""), hidden: [...html.matchAll(HIDDEN)].map(([, seq]) => Number(seq)) }
}

export const withHidden = (html, hidden) =>
  [...hidden].map((seq) => `<div data-live="hidden" data-ref="${seq}"></div>`).join("") + html

/** The numbers of the facts whose lines stand in this text, or are left out in it. */
export const usedIn = (html) =>
  [...html.matchAll(/ data-from="(\d+)"|<div data-live="hidden" data-ref="(\d+)"/g)].map(([, a, b]) => Number(a || b))
