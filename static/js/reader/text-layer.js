/** The text of a page over its picture, unseen: for the mouse, the keyboard and screen readers. One span a line. */

/** @import { Word } from "./text-lines.js" */

import { t } from "../lib/t.js"
import { linesOf, paragraphsOf } from "./text-lines.js"

// It is built once, this wide, and then only magnified.
const WIDTH = 1000
const FACE = "serif"

let pen

/**
 * @param {Word[]} words
 * @param {number} n the page
 * @param {{ w: number, h: number }} page
 */
export function buildText(words, n, page) {
  const height = (WIDTH * page.h) / page.w
  pen ??= document.createElement("canvas").getContext("2d")
  const element = document.createElement("div")
  element.className = "reader-text"
  element.setAttribute("role", "document")
  element.setAttribute("aria-label", t("Text of page {page}", { page: n }))
  element.style.width = `${WIDTH}px`
  element.style.height = `${height}px`
  for (const lines of paragraphsOf(linesOf(words))) {
    const paragraph = document.createElement("p")
    for (const [i, line] of lines.entries()) {
      paragraph.append(spanOf(line, lines[i + 1], height), i + 1 < lines.length ? "\n" : "")
    }
    element.append(paragraph, "\n")
  }
  return {
    element,
    resize(w) {
      element.style.transform = `scale(${w / WIDTH})`
    },
  }
}

function spanOf(line, next, height) {
  const span = document.createElement("span")
  const size = Math.max(1, line.h * height * 0.78)
  pen.font = `${size}px ${FACE}`
  const drawn = pen.measureText(line.text).width || 1
  // Down to the next line, so that a mouse between two lines is still in one.
  const down = next && next.y > line.y ? Math.min(next.y - line.y, line.h * 2) : line.h
  // The end of a line parts words as well: in what is copied, and for who listens.
  span.textContent = `${line.text} `
  span.dataset.from = line.from
  span.dataset.to = line.to
  const { style } = span
  style.left = `${line.x * WIDTH}px`
  style.top = `${line.y * height}px`
  style.fontSize = `${size}px`
  style.height = `${down * height}px`
  style.lineHeight = `${line.h * height}px`
  style.transform = `scaleX(${(line.w * WIDTH) / drawn})`
  return span
}
