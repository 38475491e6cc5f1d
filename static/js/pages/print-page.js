/** A page on paper: whole, whatever is seen of it on the screen, with what is written on it. */

import { whole } from "./camera.js"
import { paintPage } from "./page-canvas.js"

const DOTS = 2000

/** Puts a page-view in order for print (`on`), or back; print.css leaves nothing else of the room. */
export function printPage(view, canvas, shown, picture, on) {
  const { size } = shown ?? {}
  const root = document.documentElement
  root.classList.toggle("prints-page", on)
  root.classList.toggle("prints-wide", on && size.w > size.h)
  /** @type {HTMLElement} */
  let one = view
  for (; one && one !== document.body; one = one.parentElement) one.classList.toggle("printed", on)
  if (!on) return
  const box = { w: size.w, h: size.h }
  paintPage(canvas, { box, ratio: DOTS / Math.max(size.w, size.h), camera: whole(box, size), size, picture })
  view.ink.onto(canvas.getContext("2d"), shown, { x: 0, y: 0, w: canvas.width }, size)
}
