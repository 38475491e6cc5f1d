/**
 * Words that are marked within the excerpts of a page: a frame for each of their lines. Pure; [x, y, width, height] in
 * fractions of the page, so that on every screen it is the same words.
 */

import { boxesOfRun, nearestWord, runOf } from "../reader/selection.js"
import { cutAll } from "./mark-frames.js"
import { MEANT, part } from "./snap.js"

/** As the server has it (word_marks.py). */
export const MOST_MARKS = 60
/** A rectangle smaller than this is a slip of the finger; fractions of the page. */
const SLIP = 0.006

/** Those of the words that stand in an excerpt: a run leads through no others. @param {any[]} words @param {number[]} rect */
export const wordsIn = (words, rect) =>
  words.filter(({ box, boxes }) => (boxes?.length ? boxes : [box]).some((each) => part(each, rect) >= MEANT))

/**
 * What is marked from one point to another: the lines of the words between them, in reading order; where no words are
 * known the rectangle itself. @param {any[]} words of the excerpt @param {number[]} rect the excerpt
 * @param {number[]} from @param {number[]} to @returns {number[][]}
 */
export function markedBetween(words, rect, from, to) {
  if (!words.length) {
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])]
    const box = [x, y, Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])]
    return box[2] >= SLIP && box[3] >= SLIP / 2 ? cutAll([box], [rect]) : []
  }
  const [one, other] = [from, to].map(([x, y]) => nearestWord(words, x, y))
  const run = runOf(words, 1, one, other)
  return run ? cutAll(boxesOfRun(words.slice(run.from, run.to + 1)), [rect]) : []
}

/** All that can be marked in an excerpt. @param {any[]} words @param {number[]} rect */
export const allOf = (words, rect) => cutAll(words.length ? boxesOfRun(words) : [rect], [rect])

/**
 * The marks with more of them: what goes over a part of a line makes one of both, so that nothing is marked twice.
 * @param {number[][]} marks @param {number[][]} more
 */
export function added(marks, more) {
  let all = [...marks]
  for (const mark of more) {
    let [x, y, w, h] = mark
    for (const other of all.filter((each) => isOneLine(each, mark) && touches(each, [x, y, w, h]))) {
      const [right, bottom] = [Math.max(x + w, other[0] + other[2]), Math.max(y + h, other[1] + other[3])]
      ;[x, y] = [Math.min(x, other[0]), Math.min(y, other[1])]
      ;[w, h] = [right - x, bottom - y]
      all = all.filter((each) => each !== other)
    }
    all.push([x, y, w, h].map((value) => Math.round(value * 1e4) / 1e4))
  }
  return all
}

/** The line that is marked at a point; undefined where none is. @param {number[][]} marks @param {number[]} point */
export const markAt = (marks, [x, y]) =>
  marks.find(([left, top, w, h]) => x >= left && x <= left + w && y >= top && y <= top + h)

/** @param {number[]} one @param {number[]} other */
const isOneLine = ([, y, , h], [, top, , high]) => Math.abs(y + h / 2 - top - high / 2) < Math.min(h, high) * 0.5
/** No more than a space is between them. @param {number[]} one @param {number[]} other */
const touches = ([x, , w], [left, , wide, high]) => x <= left + wide + high * 0.6 && left <= x + w + high * 0.6
