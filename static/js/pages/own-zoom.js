/** How large this person reads each paper on this device: as wide as the screen, or so many times the whole page. */

import { local } from "../lib/storage.js"
import { kept, whole } from "./camera.js"

const PAPERS = 60

/** The page as wide as the box, from its top; never smaller than the whole page. */
export function fitWidth(box, page) {
  return kept({ scale: box.w / page.w, x: 0, y: 0 }, box, page)
}

/** Is there anything to win by it? A page that is as wide as the box already has nothing to gain. */
export const canFitWidth = (box, page) =>
  Boolean(box.w && box.h) && fitWidth(box, page).scale > whole(box, page).scale * 1.05

/** What is kept of a camera: how much larger than whole, and the middle of what is seen across, in fractions. */
export function remembered(camera, box, page) {
  const short = (n) => Math.round(n * 1e4) / 1e4
  return {
    by: short(camera.scale / whole(box, page).scale),
    across: short((box.w / 2 - camera.x) / (page.w * camera.scale)),
  }
}

/** Where a paper opens that is read so: `zoom` is "width" or {by, across}; a page begins at its top. */
export function opening(zoom, box, page) {
  if (zoom === "width") return fitWidth(box, page)
  const scale = whole(box, page).scale * zoom.by
  return kept({ scale, x: box.w / 2 - zoom.across * page.w * scale, y: 0 }, box, page)
}

/** The zoom of each paper, in this browser, for one person in one meeting. */
export class OwnZoom {
  #name
  #all

  constructor(meeting) {
    this.#name = `zoom/${meeting.id}/${meeting.me.id || ""}`
    this.#all = new Map(read(this.#name).filter(sound).slice(-PAPERS))
  }

  of(paper) {
    return this.#all.get(paper)
  }

  keep(paper, zoom) {
    this.#all.delete(paper)
    if (zoom) this.#all.set(paper, zoom)
    local.write(this.#name, [...this.#all].slice(-PAPERS))
  }
}

function read(name) {
  const all = local.read(name)
  return Array.isArray(all) ? all : []
}

/** What stands in a browser may be anybody's, or of another version. */
const sound = (row) =>
  Array.isArray(row) &&
  typeof row[0] === "string" &&
  (row[1] === "width" || (row[1]?.by > 1 && Number.isFinite(row[1].across)))
